"""The nodes of a parsed query, which define what passages match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportsearch.lexicon.models import PostSet, Synonym
from reportsearch.models.report import ReportInfo
from reportsearch.normalise import fold


@dataclass(frozen=True, slots=True)
class Term:
    """A string to find in a passage.

    ``string`` is folded. A quoted term matches passages that contain the string. A bare one also
    matches those that contain one of ``synonyms``, or all of ``words``. ``ranking`` are the indexed
    words by which matching passages are ranked. ``loose`` are those of ``words`` of which some are
    enough if no passage matches the term; it is empty for a single word.
    """

    text: str
    string: str
    quoted: bool
    synonyms: tuple[Synonym, ...] = ()
    words: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    at: int = field(default=0, compare=False)
    """Offset in the query, which equality ignores."""

    def to_free_text(self) -> FreeText:
        """Return the same term as a text, of which not all words need to occur."""
        return FreeText(self.text, self.string, self.loose, self.ranking)


@dataclass(frozen=True, slots=True)
class FreeText:
    """A sentence or more, which matches passages that contain it, or enough of ``words``.

    ``words`` are its indexed words without stop words; ``MIN_IDF_SHARE`` in ranking.py defines how
    many are enough. ``ranking`` are all its indexed words.
    """

    text: str
    string: str
    words: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()


FilterValue = int | str | tuple[str, ...] | None
"""What a condition on a report looks at."""


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A condition on a report's metadata; ``value`` is folded, years are a closed range.

    ``posts`` are the posts of similar rank that a value of post represents.
    """

    field: str
    value: str
    years: tuple[int, int] | None = None
    posts: PostSet | None = None

    def matches(self, info: ReportInfo) -> bool:
        """Return whether a report satisfies the condition."""
        return self.matches_value(self.get_value(info))

    def get_value(self, info: ReportInfo) -> FilterValue:
        """Return what the condition looks at; strings are folded."""
        if self.years is not None:
            year: int | None = getattr(info, self.field)
            return year
        if self.field == "declared":
            return info.declared
        if self.field == "official":
            name = info.official or ""
            forms = (name, info.person or "", f"{info.region or ''}{name}" if name else "")
            return tuple(map(fold, forms))
        return fold(getattr(info, self.field) or "")

    def matches_value(self, own: FilterValue) -> bool:
        """Return whether a value returned by :meth:`get_value` satisfies the condition."""
        if self.years is not None:
            return isinstance(own, int) and self.years[0] <= own <= self.years[1]
        if isinstance(own, tuple):
            is_whole = self.field == "declared"
            return self.value in own if is_whole else any(self.value in form for form in own)
        if not isinstance(own, str):
            raise TypeError(own)
        if self.field == "date":
            return own.startswith(self.value)
        if self.posts is not None:
            return self.posts.contains(own)
        if self.field == "post":
            # 局长 matches 教育局局长, but 县长 does not match 副县长.
            before = own.removesuffix(self.value)
            return own.endswith(self.value) and not before.endswith("副")
        if self.field in {"kind", "level"}:
            return own == self.value
        return self.value in own


@dataclass(frozen=True, slots=True)
class SectionFilter:
    """A condition on a passage's section: a string in one of its headings, or a portfolio."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """A node that matches if one passage matches all parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """A node that matches if any part does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A node that matches if the part does not."""

    part: Node


Node = Term | FreeText | ReportFilter | SectionFilter | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    ``text`` is the user's string, ``visible`` the same without invisible characters.
    """

    text: str
    node: Node
    visible: str = ""

    def positive_terms(self) -> tuple[Term | FreeText, ...]:
        """Return the terms that are not under a NOT, in order and without duplicates."""
        return tuple(dict.fromkeys(iter_positive_terms(self.node)))

    def split_conditions(self) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Split the query into conditions and parts, which must all match.

        Conditions contain no words to search for: they are filters and negations, and every passage
        must match them. Parts may be matched by different passages of a report.
        """
        conditions: list[Node] = []
        parts: list[Node] = []
        for node in _flatten(self.node):
            asks = any(True for _ in iter_positive_terms(node))
            (parts if asks else conditions).append(node)
        return tuple(conditions), tuple(dict.fromkeys(parts))


def iter_positive_terms(node: Node) -> Iterator[Term | FreeText]:
    """Iterate over the terms of a node that are not under a NOT."""
    if isinstance(node, Term | FreeText):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from iter_positive_terms(part)


def _flatten(node: Node) -> Iterator[Node]:
    if isinstance(node, And):
        for part in node.parts:
            yield from _flatten(part)
    else:
        yield node
