"""A query as a tree: what each node asks of a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportsearch.lexicon.models import PostSet, Synonym
from reportsearch.models.report import ReportInfo
from reportsearch.normalise import fold


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found in a passage.

    ``string`` is folded. A quoted term is met by passages that contain the string; a bare one also
    by those that contain one of ``synonyms``, or all of ``words``. ``ranking`` are the indexed
    words by which passages that meet the term are ranked, ``loose`` those of ``words`` of which
    not all need to occur where nothing meets the term: none where it is a single word.
    """

    text: str
    string: str
    quoted: bool
    synonyms: tuple[Synonym, ...] = ()
    words: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    at: int = field(default=0, compare=False)
    """Where it stands in the query; no part of what is asked."""

    def to_free_text(self) -> FreeText:
        """The same where not all words need to occur."""
        return FreeText(self.text, self.string, self.loose, self.ranking)


@dataclass(frozen=True, slots=True)
class FreeText:
    """A sentence or more. A passage meets it that contains it, or enough of ``words``.

    Those are its indexed words without stop words; ``MIN_IDF_SHARE`` in ranking.py says how
    many are enough. ``ranking`` are all its indexed words.
    """

    text: str
    string: str
    words: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A condition on a report's metadata; ``value`` is folded, years are a closed range.

    ``posts`` are those of like rank for which a value of post stands.
    """

    field: str
    value: str
    years: tuple[int, int] | None = None
    posts: PostSet | None = None

    def matches(self, info: ReportInfo) -> bool:
        """Tell whether a report fulfils the condition."""
        if self.years is not None:
            return info.year is not None and self.years[0] <= info.year <= self.years[1]
        if self.field == "declared":
            return self.value in info.declared
        own = fold(getattr(info, self.field) or "")
        if self.field == "date":
            return own.startswith(self.value)
        if self.posts is not None:
            return self.posts.contains(own)
        if self.field == "post":
            # 局长 finds 教育局局长, but 县长 is not 副县长.
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
    """All parts are met in one passage."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Some part is met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not met."""

    part: Node


Node = Term | FreeText | ReportFilter | SectionFilter | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    ``text`` is the user's string, ``visible`` the same without marks that nobody sees.
    """

    text: str
    node: Node
    visible: str = ""

    def positive_terms(self) -> tuple[Term | FreeText, ...]:
        """The terms that are asked for, not those under a NOT, in order and each once."""
        return tuple(dict.fromkeys(iter_positive_terms(self.node)))

    def split_conditions(self) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """What has to be met at the same time, as conditions and as parts.

        Conditions ask for no words: filters, and what must not be there. They hold for every
        passage that is looked at. Parts may be met by different passages of a report.
        """
        conditions: list[Node] = []
        parts: list[Node] = []
        for node in _flatten(self.node):
            asks = any(True for _ in iter_positive_terms(node))
            (parts if asks else conditions).append(node)
        return tuple(conditions), tuple(dict.fromkeys(parts))


def iter_positive_terms(node: Node) -> Iterator[Term | FreeText]:
    """The terms of a node that are not under a NOT."""
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
