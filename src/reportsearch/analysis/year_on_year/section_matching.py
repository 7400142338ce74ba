"""Which section of a report takes the place of one of the report before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportsearch.analysis.year_on_year.nearest_passages import nearest
from reportsearch.analysis.year_on_year.sentence_changes import similarity
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.reuse import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import label
from reportsearch.structure.plans import plan_sections
from reportsearch.structure.sections import path_of

_YEAR = re.compile(r"[0-9]{4}年?")
_SAME_NAME = 0.6
"""The similarity of two headings from which on they name the same section."""
_SAME_PORTFOLIOS = 0.1
"""What the same portfolios count beside the cosine of the texts."""
_ALIKE = 0.1
"""From so much on two sections without such a sign are each other's."""

Headings = tuple[str, ...]
"""The headings of a section and of those around it, the outermost first."""


@dataclass(frozen=True)
class Sections:
    """The sections of a report that have sentences, with those around them."""

    paths: tuple[Headings, ...]
    names: Mapping[Headings, str]
    texts: Mapping[Headings, str]
    portfolios: Mapping[Headings, frozenset[str]]
    plans: frozenset[Headings]

    @classmethod
    def of(cls, report: Report, sentences: Sequence[Sentence], words: Lexicon) -> Sections:
        """Those of a report; the sentences tell which."""
        texts: dict[Headings, list[str]] = {}
        for sentence in sentences:
            for depth in range(1, len(sentence.section) + 1):
                texts.setdefault(sentence.section[:depth], []).append(fold(sentence.text))
        paths = tuple(texts)
        portfolios: dict[Headings, frozenset[str]] = {}
        for number, section in enumerate(report.sections):
            about = frozenset(entry.portfolio for entry in section.portfolios)
            portfolios.setdefault(path_of(report.sections, number), about)
        promising = {path_of(report.sections, number) for number in plan_sections(report, words)}
        return cls(
            paths=paths,
            names={path: _name(path[-1]) for path in paths},
            texts={path: "".join(parts) for path, parts in texts.items()},
            portfolios={path: portfolios.get(path, frozenset()) for path in paths},
            plans=frozenset(path for path in paths if path in promising),
        )

    def is_same(self, path: Headings, others: Sections, other: Headings) -> bool:
        """Whether two sections are both about what is to come, or have nearly the same heading."""
        if path in self.plans and other in others.plans:
            return True
        names = sorted((self.names[path], others.names[other]), key=len)
        begins = len(names[0]) > 1 and names[1].startswith(names[0])
        return begins or similarity(*names) >= _SAME_NAME

    def is_about_the_same(self, path: Headings, others: Sections, other: Headings) -> bool:
        """Whether two sections have more portfolios in common than not."""
        about, also = self.portfolios[path], others.portfolios[other]
        return 2 * len(about & also) > len(about | also)


def _name(heading: str) -> str:
    """A folded heading without its numbering, and without years."""
    found = label(heading)
    return _YEAR.sub("", fold(heading[found.end if found else 0 :]))


def counterparts(
    now: Sections, before: Sections, moved: Mapping[tuple[Headings, Headings], int]
) -> dict[Headings, Headings]:
    """For sections of the report before the one of this report that takes their place.

    Looked for among those inside the counterpart of the section around it: one that is about what
    is to come, too, or has nearly the same heading; else the one with most of its characters. Of
    the others, those whose words and portfolios are most alike are each other's. ``moved`` tells
    how many characters went from a section of the report before to one of this report.
    """
    found: dict[Headings, Headings] = {(): ()}
    for around in ((), *before.paths):
        if around in found:
            own = [path for path in before.paths if path[:-1] == around and path]
            others = [path for path in now.paths if path[:-1] == found[around] and path]
            found |= _inside(now, before, moved, own, others)
    return found


def _inside(
    now: Sections,
    before: Sections,
    moved: Mapping[tuple[Headings, Headings], int],
    own: Sequence[Headings],
    others: Sequence[Headings],
) -> dict[Headings, Headings]:
    """The counterparts of sections that lie in the same one, in sections that lie in the same."""
    found = {}
    for path in own:
        sure = [
            (before.is_same(path, now, other), moved.get((path, other), 0), other)
            for other in others
            if (path in before.plans) == (other in now.plans)
        ]
        # The first of equals: later ones come no nearer.
        best = max(sure, key=lambda entry: entry[:2], default=None)
        if best and any(best[:2]):
            found[path] = best[2]
    taken = set(found.values())
    rest = [path for path in others if path not in taken and path not in now.plans]
    left = [path for path in own if path not in found and path not in before.plans]
    near = nearest(
        [before.texts[path] for path in left], [now.texts[path] for path in rest], len(rest)
    )
    alike = [
        (
            score + _SAME_PORTFOLIOS * before.is_about_the_same(path, now, rest[number]),
            path,
            rest[number],
        )
        for path, scores in zip(left, near, strict=True)
        for number, score in scores
    ]
    for score, path, other in sorted(alike, key=lambda entry: -entry[0]):
        if score >= _ALIKE and path not in found and other not in taken:
            found[path] = other
            taken.add(other)
    return found
