"""Which section of a report takes the place of one of the report before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportsearch.lexicon import Lexicon
from reportsearch.models import Report
from reportsearch.nlp.yearly import similarity
from reportsearch.normalise import fold
from reportsearch.structure.labels import label
from reportsearch.structure.plans import plan_sections
from reportsearch.structure.sections import path_of

_YEAR = re.compile(r"[0-9]{4}年?")
_SAME_NAME = 0.6
"""The similarity of two headings from which on they name the same section."""

Path = tuple[str, ...]
"""The headings of a section and of those around it, the outermost first."""


@dataclass(frozen=True)
class Sections:
    """The sections of a report that have sentences, with those around them."""

    paths: tuple[Path, ...]
    names: Mapping[Path, str]
    portfolios: Mapping[Path, frozenset[str]]
    plans: frozenset[Path]

    @classmethod
    def of(cls, report: Report, having: Sequence[Path], words: Lexicon) -> Sections:
        """Those of a report; ``having`` are the paths of the sections with sentences."""
        prefixes = (path[:depth] for path in having for depth in range(1, len(path) + 1))
        paths = tuple(dict.fromkeys(prefixes))
        portfolios: dict[Path, frozenset[str]] = {}
        for number, section in enumerate(report.sections):
            about = frozenset(entry.portfolio for entry in section.portfolios)
            portfolios.setdefault(path_of(report.sections, number), about)
        promising = {path_of(report.sections, number) for number in plan_sections(report, words)}
        return cls(
            paths=paths,
            names={path: _name(path[-1]) for path in paths},
            portfolios={path: portfolios.get(path, frozenset()) for path in paths},
            plans=frozenset(path for path in paths if path in promising),
        )

    def is_same(self, path: Path, others: Sections, other: Path) -> bool:
        """Whether two sections are both about what is to come, or have nearly the same heading."""
        if path in self.plans and other in others.plans:
            return True
        names = sorted((self.names[path], others.names[other]), key=len)
        begins = len(names[0]) > 1 and names[1].startswith(names[0])
        return begins or similarity(*names) >= _SAME_NAME

    def is_about_the_same(self, path: Path, others: Sections, other: Path) -> bool:
        """Whether two sections have more portfolios in common than not."""
        about, also = self.portfolios[path], others.portfolios[other]
        return 2 * len(about & also) > len(about | also)


def _name(heading: str) -> str:
    """A folded heading without its numbering, and without years."""
    found = label(heading)
    return _YEAR.sub("", fold(heading[found.end if found else 0 :]))


def counterparts(
    now: Sections, before: Sections, moved: Mapping[tuple[Path, Path], int]
) -> dict[Path, Path]:
    """For sections of the report before the one of this report that takes their place.

    Looked for among those as deep, and inside the counterpart of the section around it: one that is
    about what is to come, too, or has nearly the same heading; else the one with most of its
    characters; else one that is about the same portfolios. ``moved`` tells how many characters went
    from a section of the report before to one of this report.
    """
    found: dict[Path, Path] = {(): ()}
    # Those around before those inside.
    for path in before.paths:
        candidates = [
            (before.is_same(path, now, other), moved.get((path, other), 0),
             before.is_about_the_same(path, now, other), other)
            for other in now.paths
            if len(other) == len(path) and other[:-1] == found.get(path[:-1])
            if (path in before.plans) == (other in now.plans)
        ]  # fmt: skip
        # The first of equals: later ones come no nearer.
        best = max(candidates, key=lambda entry: entry[:3], default=None)
        if best and any(best[:3]):
            found[path] = best[3]
    return found
