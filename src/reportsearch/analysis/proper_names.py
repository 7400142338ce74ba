"""Where, what and who the officials of some reports are: that is not what a report is about."""

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
    """Folded names: ``prefixes`` of places, with 县, 市 and the like, and of people; ``names``
    names.

    ``posts`` are what the officials are.
    """

    prefixes: frozenset[str]
    names: frozenset[str]
    posts: frozenset[str]
    exempt_terms: frozenset[str] = frozenset()

    @classmethod
    def of(cls, infos: Iterable[ReportInfo]) -> ProperNames:
        """Those of some reports."""
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
        """The same, but for some folded names that are terms all the same."""
        return ProperNames(self.prefixes, self.names, self.posts, frozenset(terms))

    def matches(self, term: str) -> bool:
        """Whether a folded term is one of the names, begins with a place or a person, or ends with
        a post: 人民政府副县长.
        """
        if term in self.exempt_terms:
            return False
        # Not all heads one after another: of thousands of officials there are as many.
        return term in self.names or any(
            term[:length] in self.prefixes or term[-length:] in self.posts
            for length in range(2, len(term) + 1)
        )
