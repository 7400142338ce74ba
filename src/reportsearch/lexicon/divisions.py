"""The administrative divisions of China, from provinces to counties, with those of the past.

They come from ``data/divisions.txt`` and ``divisions`` in the user's own file. The list is read
when a report is, not when the program starts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add

from reportsearch.errors import LexiconError

LEVELS = ("省", "市", "县")
_ENTRY = re.compile(r"(?P<name>[^\d=]+)(?P<until>\d{4})?(?:=(?P<short>.+))?")
_UNIT = re.compile("(?:特别行政区|自治区|地区|省|市|州|盟|县|区|旗)$")
_COUNTY_CITY = re.compile("[市区]$")


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county: the names from its province down to it.

    ``until`` is the last year in which it existed, or None if it still does.
    """

    names: tuple[str, ...]
    level: str
    until: int | None = None

    @property
    def name(self) -> str:
        """Return its own full name."""
        return self.names[-1]

    @property
    def line(self) -> str:
        """Return its name with those of the divisions that it is part of: 甘肃省兰州市城关区."""
        return "".join(self.names)

    def is_within(self, other: Division) -> bool:
        """Return whether another division contains it, as far as the list knows.

        A former prefecture may have contained any county of its province.
        """
        if other.level == "市" and (other.until or self.until) and self.level == "县":
            return self.names[0] == other.names[0]
        return len(self.names) > len(other.names) and other.name in self.names[:-1]


class Divisions:
    """The divisions by full name, short form (恩施州), and name without its unit (恩施).

    ``no_names`` are words that are part of no name of a place that is not in the list.
    """

    def __init__(
        self,
        divisions: Iterable[tuple[Division, tuple[str, ...]]],
        *,
        no_names: tuple[str, ...] = (),
    ) -> None:
        """Index divisions, each with its short forms."""
        self.no_names = no_names
        by_name: dict[str, list[Division]] = defaultdict(list)
        bare: dict[str, list[Division]] = defaultdict(list)
        for division, shorts in divisions:
            for name in (division.name, *shorts):
                by_name[name].append(division)
                without = _UNIT.sub("", name)
                if len(without) > 1 and without != name and division.level != "县":
                    bare[without].append(division)
        self._former = {
            name: [one for one in found if one.until] for name, found in by_name.items()
        }
        self._by_name = {name: _drop_former(found) for name, found in by_name.items()}
        self._bare = {name: _drop_former(found) for name, found in bare.items()}
        self._lengths: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in (*self._by_name, *self._bare):
            lengths[name[:2]].add(len(name))
        self._lengths = {
            start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()
        }

    def find(self, name: str) -> tuple[Division, ...]:
        """Return the divisions with a full name or short form."""
        return self._by_name.get(name, ())

    def find_bare(self, name: str) -> tuple[Division, ...]:
        """Return the provinces and prefectures with a name without its unit."""
        return self._bare.get(name, ())

    def choose_within(
        self, name: str, found: tuple[Division, ...], above: tuple[Division, ...]
    ) -> tuple[Division, ...]:
        """Return those of the divisions found for a name that are within one of others.

        If none is, a division of the past can be: 银川市郊区, though other cities have one today.
        """
        within = tuple(one for one in found if any(one.is_within(upper) for upper in above))
        names = {upper.names for upper in above}
        former = self._former.get(name, ())
        return within or tuple(one for one in former if one.names[:-1] in names)

    def find_starts(self, text: str) -> set[int]:
        """Return the positions in a text where a name may begin, by its first two characters."""
        known = self._lengths
        return {at for at, start in enumerate(map(add, text, text[1:])) if start in known}

    def iter_names(self, text: str, start: int) -> Iterator[str]:
        """Yield the names that begin at a place in a text, the longest first."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self._by_name or name in self._bare:
                yield name


def _drop_former(found: list[Division]) -> tuple[Division, ...]:
    """Leave out divisions of the past where the same name is in use now."""
    current = [one for one in found if one.until is None]
    unique = {one.names: one for one in current or found}
    return tuple(unique.values())


@cache
def load_shipped() -> tuple[tuple[Division, tuple[str, ...]], ...]:
    """Return the divisions that ship with the package, each with its short forms."""
    text = (files("reportsearch") / "data" / "divisions.txt").read_text(encoding="utf-8")
    found: list[tuple[Division, tuple[str, ...]]] = []
    province: tuple[str, ...] = ()
    for line in text.splitlines():
        if line[:1] in {"#", ""}:
            continue
        if "\t" not in line:
            found.append(_parse_entry(line, (), "省"))
            province = found[-1][0].names
            continue
        city, *counties = line.split("\t")
        above = province
        if city != "-":
            found.append(_parse_entry(city, province, "市"))
            above = found[-1][0].names
        found.extend(
            _parse_entry(entry, above, "县") for part in counties for entry in part.split()
        )
    return tuple(found)


def _parse_entry(
    entry: str, above: tuple[str, ...], level: str
) -> tuple[Division, tuple[str, ...]]:
    match = _ENTRY.fullmatch(entry)
    if match is None:
        raise LexiconError("{entry!r} is no name of a division", entry=entry)
    until = int(match["until"]) if match["until"] else None
    shorts = tuple(match["short"].split("=")) if match["short"] else ()
    if "自治" in match["name"]:
        # 酉阳自治县, where the list has 酉阳县.
        shorts += tuple(f"{short[:-1]}自治{short[-1]}" for short in shorts if short[-1] in "州县旗")
    return Division((*above, match["name"]), level, until), shorts


def parse_own(lines: Iterable[str], where: str) -> tuple[tuple[Division, tuple[str, ...]], ...]:
    """Parse the lines of a user's file: ``甘肃省 兰州市 城关区``, the last with its short forms."""
    found = []
    for line in lines:
        *above, entry = line.split() or [""]
        if not entry or len(above) > 2:
            raise LexiconError(
                "{where}: divisions: {line!r} must be the names from the province down, with "
                "spaces between them",
                where=where,
                line=line,
            )
        # A county of a municipality has no prefecture above it.
        level = LEVELS[len(above)] if len(above) != 1 or not _is_county(above[0], entry) else "县"
        found.append(_parse_entry(entry, tuple(above), level))
    return tuple(found)


def _is_county(province: str, entry: str) -> bool:
    name = entry.partition("=")[0]
    return (
        name.endswith(("县", "旗", "区"))
        and not name.endswith("地区")
        and (province.endswith("市") or not _COUNTY_CITY.search(province))
    )
