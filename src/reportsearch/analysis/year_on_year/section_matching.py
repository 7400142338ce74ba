"""Matching of the sections of the previous report with those of this one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportsearch.analysis.year_on_year.nearest_passages import find_nearest
from reportsearch.analysis.year_on_year.sentence_changes import dice_coefficient
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.plans import find_plan_sections
from reportsearch.structure.sections import get_heading_path

_YEAR = re.compile(r"[0-9]{4}年?")
_MIN_HEADING_SIMILARITY = 0.6
"""Minimum similarity of two headings for them to name the same section."""
_PORTFOLIO_BONUS = 0.1
"""Added to the cosine similarity of the texts if the portfolios are the same."""
_MIN_SCORE = 0.1
"""Minimum score for two sections to match without such evidence."""

SectionPath = tuple[str, ...]
"""The headings of a section and of the sections around it, outermost first."""


@dataclass(frozen=True)
class ReportSections:
    """The sections of a report that have sentences, and the sections around them."""

    paths: tuple[SectionPath, ...]
    names: Mapping[SectionPath, str]
    texts: Mapping[SectionPath, str]
    portfolios: Mapping[SectionPath, frozenset[str]]
    plans: frozenset[SectionPath]

    @classmethod
    def of(cls, report: Report, sentences: Sequence[Sentence], lexicon: Lexicon) -> ReportSections:
        """Return the sections of a report that contain the given sentences."""
        texts: dict[SectionPath, list[str]] = {}
        for sentence in sentences:
            for depth in range(1, len(sentence.section) + 1):
                texts.setdefault(sentence.section[:depth], []).append(fold(sentence.text))
        paths = tuple(texts)
        portfolios: dict[SectionPath, frozenset[str]] = {}
        for number, section in enumerate(report.sections):
            about = frozenset(entry.portfolio for entry in section.portfolios)
            portfolios.setdefault(get_heading_path(report.sections, number), about)
        promising = {
            get_heading_path(report.sections, number)
            for number in find_plan_sections(report, lexicon)
        }
        return cls(
            paths=paths,
            names={path: _normalise_heading(path[-1]) for path in paths},
            texts={path: "".join(parts) for path, parts in texts.items()},
            portfolios={path: portfolios.get(path, frozenset()) for path in paths},
            plans=frozenset(path for path in paths if path in promising),
        )

    def is_same(self, path: SectionPath, others: ReportSections, other: SectionPath) -> bool:
        """Return whether two sections both contain plans, or have nearly the same heading."""
        if path in self.plans and other in others.plans:
            return True
        names = sorted((self.names[path], others.names[other]), key=len)
        begins = len(names[0]) > 1 and names[1].startswith(names[0])
        return begins or dice_coefficient(*names) >= _MIN_HEADING_SIMILARITY

    def has_same_portfolios(
        self, path: SectionPath, others: ReportSections, other: SectionPath
    ) -> bool:
        """Return whether two sections have more portfolios in common than not."""
        about, also = self.portfolios[path], others.portfolios[other]
        return 2 * len(about & also) > len(about | also)


def _normalise_heading(heading: str) -> str:
    """Return a folded heading without its numbering and without years."""
    found = parse_label(heading)
    return _YEAR.sub("", fold(heading[found.end if found else 0 :]))


def match_sections(
    now: ReportSections,
    before: ReportSections,
    moved: Mapping[tuple[SectionPath, SectionPath], int],
) -> dict[SectionPath, SectionPath]:
    """Match sections of the previous report with those of this report that replace them.

    The counterpart is looked for inside the counterpart of the enclosing section: a section that
    also contains plans or has nearly the same heading, else the one with most of its characters.
    The remaining ones are matched by the similarity of their words and portfolios. ``moved`` counts
    the characters that moved from a section of the previous report to one of this report.
    """
    found: dict[SectionPath, SectionPath] = {(): ()}
    for around in ((), *before.paths):
        if around in found:
            own = [path for path in before.paths if path[:-1] == around and path]
            others = [path for path in now.paths if path[:-1] == found[around] and path]
            found |= _match_subsections(now, before, moved, own, others)
    return found


def _match_subsections(
    now: ReportSections,
    before: ReportSections,
    moved: Mapping[tuple[SectionPath, SectionPath], int],
    own: Sequence[SectionPath],
    others: Sequence[SectionPath],
) -> dict[SectionPath, SectionPath]:
    """Match the subsections of a section with those of its counterpart."""
    found = {}
    for path in own:
        sure = [
            (before.is_same(path, now, other), moved.get((path, other), 0), other)
            for other in others
            if (path in before.plans) == (other in now.plans)
        ]
        # The first of equals; later ones are no nearer.
        best = max(sure, key=lambda entry: entry[:2], default=None)
        if best and any(best[:2]):
            found[path] = best[2]
    taken = set(found.values())
    rest = [path for path in others if path not in taken and path not in now.plans]
    left = [path for path in own if path not in found and path not in before.plans]
    near = find_nearest(
        [before.texts[path] for path in left], [now.texts[path] for path in rest], len(rest)
    )
    alike = [
        (
            score + _PORTFOLIO_BONUS * before.has_same_portfolios(path, now, rest[number]),
            path,
            rest[number],
        )
        for path, scores in zip(left, near, strict=True)
        for number, score in scores
    ]
    for score, path, other in sorted(alike, key=lambda entry: -entry[0]):
        if score >= _MIN_SCORE and path not in found and other not in taken:
            found[path] = other
            taken.add(other)
    return found
