"""Answers as Word documents, to be pasted into a draft, printed and filed.

``search.py`` and ``kwic.py`` show what was found, ``reuse.py`` and ``yearly.py`` what a report has
in common with others and with the one before. python-docx is imported only when a document is made.
"""

from __future__ import annotations

from reportsearch.output.word.kwic import kwic_document
from reportsearch.output.word.reuse import reuse_document
from reportsearch.output.word.search import search_document
from reportsearch.output.word.year_on_year import yearly_document

__all__ = ["kwic_document", "reuse_document", "search_document", "yearly_document"]
