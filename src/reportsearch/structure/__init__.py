"""Parsing of a text into a :class:`Report`: metadata, sections, passages, duties and portfolios.

The package does no I/O. ``clean_text.py`` makes a paragraph of each line, without what a web site
added (``site_lines.py``), and splits texts without line breaks (``running_text.py``).
``metadata.py`` reads what the report says about itself: ``titles.py`` its title, ``posts.py``,
``places.py`` and ``people.py`` who reports from where, ``report_years.py`` its years.
``sections.py`` finds headings, ``heading_labels.py`` their numbers, ``plain_headings.py`` those
without a number, and ``contents.py`` tables of contents; ``run_in_labels.py`` finds labels in a
paragraph. ``passages.py`` splits the text into passages. ``duties.py`` finds what the official is
in charge of.

``portfolio_assignment.py`` decides which portfolios a passage is about. It weighs what
``portfolio_features.py`` finds: words that point to a portfolio (``portfolio_terms.py``), the
wording (``portfolio_model.py``), headings and run-in labels, the passages around, declared duties
and the field of the post (``post_fields.py``). Closings (``closing.py``) and passages on study or
discipline (``personal_sections.py``) need more.

A section is about what its passages are about. A portfolio's share of a report is measured in
non-blank characters of its passages. Anything missing from the word lists is unknown, which is not
the same as not mentioned.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from reportsearch.errors import Message
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import (
    KINDS,
    LEVELS,
    METADATA_FIELDS,
    Report,
    ReportInfo,
)
from reportsearch.structure.clean_text import clean_text
from reportsearch.structure.dates import find_date
from reportsearch.structure.duties import find_duties
from reportsearch.structure.metadata import Metadata, find_metadata
from reportsearch.structure.passages import find_passages
from reportsearch.structure.portfolio_assignment import assign_portfolios
from reportsearch.structure.sections import find_sections
from reportsearch.structure.titles import find_kind
from reportsearch.tokenizer import Tokenizer

_Overrides = dict[str, tuple[str, str]]
"""Field name -> override value and its source."""
# Without an opening, the list of duties may be in a first section with one of these headings.
_POST_HEADING = re.compile("基本情况|个人情况|分工|岗位|职责")


def parse_report(
    raw: str,
    report_id: str,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    *,
    name: str = "",
    given: Sequence[tuple[str, Mapping[str, str]]] = (),
    lines_are_paragraphs: bool = False,
    reader: str = "",
) -> Report:
    """Parse the structure of a report.

    ``name`` is the file's name without its suffix. ``given`` are metadata values that override the
    text, with the name of their source (``row``, ``sidecar``); later ones win. ``reader`` is the
    kind of file that the text comes from.
    """
    cleaned = clean_text(raw, words=lexicon.site, lines_are_paragraphs=lines_are_paragraphs)
    text = cleaned.text
    overrides: _Overrides = {
        key: (value, giver)
        for giver, fields in given
        for key, value in fields.items()
        if key in METADATA_FIELDS and value
    }
    metadata = find_metadata(text, name or report_id, overrides, lexicon, cleaned.published)
    sections = find_sections(text, metadata.body_start, lexicon.headings)
    opening_end = sections[0].start if sections else min(len(text), 2_000)
    values, origin, doubts = _override_metadata(metadata, cleaned.source, overrides)
    accepted = {key for key, (_, giver) in overrides.items() if origin.get(key) == giver}
    post = values["post"] if isinstance(values["post"], str) else None
    posts = metadata.posts
    if post and post not in posts:
        posts = (post,)
    duties = find_duties(text, metadata.body_start, opening_end, post, lexicon)
    if not duties and sections and _POST_HEADING.search(sections[0].heading):
        duties = find_duties(text, sections[0].heading_end, sections[0].end, post, lexicon)
    declared = tuple(dict.fromkeys(duty.portfolio for duty in duties if duty.portfolio))
    passages = find_passages(text, report_id, sections, metadata.body_start)
    sections, passages, portfolio_evidence = assign_portfolios(
        text, sections, passages, duties, post, str(values["title"] or ""), lexicon, tokenizer
    )
    by_place = sorted(portfolio_evidence, key=lambda entry: (entry.passage, entry.start))
    about = dict.fromkeys(entry.portfolio for entry in by_place)
    info = ReportInfo(
        id=report_id,
        division=metadata.division,
        posts=posts,
        declared=declared,
        portfolios=tuple(about),
        origin=dict(sorted(origin.items())),
        words={key: words for key, words in metadata.words.items() if key not in accepted},
        inferred=tuple(key for key in metadata.inferred if key not in accepted),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        chars=len("".join(text.split())),
        reader=reader,
        **values,  # type: ignore[arg-type]
    )
    return Report(
        info=info,
        text=text,
        sections=sections,
        passages=passages,
        duties=duties,
        evidence=portfolio_evidence,
        doubts=tuple(info.make_doubt(key, reason) for key, reason in sorted(doubts.items())),
    )


def _override_metadata(
    metadata: Metadata, source: str | None, overrides: _Overrides
) -> tuple[dict[str, str | int | None], dict[str, str], dict[str, str]]:
    """Return values, origins and doubts, with overrides applied to the values from the text."""
    values, origin, doubts = dict(metadata.values), dict(metadata.origin), dict(metadata.doubts)
    if source:
        values["source"], origin["source"] = source, "text"
    for key, (given, giver) in overrides.items():
        value, doubt = check_value(key, given)
        if doubt:
            doubts[key] = doubt
        else:
            values[key], origin[key] = value, giver
            doubts.pop(key, None)
    return values, origin, doubts


def check_value(field: str, value: str) -> tuple[int | str, str]:
    """Return a metadata value in its stored form, and the reason if it cannot be used."""
    if field in {"year", "reported_year", "date"}:
        value = unicodedata.normalize("NFKC", value)
    if field in {"year", "reported_year"}:
        digits = value.removesuffix("年").removesuffix(".0").strip()
        if digits.isdecimal() and len(digits) == 4:
            return int(digits), ""
        return value, Message("{value!r} is not a year; write it as 2023", value=value)
    if field == "date":
        # Spreadsheets write 2024/1/5.
        date = value if re.fullmatch(r"\d{4}", value) else find_date(value)
        problem = Message("{value!r} is not a date; write it as 2024-01-05", value=value)
        return date or value, "" if date else problem
    if field == "kind":
        kind = value if value in KINDS else find_kind(value)
        return kind or value, "" if kind else _say_none_of(value, KINDS)
    if field == "level":
        level = value.removesuffix("级")
        return level, "" if level in LEVELS else _say_none_of(value, LEVELS)
    return value, ""


def _say_none_of(value: str, valid: Sequence[str]) -> Message:
    return Message("{value!r} is not one of {valid}", value=value, valid="、".join(valid))
