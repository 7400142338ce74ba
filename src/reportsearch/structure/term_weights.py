"""Weights of the words that point to portfolios, by their place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from reportsearch.models.report import Passage, Section
from reportsearch.structure.portfolio_terms import TermMatch

_REPEAT_FACTOR = 0.3
"""Factor for repetitions of a word, which are weaker evidence."""
_COUNTED_LABEL = (
    "(?:[一二三四五六七八九十]是[^，。；：,;:]{1,15}|(?<=[。；\n])[^，。；：\n]{2,6}方面)[。：:，,]"
)
_LABEL = re.compile(rf"{_COUNTED_LABEL}|(?m:^)[^，。；：！？,;:\t\n]{{2,12}}[。：:](?=[^\n])")
"""A heading inside a paragraph: 一是跑招商。… or a few words before the first 。"""
_LAST_LABEL = re.compile(f"{_COUNTED_LABEL}$")
_LABEL_FACTOR = 3.0


def split_by_heading(
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    matches: Sequence[TermMatch],
) -> tuple[list[list[TermMatch]], list[list[TermMatch]]]:
    """Split matches into those of each passage's text and those of each section's heading."""
    own: list[list[TermMatch]] = [[] for _ in passages]
    headings: list[list[TermMatch]] = [[] for _ in sections]
    # A label at the end of a passage belongs to the next one.
    starts = [passage.start for passage in passages]
    for number, passage in enumerate(passages[:-1]):
        goes_on = "\n" not in text[passage.end : passages[number + 1].start]
        if goes_on and (label := _LAST_LABEL.search(passage.text)):
            starts[number + 1] = passage.start + label.start()
    heads = [section.start for section in sections]
    for match in matches:
        section = bisect_right(heads, match.start) - 1
        if section >= 0 and match.start < sections[section].heading_end:
            headings[section].append(match)
        elif (number := bisect_right(starts, match.start) - 1) >= 0:
            own[number].append(match)
    return own, headings


def weigh_matches(
    text: str, sections: Sequence[Section], matches: Sequence[TermMatch], declared: set[str]
) -> list[TermMatch]:
    """Return the matches that count, with more weight for those in labels.

    Short ones count only if their portfolio is declared, or in a label.
    """
    labels = [label.span() for label in _LABEL.finditer(text)]
    starts = [start for start, _ in labels]
    heads = [section.start for section in sections]
    kept = []
    for match in matches:
        label = bisect_right(starts, match.start) - 1
        section = bisect_right(heads, match.start) - 1
        in_heading = section >= 0 and match.start < sections[section].heading_end
        if label >= 0 and match.end <= labels[label][1] and not in_heading:
            kept.append(replace(match, factor=_LABEL_FACTOR))
        elif match.portfolio in declared or not match.is_short:
            kept.append(match)
    return kept


def sum_points(matches: Sequence[TermMatch]) -> dict[str, float]:
    """Return the points of each portfolio."""
    points: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    for match in matches:
        more = (
            match.weight
            * match.factor
            * (_REPEAT_FACTOR if (match.portfolio, match.text) in seen else 1.0)
        )
        seen.add((match.portfolio, match.text))
        points[match.portfolio] = points.get(match.portfolio, 0.0) + more
    return points


def has_enough_evidence(matches: Sequence[TermMatch]) -> bool:
    """Check for a name, an item of duty lists in a label, or several different words."""
    return len({match.text for match in matches}) > 1 or any(
        match.is_name or (match.is_short and match.factor > 1) for match in matches
    )
