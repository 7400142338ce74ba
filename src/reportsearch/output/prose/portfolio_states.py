"""The states of a portfolio in words."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    REPORTED_AS_HEAD,
    REPORTED_NO_DUTIES,
)

STATES = {
    REPORTED: Message("assigned and covered"),
    NOT_REPORTED: Message("assigned, nothing found"),
    MENTIONED_ONLY: Message("assigned, mentioned only"),
    NOT_DECLARED: Message("covered, not assigned"),
    REPORTED_AS_HEAD: Message("covered (overall head)"),
    REPORTED_NO_DUTIES: Message("covered (no duties listed)"),
}
SEARCHED_FOR = Message(
    "Searched for: the names, departments and words of the portfolio in the word list, and similar"
    " wording. The report may say something about it all the same."
)
"""The note on a portfolio that is assigned, but not found in the report."""
