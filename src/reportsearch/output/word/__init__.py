"""Answers as Word documents, to paste into a draft, print and file.

``search.py`` and ``kwic.py`` write search results. ``reuse.py`` and ``year_on_year.py`` write what
a report has in common with others and with the one before. python-docx is imported only when it is
needed.
"""

from __future__ import annotations

from reportsearch.output.word.kwic import write_kwic_document
from reportsearch.output.word.reuse import write_reuse_document
from reportsearch.output.word.search import write_search_document
from reportsearch.output.word.year_on_year import write_year_on_year_document

__all__ = [
    "write_kwic_document",
    "write_reuse_document",
    "write_search_document",
    "write_year_on_year_document",
]
