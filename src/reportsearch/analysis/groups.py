"""Which groups are asked for: the values of a field, or those that a user names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.corpus import Holdings
from reportsearch.errors import QueryError, shown
from reportsearch.lexicon import Posts
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import fold

_YEARS = re.compile(r"(\d{4})\.\.(\d{4})")
_DECADE = re.compile(r"(\d{3}0)(?:s|年代|-\d{4})?")
_OFFERED = 12
"""Values that an error lists."""


def iter_group_values(report: Report, passage: Passage, by: str) -> Iterator[str]:
    """Yield a passage's values in one of GROUPED_BY: none, one, or of portfolios several."""
    if by == "report":
        yield report.id
    elif by == "portfolio":
        yield from passage.portfolios
    elif by == "decade":
        if report.info.year is not None:
            yield format_decade(report.info.year)
    elif (value := getattr(report.info, by)) is not None:
        yield str(value)


def format_decade(year: int) -> str:
    """Return the decade of a year: ``1990-1999``."""
    first = year // 10 * 10
    return f"{first}-{first + 9}"


@dataclass(frozen=True)
class Groups:
    """Groups by a field; ``wanted`` are the values that are named, in their order, or none.

    A value of the field year can be a range, ``2018..2022``; one of post can be a set of posts of
    like rank, of which ``sets`` has those that are wanted.
    """

    by: str
    wanted: tuple[str, ...] = ()
    sets: tuple[Posts, ...] = ()

    @classmethod
    def of(
        cls, held: Holdings, by: str, values: Sequence[str], *, with_unnamed: bool = False
    ) -> Groups:
        """With the values as the index has them. Raises QueryError.

        ``with_unnamed`` takes a report whose official is not known for an official, by its id.
        Several can be given in one, with 、 between, where that is not part of a value: of the post
        县委常委、副县长 it is.
        """
        known = _known(held, by)
        infos = held.engine.infos() if with_unnamed and by == "official" else ()
        unnamed = [info.id for info in infos if info.official is None]
        parts = (part for value in values for part in _parts(held, by, value, [*known, *unnamed]))
        # Officials come before reports, so that a part of a name is not that of a file, too.
        pools = ((part, known if _is_in(part, known, unnamed) else unnamed) for part in parts)
        wanted = tuple(dict.fromkeys(_value(held, by, part, pool) for part, pool in pools))
        sets = map(held.words.posts_called, wanted if by == "post" else ())
        return cls(by, wanted, tuple(one for one in sets if one))

    def values(self, report: Report, passage: Passage) -> Iterator[str]:
        """The groups that a passage is in; where none are named, each value is one."""
        for value in iter_group_values(report, passage, self.by):
            if not self.wanted or value in self.wanted:
                yield value
            if self.by == "year":
                yield from (span for span in self.wanted if _is_within(value, span))
            yield from (one.name for one in self.sets if one.has(value) and one.name != value)

    def has(self, value: str) -> bool:
        """Whether a value is one of those that are named, or within one."""
        return value in self.wanted or (
            self.by == "year" and any(_is_within(value, span) for span in self.wanted)
        )

    def has_value(self, report: Report) -> bool:
        """Whether a report has a value in the field, so that it can be compared."""
        return any(
            True for passage in report.passages for _ in iter_group_values(report, passage, self.by)
        )

    def ordered(self, values: Sequence[str]) -> list[str]:
        """Values in the order of the answer."""
        return list(self.wanted) if self.wanted else sorted(values)


def _is_in(part: str, known: Sequence[str], others: Sequence[str]) -> bool:
    """Whether something is asked for among values rather than among others."""
    wanted = fold(part).strip()
    in_known, in_others = (any(wanted in fold(one) for one in pool) for pool in (known, others))
    return in_known or not in_others


def _is_within(year: str, span: str) -> bool:
    years = _YEARS.fullmatch(span)
    return years is not None and years[1] <= year <= years[2]


def _known(held: Holdings, by: str) -> list[str]:
    """The values of a field in the index."""
    infos = held.engine.infos()
    if by == "report":
        return [info.id for info in infos]
    if by == "portfolio":
        return sorted({name for info in infos for name in info.portfolios})
    if by == "decade":
        return sorted({format_decade(info.year) for info in infos if info.year is not None})
    return sorted({str(value) for info in infos if (value := getattr(info, by)) is not None})


def _parts(held: Holdings, by: str, value: str, known: Sequence[str]) -> list[str]:
    """What a value that is given stands for, as a whole or between 、."""
    titles = [info.title for info in held.engine.infos()] if by == "report" else ()
    if any(fold(value).strip() in fold(one) for one in (*known, *titles)):
        return [value]
    return [part for part in value.split("、") if part.strip()] or [value]


def _value(held: Holdings, by: str, value: str, known: Sequence[str]) -> str:
    """A value as the index has it, of which a part may be given."""
    wanted = fold(value).strip()
    if by == "portfolio":
        wanted = fold(next(iter(held.portfolios({"portfolio": value}))))
    if by == "report":
        return held.show(value).id
    if by == "year" and (years := _YEARS.fullmatch(wanted)):
        if years[1] > years[2]:
            raise QueryError(
                f"{years[1]} is after {years[2]}; turn them round: {years[2]}..{years[1]}"
            )
        if any(years[1] <= year <= years[2] for year in known):
            return wanted
    if by == "post" and (posts := held.words.posts_called(value)) and any(map(posts.has, known)):
        return posts.name
    if by == "decade" and (years := _DECADE.fullmatch(wanted)):
        wanted = format_decade(int(years[1]))
    same = [one for one in known if fold(one) == wanted]
    found = same or [one for one in known if wanted and wanted in fold(one)]
    if len(found) == 1:
        return found[0]
    listed = "、".join(found[:_OFFERED] or known[:_OFFERED])
    more = "、…" if len(found or known) > _OFFERED else ""
    if found:
        raise QueryError(
            f"{shown(value)} is part of {len(found)} values of {by}: {listed}{more}; "
            "write more of it"
        )
    there = f"; there are: {listed}{more}" if known else ""
    raise QueryError(f"no report has the {by} {shown(value)}{there}")
