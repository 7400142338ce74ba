"""A report's metadata for readers: each value, what stands beside it, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import METADATA_FIELDS, SIDECAR, Doubt, ReportInfo
from reportsearch.output.prose.joining import join_list, put_in_brackets

_ORIGINS = {
    "text": Message("the text"),
    "name": Message("the file name"),
    "sidecar": SIDECAR,
    "row": Message("the table row"),
}
"""Where a value comes from."""
_MAX_WORDS = 60
"""Maximum number of characters shown of the words that a value was read from."""


@dataclass(frozen=True, slots=True)
class MetadataEntry:
    """A field with its value (empty if unknown), what more is known, and where it comes from."""

    field: str
    value: str
    more: str
    source: str

    def format(self, t: Translator) -> str:
        """Return all but the name of the field, or a dash if it is unknown."""
        if not self.value:
            return "—"
        more = put_in_brackets(t, self.more) if self.more else ""
        return f"{self.value}{more}" + (put_in_brackets(t, self.source) if self.source else "")


def iter_metadata(info: ReportInfo, t: Translator) -> Iterator[MetadataEntry]:
    """Yield the metadata fields in order, and after the official who that is in the collection."""
    for field in METADATA_FIELDS:
        value = getattr(info, field)
        shown = "" if value is None else str(value)
        yield MetadataEntry(field, shown, _describe_more(info, field, t), describe(info, field, t))
        if field == "official" and info.person is not None and "person" in info.inferred:
            yield MetadataEntry("person", info.person, "", _describe_person(info, t))


def describe(info: ReportInfo, field: str, t: Translator) -> str:
    """Say where a value comes from: the words that it was read from, and whether it is inferred.

    Empty if the field is unknown.
    """
    origin = info.origin.get(field)
    if origin is None:
        return ""
    where = t.translate(_ORIGINS[origin])
    words = info.words.get(field, "")
    if words and words != getattr(info, field):
        where = t("{origin}, “{words}”", origin=where, words=_shorten(words))
    if field in info.inferred:
        return t("inferred from {origin}", origin=where)
    return t("from {origin}", origin=where)


def _shorten(words: str) -> str:
    """Return the words that a value was read from on one line of limited length."""
    line = " ".join(words.split())
    return f"{line[: _MAX_WORDS - 1]}…" if len(line) > _MAX_WORDS else line


def _describe_more(info: ReportInfo, field: str, t: Translator) -> str:
    """Return what is known besides the value: the line of divisions, or the other posts."""
    if field == "region" and info.division and info.division != info.region:
        return info.division
    others = [post for post in info.posts if post != info.post]
    if field == "post" and others:
        return t("also: {posts}", posts=join_list(t, others))
    return ""


def _describe_person(info: ReportInfo, t: Translator) -> str:
    """Say from what it was concluded who the official is."""
    if not info.official:
        return t("inferred: same post and place in consecutive years")
    return t("inferred from name and place") if info.region else t("inferred from the name")


def describe_doubt(doubt: Doubt, t: Translator, context: str = "") -> str:
    """Return the reason of a doubt and, unless the reason has it, the value that is used."""
    reason = t.translate(doubt.reason, context)
    if not doubt.value or doubt.value in reason:
        return reason
    words = doubt.words if doubt.words != doubt.value else ""
    used = doubt.value + (put_in_brackets(t, f"“{_shorten(words)}”") if words else "")
    return t("{reason}; used: {value}", reason=reason, value=used)
