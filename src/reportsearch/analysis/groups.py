"""Groups of passages: by the values of a field, or by those that a user names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.corpus import Corpus
from reportsearch.errors import Message, QueryError, quote_value
from reportsearch.lexicon.models import PostSet
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.validation import split_values

_YEARS = re.compile(r"(\d{4})\.\.(\d{4})")
_DECADE = re.compile(r"(\d{3}0)(?:s|年代|-\d{4})?")
_MAX_LISTED = 12
"""Values listed in an error message."""


def iter_group_values(report: Report, passage: Passage, by: str) -> Iterator[str]:
    """Yield a passage's values in one of GROUPING_FIELDS: none, one or several portfolios."""
    if by == "report":
        yield report.id
    elif by == "portfolio":
        yield from passage.portfolios
    else:
        yield from iter_metadata_values(report.info, by)


def iter_metadata_values(info: ReportInfo, by: str) -> Iterator[str]:
    """Yield a report's value in a metadata field or its decade; nothing if unknown."""
    if by == "decade":
        if info.year is not None:
            yield format_decade(info.year)
    elif (value := info.get_value(by)) is not None:
        yield str(value)


def format_decade(year: int) -> str:
    """Return the decade of a year: ``1990-1999``."""
    first = year // 10 * 10
    return f"{first}-{first + 9}"


@dataclass(frozen=True)
class GroupBy:
    """Groups by a field; ``wanted`` are the requested values in order, or empty for all.

    A value of the field year can be a range, ``2018..2022``. A value of post can be a set of posts
    of equal rank; ``post_sets`` has the requested ones.
    """

    field: str
    wanted: tuple[str, ...] = ()
    post_sets: tuple[PostSet, ...] = ()

    @classmethod
    def of(
        cls, corpus: Corpus, by: str, values: Sequence[str], *, with_unnamed: bool = False
    ) -> GroupBy:
        """Return the groups with values as spelt in the index. Raises QueryError.

        ``with_unnamed`` treats a report of an unknown official as an official, by its id. Several
        values can be given in one string, separated by a comma or 、, unless that is part of a
        value, as in the post 县委常委、副县长.
        """
        known = _list_values(corpus, by)
        infos = corpus.engine.report_infos() if with_unnamed and by == "official" else ()
        unnamed = [info.id for info in infos if info.person is None]
        parts = (
            part for value in values for part in _split_value(corpus, by, value, [*known, *unnamed])
        )
        # Officials come before reports, so that part of a name does not also match a file.
        pools = ((part, known if _is_in(part, known, unnamed) else unnamed) for part in parts)
        wanted = tuple(
            dict.fromkeys(_resolve_value(corpus, by, part, pool) for part, pool in pools)
        )
        sets = map(corpus.lexicon.find_post_set_by_name, wanted if by == "post" else ())
        return cls(by, wanted, tuple(one for one in sets if one))

    def iter_groups(self, report: Report, passage: Passage) -> Iterator[str]:
        """Yield the groups that a passage is in; without requested values, each value is one."""
        for value in iter_group_values(report, passage, self.field):
            if not self.wanted or value in self.wanted:
                yield value
            if self.field == "year":
                yield from (span for span in self.wanted if _is_within(value, span))
            yield from (
                one.name for one in self.post_sets if one.contains(value) and one.name != value
            )

    def has(self, value: str) -> bool:
        """Return whether a value is requested, or within a requested range."""
        return value in self.wanted or (
            self.field == "year" and any(_is_within(value, span) for span in self.wanted)
        )

    def has_value(self, report: Report) -> bool:
        """Return whether a report has a value in the field, so that it can be compared."""
        return any(
            True
            for passage in report.passages
            for _ in iter_group_values(report, passage, self.field)
        )

    def sort_values(self, values: Sequence[str]) -> list[str]:
        """Return values in the order of the result."""
        return list(self.wanted) if self.wanted else sorted(values)


def _is_in(part: str, known: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether to look up a value in ``known`` rather than in ``others``."""
    wanted = fold(part).strip()
    in_known, in_others = (any(wanted in fold(one) for one in pool) for pool in (known, others))
    return in_known or not in_others


def _is_within(year: str, span: str) -> bool:
    years = _YEARS.fullmatch(span)
    return years is not None and years[1] <= year <= years[2]


def _list_values(corpus: Corpus, by: str) -> list[str]:
    """Return the values of a field in the index."""
    infos = corpus.engine.report_infos()
    if by == "report":
        return [info.id for info in infos]
    if by == "portfolio":
        return sorted({name for info in infos for name in info.portfolios})
    return sorted({value for info in infos for value in iter_metadata_values(info, by)})


def _split_value(corpus: Corpus, by: str, value: str, known: Sequence[str]) -> list[str]:
    """Return a given value itself, or the values of a list."""
    titles = [info.title for info in corpus.engine.report_infos()] if by == "report" else ()
    if any(fold(value).strip() in fold(one) for one in (*known, *titles)):
        return [value]
    return split_values(value) or [value]


def _resolve_value(corpus: Corpus, by: str, value: str, known: Sequence[str]) -> str:
    """Return a value, of which a part may be given, as spelt in the index."""
    wanted = fold(value).strip()
    if by == "portfolio":
        wanted = fold(next(iter(corpus.resolve_portfolios({"portfolio": value}))))
    if by == "report":
        return corpus.find_report(value).id
    if by == "year" and (years := _YEARS.fullmatch(wanted)):
        if years[1] > years[2]:
            raise QueryError(
                "{years} is after {years_2}; swap them: {years_2}..{years}",
                years=years[1],
                years_2=years[2],
            )
        if any(years[1] <= year <= years[2] for year in known):
            return wanted
    if (
        by == "post"
        and (posts := corpus.lexicon.find_post_set_by_name(value))
        and any(map(posts.contains, known))
    ):
        return posts.name
    if by == "decade" and (years := _DECADE.fullmatch(wanted)):
        wanted = format_decade(int(years[1]))
    same = [one for one in known if fold(one) == wanted]
    found = same or [one for one in known if wanted and wanted in fold(one)]
    if len(found) == 1:
        return found[0]
    listed = "、".join(found[:_MAX_LISTED] or known[:_MAX_LISTED])
    more = "、…" if len(found or known) > _MAX_LISTED else ""
    if found:
        raise QueryError(
            "{value} matches {count} values of {by}: {listed}{more}; give a longer part "
            "of the value",
            value=quote_value(value),
            count=len(found),
            by=Message(by, context="field"),
            listed=listed,
            more=more,
        )
    there = Message("; available: {listed}{more}", listed=listed, more=more) if known else ""
    raise QueryError(
        "no report has {by} {value}{there}",
        by=Message(by, context="field"),
        value=quote_value(value),
        there=there,
    )
