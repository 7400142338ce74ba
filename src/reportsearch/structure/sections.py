"""Sections of clean text, from Chinese numbering and from headings without a number.

A numbered heading is on a separate line or runs into its paragraph. In that case it is the first
sentence (``（一）理论学习不断深入。我坚持…``) or the text before the colon. ``plain_headings.py``
finds the others. Levels are relative to the report: the outermost headings in use are level 1, and
skipped levels are not counted. 一是…二是… does not number sections.

A section ends at the next heading of its level, or before: at a paragraph that turns to another
matter (``各位代表！…``) after the last of a numbering.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.lexicon.wordlists import HeadingWords
from reportsearch.models.report import Section
from reportsearch.normalise import fold
from reportsearch.structure.contents import TextLine, find_contents, split_lines
from reportsearch.structure.heading_labels import RANKS, HeadingLabel, parse_label
from reportsearch.structure.plain_headings import FORM_NAMES, PlainHeading, find_plain_headings

_ARTICLE_TITLE = re.compile(r"\s*[【（(][^】）)]{1,30}[】）)]")
_COLON = re.compile("[：:]")
_SENTENCE_END = re.compile(r"[。！？!?](?:[”’」』）)])?")
_MAX_TOPIC_CHARS = 15
_MAX_REST_CHARS = 25
_MAX_DASH_HEADING = 40
_MAX_HEADING_CHARS = 200
_MAX_TURN_CHARS = 15
_PLAIN = "plain"
_EXCERPT_KINDS = frozenset({"part", "chapter", "division", "article"})
"""Numbering that may start anywhere, because an excerpt keeps the numbering of the whole."""
_DECIMAL_KINDS = frozenset({"1.1", "1.1.1"})
_ANNEX = re.compile(
    r"附(?:[件表录]\s?)?[\d一二三四五六七八九十]{0,2}(?:[：:][^。；，！？]{0,30})?|附[件表录][^。；，！？：]{0,20}"
)
_NOTE = re.compile(r"[\[［〔]\s?\d{1,3}\s?[\]］〕]")


@dataclass(frozen=True, slots=True)
class _Heading:
    line: TextLine
    kind: str
    number: int
    end: int
    rank: float


def find_sections(text: str, body_start: int, words: HeadingWords) -> tuple[Section, ...]:
    """Return the sections of a clean text; lines before ``body_start`` are never headings."""
    lines = [line for line in split_lines(text) if line.start >= body_start]
    contents = find_contents(lines)
    lines = [line for number, line in enumerate(lines) if number not in contents]
    notes = _find_notes(lines, words)
    body = lines[:notes]
    numbered = _drop_points(_find_numbered_headings(body, text), body)
    headings = _add_plain_headings(body, numbered, words)
    ends = [line for line in body[len(body) // 2 :] if _ANNEX.fullmatch(line.text)]
    known = {heading.line.start for heading in headings}
    for line in (*ends, *lines[notes : notes + 1]):
        if line.start not in known and line is not lines[-1]:
            end = line.start + len(line.text.rstrip("：: "))
            headings.append(_Heading(line, _PLAIN, 0, end, -1))
    headings.sort(key=lambda heading: heading.line.start)
    return _nest_sections(headings, lines, text, words)


def _find_notes(lines: Sequence[TextLine], words: HeadingWords) -> int:
    """Return the position of the line that heads the notes at the end, or of the end."""
    for number in range(len(lines) - 1, 0, -1):
        text = lines[number].text
        if len(text) > _MAX_REST_CHARS or number + 1 == len(lines):
            continue
        if _heads_notes(text, words):
            return number
    return len(lines)


def is_annex(heading: str, words: HeadingWords) -> bool:
    """Check whether a heading is that of an annex or of the notes at the end of a report."""
    return bool(_ANNEX.fullmatch(heading)) or _heads_notes(heading, words)


def _heads_notes(text: str, words: HeadingWords) -> bool:
    return fold(text).rstrip("：:）) ").endswith(words.notes)


def _find_numbered_headings(lines: Sequence[TextLine], text: str) -> list[_Heading]:
    headings: list[_Heading] = []
    last: dict[str, int] = {}
    for line in lines:
        found = parse_label(line.text)
        if found is None or not _is_plausible(found, line.text, last):
            continue
        note = _NOTE.match(line.text)
        if note and note[0] in text[: line.start]:
            # ［1］ has been set in the text: an endnote.
            continue
        for kind, rank in RANKS.items():
            if rank > RANKS[found.kind] and found.kind != "——":
                last.pop(kind, None)
        last[found.kind] = found.number
        end = line.start + find_heading_end(line.text, found)
        headings.append(_Heading(line, found.kind, found.number, end, RANKS[found.kind]))
    return headings


def _drop_points(headings: list[_Heading], lines: Sequence[TextLine]) -> list[_Heading]:
    """Leave out the points of a list: whole sentences in a row, with nothing below any."""
    place = {line.start: number for number, line in enumerate(lines)}
    kept: list[_Heading] = []
    run: list[_Heading] = []
    for heading in headings:
        follows = run and place[heading.line.start] == place[run[-1].line.start] + 1
        if not (follows and heading.kind == run[-1].kind and heading.number == run[-1].number + 1):
            kept += _keep_run(run, place, lines)
            run = []
        run.append(heading)
    return kept + _keep_run(run, place, lines)


def _keep_run(
    run: list[_Heading], place: dict[int, int], lines: Sequence[TextLine]
) -> list[_Heading]:
    points = len(run) > 1 and all(map(_is_point, run)) and run[0].kind not in _EXCERPT_KINDS
    before = place[run[0].line.start] - 1 if run else -1
    introduced = (
        before >= 0
        and lines[before].text[-1] not in "。；！？"
        and not parse_label(lines[before].text)
    )
    return [] if points and introduced else run


def _is_point(heading: _Heading) -> bool:
    text = heading.line.text
    return heading.end >= heading.line.start + len(text) - 1 and text[-1] in "。；;"


def _is_plausible(found: HeadingLabel, line: str, last: dict[str, int]) -> bool:
    """Check that a number starts at one or continues the previous one, skipping at most one."""
    if found.kind in _EXCERPT_KINDS:
        return True
    if found.kind == "——":
        lead = _SENTENCE_END.search(line, found.end)
        if lead and lead.end() < len(line):
            return lead.start() <= _MAX_DASH_HEADING
        return len(line) <= _MAX_DASH_HEADING and line[-1] not in "。；;，,"
    if "\t" in line:
        return False
    before = last.get(found.kind, 0)
    if found.kind in _DECIMAL_KINDS:
        return found.number == 1 or (before > 0 and found.number == before + 1)
    # Authors sometimes continue a number across higher headings by mistake, so a first number other
    # than 1 is accepted while it is small.
    return found.number == 1 or 0 < found.number - before <= 2 or (not before and found.number < 20)


def find_heading_end(line: str, found: HeadingLabel) -> int:
    """Return where the heading ends in a line that starts with a label."""
    if found.kind == "article":
        title = _ARTICLE_TITLE.match(line, found.end)
        return title.end() if title else found.end
    # Longer text is not a heading, and it would be copied to every passage below.
    line = line[:_MAX_HEADING_CHARS]
    sentence = _SENTENCE_END.search(line, found.end)
    end = sentence.start() if sentence else len(line)
    colon = _COLON.search(line, found.end, end)
    if colon and 0 < colon.start() - found.end <= _MAX_TOPIC_CHARS:
        rest = len(line) - colon.end()
        if rest > _MAX_REST_CHARS or not rest:
            return colon.start()
    return end


def _add_plain_headings(
    lines: Sequence[TextLine], numbered: list[_Heading], words: HeadingWords
) -> list[_Heading]:
    """Return the numbered headings and those without a number, in text order."""
    known = {heading.line.start for heading in numbered}
    # A line is only like others of the same section of the outermost numbering; other forms, which
    # are further down, only like those with no heading between.
    counted = [heading for heading in numbered if heading.rank <= RANKS["1."]]
    outermost = min((heading.rank for heading in counted), default=0)
    outer = [heading for heading in counted if heading.rank == outermost]
    restarts = sum(heading.number == 1 for heading in outer) > 1
    outer_starts = [] if restarts else [heading.line.start for heading in outer]
    starts = [heading.line.start for heading in counted]
    parts = [
        (bisect_right(outer_starts, line.start), bisect_right(starts, line.start)) for line in lines
    ]
    plain = find_plain_headings(
        [line.text for line in lines], lambda at: lines[at].start in known, parts, words
    )
    ranked = _PlainRanks(numbered)
    headings = list(numbered)
    for entry in plain:
        line = lines[entry.line]
        below = lines[entry.line + 1].start if entry.line + 1 < len(lines) else None
        rank = ranked.find_rank(entry, line.start, below)
        if rank is not None:
            headings.append(_Heading(line, _PLAIN, 0, line.start + entry.end, rank))
    return sorted(headings, key=lambda heading: heading.line.start)


class _PlainRanks:
    """The ranks of headings without a number among the numbered ones."""

    def __init__(self, numbered: list[_Heading]) -> None:
        # A dash stands below any other heading.
        self.numbered = [heading for heading in numbered if heading.kind != "——"]
        self.starts = [heading.line.start for heading in self.numbered]
        self.last: dict[str, tuple[int, float]] = {}

    def find_rank(self, entry: PlainHeading, start: int, below: int | None) -> float | None:
        """Return the rank of a heading, or None if it only interrupts a numbering.

        ``below`` is where the next line starts.
        """
        at = bisect_right(self.starts, start)
        before = self.numbered[at - 1] if at else None
        after = self.numbered[at] if at < len(self.numbered) else None
        form = FORM_NAMES[0] if entry.usual else entry.form
        is_outer = form == FORM_NAMES[0]
        shade = FORM_NAMES.index(form) / 100
        place, rank = self.last.get(form, (0, -1.0))
        restarts = after is not None and after.number == 1
        if (
            form in self.last
            and all(one.rank > rank for one in self.numbered[place:at])
            and (place == at or restarts or after is None or after.rank < rank)
            and (place == at or is_outer or after is not None)
        ):
            # Only what is below the last heading of this form stands between.
            pass
        elif after and restarts:
            encloses = is_outer or after.line.start == below
            rank = after.rank + (shade - 0.5 if encloses else 0)
        elif entry.alone and after:
            return None
        elif before is None:
            rank = (after.rank if after else 0) - 0.5 + shade
        elif after is None and entry.alone:
            rank = min(one.rank for one in self.numbered) - 0.5 + shade
        else:
            rank = before.rank + 0.5 + shade
        self.last[form] = (at, rank)
        return rank


def _nest_sections(
    headings: list[_Heading], lines: Sequence[TextLine], text: str, words: HeadingWords
) -> tuple[Section, ...]:
    open_: list[int] = []
    parents: list[int | None] = []
    levels: list[int] = []
    ends = [len(text)] * len(headings)
    heads = {heading.line.start: number for number, heading in enumerate(headings)}
    below_heading = False
    for line in lines:
        number = heads.get(line.start)
        if number is None:
            if not below_heading and _turns_away(line.text, words):
                kept = _count_kept(headings, open_, len(parents))
                for closed in open_[kept:]:
                    ends[closed] = line.start
                del open_[kept:]
            below_heading = False
            continue
        below_heading = headings[number].end >= line.start + len(line.text.rstrip("：:。"))
        while open_ and headings[open_[-1]].rank >= headings[number].rank:
            ends[open_.pop()] = line.start
        parents.append(open_[-1] if open_ else None)
        levels.append(len(open_) + 1)
        open_.append(number)
    return tuple(
        Section(
            level=levels[number],
            heading=text[heading.line.start : heading.end].rstrip(),
            start=heading.line.start,
            heading_end=heading.end,
            end=ends[number],
            parent=parents[number],
        )
        for number, heading in enumerate(headings)
    )


def _turns_away(line: str, words: HeadingWords) -> bool:
    return fold(line[:_MAX_TURN_CHARS]).startswith(words.turns)


def _count_kept(headings: Sequence[_Heading], open_: Sequence[int], seen: int) -> int:
    """Return how many of the open sections, outermost first, a paragraph that turns away keeps.

    It leaves those whose numbering does not go on, but never the outermost.
    """
    after = headings[seen:]
    for depth, number in enumerate(open_[1:], 1):
        rank = headings[number].rank
        following = next((heading for heading in after if heading.rank <= rank), None)
        if following is None or following.rank < rank or following.number == 1:
            return depth
    return len(open_)


def find_section_at(sections: Sequence[Section], place: int) -> int | None:
    """Return the position of the innermost section at a place of the text, or None."""
    number: int | None = bisect_right(sections, place, key=lambda section: section.start) - 1
    if number == -1:
        return None
    while number is not None and sections[number].end <= place:
        number = sections[number].parent
    return number


def get_heading_path(sections: tuple[Section, ...], number: int | None) -> tuple[str, ...]:
    """Return the headings from the outermost section down to section ``number``."""
    path: list[str] = []
    while number is not None:
        path.append(sections[number].heading)
        number = sections[number].parent
    return tuple(reversed(path))
