"""Reading files into an index: new, changed and removed files, and corrections of reports.

``indexer.py`` writes to an index: a run of ``index``, a correction, a removal. For a run,
``sources.py`` finds the files, and ``run.py`` reads them and stores the reports. ``corrections.py``
changes metadata.csv, and ``staleness.py`` finds reports that must be read again.

A report is read again if its stamp changes. The stamp is stored with the report, in the same
commit. It consists of a hash of the bytes and of the report's rows in metadata.csv, and of the
version of the reader (``fingerprint.py``: ``READER_VERSION``, the folding table, the segmenter).
Raise ``READER_VERSION`` if ``extract/`` or ``structure/`` make a different report from the same
bytes.

The stamp also names the word lists with which the report was read, and the index stores those
lists. If they differ from today's, only reports that contain one of the differing strings are read
again. Lists that only decide how a query is interpreted (synonyms, stop words) are not part of the
stamp.

A run opens a few files ahead and has other processes read them. It stores their reports in the
order of their names, so that the index does not depend on which process finished first. A file that
cannot be read does not stop the run: it counts as a failure, and the report that was read from it
before stays.
"""
