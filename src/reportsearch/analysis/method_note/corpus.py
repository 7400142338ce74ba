"""Hashes of the content of an index, independent of how it was built."""

from __future__ import annotations

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.method_note.hashing import Digest
from reportsearch.indexing import staleness
from reportsearch.models.method_note import MethodCorpus
from reportsearch.models.report import METADATA_FIELDS, Report

_COMMIT_DIGITS = 16


class CorpusDigest:
    """A digest of all reports of an index, added in order of id, that identifies the corpus.

    ``Engine.commit`` cannot serve for this: an index on disk derives it from the random names of
    its segments, and one in memory from the number of its runs. The same reports would have a
    different commit in each copy, and no two notes would be the same. Here the commit is derived
    from the content. Two indexes have the same one if and only if all reports have the same ids,
    texts, metadata, sections, passages and portfolios, which is all that an analysis can see. How
    the index was built has no influence: the order, the folder, the number of runs, and whether
    reports were deleted in between.
    """

    def __init__(self) -> None:
        self._texts, self._metadata, self._structure = Digest(), Digest(), Digest()
        self._reports = self._passages = self._chars = 0

    def add(self, report: Report) -> None:
        """Add a report."""
        info = report.info
        self._reports += 1
        self._passages += len(report.passages)
        self._chars += info.chars
        self._texts.add((report.id, info.sha256))
        self._metadata.add((report.id, [getattr(info, field) for field in METADATA_FIELDS]))
        passages = [
            (passage.start, passage.end, passage.section, passage.portfolios)
            for passage in report.passages
        ]
        self._structure.add(
            (report.id, info.declared, info.portfolios, report.sections, report.duties, passages)
        )

    def build_method_corpus(self, corpus: Corpus) -> MethodCorpus:
        """Return the description of the reports added."""
        hashes = self._texts.hexdigest(), self._metadata.hexdigest(), self._structure.hexdigest()
        return MethodCorpus(
            commit=Digest(hashes).hexdigest()[:_COMMIT_DIGITS],
            reports=self._reports,
            passages=self._passages,
            chars=self._chars,
            texts_sha256=hashes[0],
            metadata_sha256=hashes[1],
            structure_sha256=hashes[2],
            outdated=len(staleness.find_stale(corpus.engine, corpus.lexicon)),
        )
