"""Which reports are by one official, decided over all reports of a collection.

What a user gives as the official (metadata.csv, a row) is the user's word: reports with the same
value are by one official. Otherwise two reports are by one official if

- they name the same person and the same place. 甲县 and 乙市甲县 are the same place unless the
  reports of that name know a second 甲县;
- they name the same person and neither names a place, in the same or following years, and neither
  names another post;
- they name no person, but the same post and place in following years, and nobody else holds that
  post: in no year are there two reports of it, and no second name is among those years.

Each official has a label that no other has: 甲县王建国, or 甲县县长 if no report has a name. What
two labels have in common is told apart by the whole line of divisions, or else by years. Masked
names and places (王某, ××县) join nothing. All steps take time in proportion to the number of
reports, and the order of the reports does not matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from unicodedata import normalize

from reportsearch.models.report import GIVEN_ORIGINS, ReportInfo

_MASK = re.compile(r"[某×*xX○〇_□●△]")
_UNIT_END = "省市区州盟县旗师团"
"""Last characters of the names of divisions, after which the name of a smaller one begins."""
_POST_OF_ANY_UNIT = re.compile(
    "(?:副|党组|党委|党总支|党支部|第一|常务)*"
    "(?:局长|主任|厅长|部长|司长|处长|科长|股长|院长|校长|所长|站长|队长|书记|成员|委员)"
)
"""Posts that exist in many units of one place, so that post and place are not one official."""


@dataclass(frozen=True)
class OfficialFacts:
    """What one report says about its official."""

    report: str
    official: str
    is_given: bool
    region: str
    division: str
    post: str
    year: int | None

    @classmethod
    def of(cls, info: ReportInfo) -> OfficialFacts:
        """Return what matters of a report's metadata."""
        return cls(
            report=info.id,
            official=info.official or "",
            is_given=info.origin.get("official") in GIVEN_ORIGINS,
            region=info.region or "",
            division=info.division or "",
            post=info.post or "",
            year=info.year,
        )

    @cached_property
    def place(self) -> str:
        """Return the fullest form of the place, or an empty string if unknown or masked."""
        region, division = _to_key(self.region), _to_key(self.division)
        place = division if division.endswith(region) else region
        return "" if _MASK.search(place) else place

    @cached_property
    def name(self) -> str:
        """Return the person's name without the place in front, or an empty string."""
        name = _to_key(self.official)
        for place in (_to_key(self.division), _to_key(self.region)):
            forms = [place, *_iter_shorter_forms(place)]
            name = name.removeprefix(next(filter(name.startswith, forms), ""))
        return "" if _MASK.search(name) else name


def identify_officials(reports: Iterable[OfficialFacts]) -> dict[str, str]:
    """Return the label of each report's official, by report id.

    Reports whose official cannot be told are left out.
    """
    return _Officials(sorted(reports, key=lambda one: one.report)).build_labels()


def add_person(info: ReportInfo, person: str | None) -> ReportInfo:
    """Return the metadata of a report with the label of its official, None if unknown."""
    if person == info.person:
        return info
    others = tuple(name for name in info.inferred if name != "person")
    is_certain = person is None or info.origin.get("official") in GIVEN_ORIGINS
    return replace(info, person=person, inferred=others if is_certain else (*others, "person"))


def find_label(draft: ReportInfo, infos: Iterable[ReportInfo]) -> str | None:
    """Return the label of the official of a report that is not in the index.

    It is that of a report by the same official, if there is one. A given official can also be a
    label, or a name that only one official of the index has.
    """
    known = {info.id: info for info in infos}
    wanted = _to_key(draft.official or "")
    named = {
        info.person
        for info in known.values()
        if wanted and wanted in {_to_key(info.person or ""), _to_key(info.official or "")}
    }
    if draft.origin.get("official") in GIVEN_ORIGINS and len(named) == 1:
        return named.pop()
    # No id of a report is empty.
    labels = identify_officials(map(OfficialFacts.of, [*known.values(), replace(draft, id="")]))
    label = labels.get("")
    same = (known[one].person for one, other in labels.items() if other == label and one)
    return next(same, label) if label else None


def _to_key(text: str) -> str:
    """Return a name without blanks (王　强); variants of characters make another name."""
    return "".join(normalize("NFKC", text).split())


def _iter_shorter_forms(place: str) -> Iterator[str]:
    """Yield the forms of a place without the larger divisions in front: 甲县 of 乙市甲县."""
    return (place[at:] for at in range(1, len(place)) if place[at - 1] in _UNIT_END)


class _Officials:
    """Classes of reports by one official, joined step by step (union-find)."""

    def __init__(self, reports: Sequence[OfficialFacts]) -> None:
        self._reports = reports
        self._parents = list(range(len(reports)))
        self._places = _unify_places({report.place for report in reports})
        self._join_named()
        self._join_without_place()
        self._join_by_post()

    def _find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def _join(self, numbers: Sequence[int]) -> None:
        first = self._find(numbers[0])
        for number in numbers[1:]:
            self._parents[self._find(number)] = first

    def _group(self, key: Callable[[OfficialFacts], object]) -> Iterator[list[int]]:
        """Yield the reports with each key that is not None."""
        found: dict[object, list[int]] = defaultdict(list)
        for number, report in enumerate(self._reports):
            value = key(report)
            if value is not None:
                found[value].append(number)
        yield from found.values()

    def _join_named(self) -> None:
        """Join reports with the same given value, and those with the same name and place."""
        given: dict[str, list[int]] = {}
        for numbers in self._group(
            lambda one: _to_key(one.official) if one.official and one.is_given else None
        ):
            self._join(numbers)
            given[_to_key(self._reports[numbers[0]].official)] = numbers
        said: dict[str, list[list[int]]] = defaultdict(list)
        for numbers in self._group(lambda one: one.name or None):
            reports = [self._reports[number] for number in numbers]
            places = _unify_places({report.place for report in reports})
            by_place: dict[str, list[int]] = defaultdict(list)
            for number, report in zip(numbers, reports, strict=True):
                if report.place:
                    by_place[places[report.place]].append(number)
            for same in by_place.values():
                self._join(same)
                for label in {_to_key(self._reports[one].region) for one in same}:
                    said[label + reports[0].name].append(same)
        # 甲县王建国 given for a report whose place is unknown.
        for label in said.keys() & given.keys():
            if len(said[label]) == 1:
                self._join([said[label][0][0], given[label][0]])

    def _join_without_place(self) -> None:
        """Join reports that name a person but no place."""
        for numbers in self._group(
            lambda one: one.name if not one.place and not one.is_given and one.name else None
        ):
            for run in self._split_into_runs(numbers):
                if len({self._reports[number].post for number in run} - {""}) <= 1:
                    self._join(run)

    def _join_by_post(self) -> None:
        """Join reports that name no person to those of the same post and place."""
        roots = [self._find(number) for number in range(len(self._reports))]
        posts: dict[tuple[int, int | None], set[str]] = defaultdict(set)
        for number, report in enumerate(self._reports):
            if report.post:
                posts[roots[number], report.year].add(_to_key(report.post))
        for numbers in self._group(self._find_post_key):
            holders: dict[int | None, set[int]] = defaultdict(set)
            for number in numbers:
                holders[self._reports[number].year].add(roots[number])
            if any(len(one) > 1 for one in holders.values()):
                continue
            for run in self._split_into_runs(numbers):
                named = {roots[number] for number in run if self._is_named(number)}
                years = {self._reports[number].year for number in run}
                own = {_to_key(self._reports[run[0]].post)}
                has_other_post = any(posts[one, year] - own for one in named for year in years)
                if len(named) <= 1 and not has_other_post:
                    self._join(run)

    def _find_post_key(self, report: OfficialFacts) -> tuple[str, str] | None:
        post = _to_key(report.post)
        if not (report.place and post and report.year) or _POST_OF_ANY_UNIT.fullmatch(post):
            return None
        return self._places[report.place], post

    def _is_named(self, number: int) -> bool:
        return bool(self._reports[number].official)

    def _split_into_runs(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        """Yield reports in runs of the same or following years; one without a year is alone."""
        years = {number: self._reports[number].year for number in numbers}
        yield from ([number] for number, year in years.items() if year is None)
        run: list[int] = []
        for number in sorted(
            (number for number, year in years.items() if year is not None),
            key=lambda one: (years[one], one),
        ):
            year, before = years[number], years[run[-1]] if run else None
            if year is not None and before is not None and year > before + 1:
                yield run
                run = []
            run.append(number)
        if run:
            yield run

    def build_labels(self) -> dict[str, str]:
        """Return the label of each report's official."""
        classes: dict[int, list[OfficialFacts]] = defaultdict(list)
        for number, report in enumerate(self._reports):
            classes[self._find(number)].append(report)
        known = [one for one in classes.values() if len(one) > 1 or one[0].official]
        labels = _tell_apart(known)
        return {
            report.report: label
            for members, label in zip(known, labels, strict=True)
            for report in members
        }


def _unify_places(places: Collection[str]) -> dict[str, str]:
    """Map each place to the one fuller form of it: 甲县 to 乙市甲县, if there is no second 甲县."""
    fuller: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for shorter in _iter_shorter_forms(place):
            if shorter in places:
                fuller[shorter].add(place)
    unified = {}
    for place in places:
        fullest = {one for one in fuller[place] if not fuller[one]}
        unified[place] = fullest.pop() if len(fullest) == 1 else place
    return unified


def _tell_apart(classes: Sequence[Sequence[OfficialFacts]]) -> list[str]:
    """Return a label for each official; labels that several would have become more precise."""
    forms: tuple[Callable[[Sequence[OfficialFacts]], str], ...] = (
        lambda members: _build_label(members, lambda one: one.region),
        lambda members: _build_label(members, lambda one: one.division or one.region),
        lambda members: f"{_build_label(members, lambda one: one.region)}{_format_years(members)}",
        lambda members: f"{_build_label(members, lambda one: one.region)}（{members[0].report}）",
    )
    labels = ["" for _ in classes]
    taken = {
        label: number for number, one in enumerate(classes) if (label := _find_given_label(one))
    }
    for label, number in taken.items():
        labels[number] = label
    open_ = [number for number, label in enumerate(labels) if not label]
    for form in forms:
        found = {number: form(classes[number]) for number in open_}
        counts = Counter(found.values())
        for number, label in found.items():
            if counts[label] == 1 and label not in taken:
                labels[number] = label
        taken.update((labels[number], number) for number in open_ if labels[number])
        open_ = [number for number in open_ if not labels[number]]
    return labels


def _find_given_label(members: Sequence[OfficialFacts]) -> str:
    """Return the given value that most of an official's reports have, if any has one."""
    return _find_most_frequent(one.official for one in members if one.is_given)


def _build_label(members: Sequence[OfficialFacts], place: Callable[[OfficialFacts], str]) -> str:
    where = _find_most_frequent(place(one) for one in members)
    names = _find_most_frequent(one.official for one in members)
    what = names or _find_most_frequent(one.post for one in members)
    return what if what.startswith(where) else f"{where}{what}"


def _format_years(members: Sequence[OfficialFacts]) -> str:
    years = sorted(one.year for one in members if one.year)
    if not years:
        return ""
    return f"（{years[0]}）" if years[0] == years[-1] else f"（{years[0]}—{years[-1]}）"


def _find_most_frequent(values: Iterable[str]) -> str:
    """Return the most frequent value that is not empty; of equally frequent ones the longest."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda one: (-counts[one], -len(one), one), default="")
