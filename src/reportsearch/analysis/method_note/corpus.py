"""What an index holds, by hashes that do not depend on how it came to hold it."""

from __future__ import annotations

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.method_note.hashing import Digest
from reportsearch.indexing import staleness
from reportsearch.models.method_note import MethodCorpus
from reportsearch.models.report import METADATA_FIELDS, Report

_COMMIT_DIGITS = 16


class CorpusDigest:
    """Takes in all reports of an index, by id, and tells which corpus they are.

    ``Engine.commit`` is no name for it: an index on disk makes it of the random names of its
    segments, one in memory of the number of its runs, so that the same reports would have another
    commit in each copy, and no two notes would be the same. Here the commit is named after what
    is in it. Two indexes have the same one when, and only when, all reports have the same ids,
    texts, metadata, sections, passages and portfolios, which is all that an analysis can see. That
    leaves out how the index was made: in what order, from which folder, in how many runs, and
    whether reports were deleted on the way.
    """

    def __init__(self) -> None:
        self._texts, self._metadata, self._structure = Digest(), Digest(), Digest()
        self._reports = self._passages = self._chars = 0

    def add(self, report: Report) -> None:
        """Take in a report."""
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
        """What was taken in."""
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
