"""Read files into an index: which are new, changed or gone, and corrections of single reports.

``indexer.py`` writes to an index: a run of ``index``, a correction, a removal. For a run
``sources.py`` finds the files, and ``run.py`` reads them and stores the reports;
``corrections.py`` changes metadata.csv; ``staleness.py`` finds reports to be read again.

A report is read again when its stamp changes. The stamp is stored with the report, in the same
commit, and consists of a hash of the bytes and of its rows in metadata.csv, and of the version of
the reader (``fingerprint.py``: ``READER_VERSION``, the folding table, the segmenter). Raise
``READER_VERSION`` when ``extract/`` or ``structure/`` make another report of the same bytes.

The stamp also names the word lists with which the report was read; the index stores those lists.
When they differ from today's, only reports that contain one of the strings that differ are read
again. Lists that only decide how a query is understood (synonyms, stop words) are not part of it.

A run opens a few files ahead and has them read in other processes. Their reports are stored in the
order of the names, so that the index does not depend on which process was quicker. A file that
cannot be read is a failure of its own: the report that was read from it before stays.
"""
