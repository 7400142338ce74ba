"""Names of fields and of kinds of shared text, as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping

from reportsearch.errors import Message
from reportsearch.models.reuse import EDITED, EXACT, FORMULA

FIELD_LABELS: Mapping[str, Message] = {
    "year": Message("Year"),
    "reported_year": Message("Year reported on"),
    "decade": Message("Decade"),
    "kind": Message("Kind"),
    "post": Message("Post"),
    "level": Message("Level"),
    "region": Message("Region"),
    "official": Message("Official"),
    "person": Message("Told apart as"),
    "portfolio": Message("Portfolio"),
    "declared": Message("Assigned portfolio"),
    "report": Message("Report"),
    "section": Message("Section"),
    "title": Message("Title"),
    "date": Message("Date"),
    "source": Message("Source"),
}
SHARED_TEXT_LABELS: Mapping[str, Message] = {
    EXACT: Message("identical"),
    EDITED: Message("edited"),
    FORMULA: Message("boilerplate"),
}
