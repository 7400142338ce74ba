"""A report as one side of a comparison, with a mapping from compared characters to its text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.matching.shared_sentences import TextSide
from reportsearch.comparable import ComparableText
from reportsearch.models.report import Report


@dataclass(frozen=True)
class ReportSide:
    """A report, its compared characters, and the starts of its passages."""

    report: Report
    view: ComparableText
    starts: tuple[int, ...]

    @classmethod
    def of(cls, report: Report) -> ReportSide:
        """Prepare a report."""
        starts = tuple(passage.start for passage in report.passages)
        return cls(report, ComparableText.of(report.text), starts)

    @cached_property
    def text_side(self) -> TextSide:
        """Return its sentences and numbers."""
        return TextSide(self.report.text, self.view)

    def get_text(self, span: tuple[int, int]) -> str:
        """Return the original text of a span."""
        return self.report.text[slice(*span)]

    def find_passage(self, at: int) -> str:
        """Return the id of the passage that contains an offset of the original."""
        return self.report.passages[bisect_right(self.starts, at) - 1].id
