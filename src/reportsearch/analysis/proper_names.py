"""The places, posts and names of officials, which are not what their reports are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reportsearch.models.report import ReportInfo
from reportsearch.normalise import fold

_KIND = r"(?:省|自治[州县区旗]|[市盟区县旗镇乡]|州(?!省)|街道)"
_PLACE = re.compile(rf".+?{_KIND}|.+$")
_PLACE_SUFFIX = re.compile(rf"{_KIND}$")


@dataclass(frozen=True)
class ProperNames:
    """Folded names of places, posts and people.

    ``prefixes`` are places with their suffix (县, 市, ...) and people, ``names`` whole names,
    ``posts`` the posts of the officials.
    """

    prefixes: frozenset[str]
    names: frozenset[str]
    posts: frozenset[str]
    exempt_terms: frozenset[str] = frozenset()

    @classmethod
    def of(cls, infos: Iterable[ReportInfo]) -> ProperNames:
        """Return the names of some reports."""
        heads: set[str] = set()
        names: set[str] = set()
        posts: set[str] = set()
        for info in infos:
            for place in _PLACE.findall(fold(info.region or "")):
                names |= {place, _PLACE_SUFFIX.sub("", place)}
                heads |= {place} if _PLACE_SUFFIX.search(place) else set()
            post, official = fold(info.post or ""), fold(info.official or "")
            names |= {name[at:] for name in (post, official) for at in range(len(name))}
            heads.add(official)
            posts.add(post)
            if official:
                heads.add(post + official)
        return cls(
            frozenset(name for name in heads if len(name) > 1),
            frozenset(name for name in names if len(name) > 1),
            frozenset(post for post in posts if len(post) > 1),
        )

    def excluding(self, terms: Collection[str]) -> ProperNames:
        """Return the names with exceptions: folded names that count as terms nevertheless."""
        return ProperNames(self.prefixes, self.names, self.posts, frozenset(terms))

    def matches(self, term: str) -> bool:
        """Return whether a folded term is a name, or begins or ends with one.

        It may begin with a place or person, or end with a post: 人民政府副县长.
        """
        if term in self.exempt_terms:
            return False
        # Looks up prefixes by length: with thousands of officials there are too many to try each.
        return term in self.names or any(
            term[:length] in self.prefixes or term[-length:] in self.posts
            for length in range(2, len(term) + 1)
        )
