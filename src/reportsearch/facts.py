"""Facts of reports of an index, of a file, and across reports.

``nlp/facts/`` finds them in a report; here it is brought what the engine holds.
"""

from __future__ import annotations

from reportsearch.holdings import Holdings
from reportsearch.models import Facts, Report
from reportsearch.nlp.facts import Extraction


def of_report(held: Holdings, report: Report, *, is_draft: bool) -> Facts:
    """The facts of a report."""
    return Extraction(held.words, held.tokenizer).facts(report, is_draft=is_draft)
