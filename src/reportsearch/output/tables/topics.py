"""Tables of topics: their terms and strongest passages, then their weights by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.topics import MIN_PASSAGES, Topic, TopicPassage, Topics, TopicWeights
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.tables.cells import name_field
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_entries,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_MAX_TOPICS = 5
"""Maximum number of topics of a group shown in a table."""
_MAX_CHARS = 60
"""Maximum number of characters of a passage shown in a table."""


def print_table(found: Topics, t: Translator, top: int, limit: int) -> None:
    """Print topics by share with ``top`` terms each, then ``limit`` groups with their topics."""
    out = create_console()
    if not found.passages:
        print_text(out, t("No passage is selected; check --where and --query"))
        return
    _print_head(out, found, t)
    for topic in found.topics:
        out.print()
        _print_topic(out, topic, top, t, of_portfolio=found.too_few)
    if found.unfit_examples:
        out.print()
        title = t("Passages that fit no topic (examples)")
        if found.too_few:
            title = t("Passages without a portfolio (examples)")
        print_text(out, title, style="bold")
        for passage in found.unfit_examples:
            _print_passage(out, passage)
    _print_groups(out, found, limit, t)


def _count_passages(passages: int, reports: int, t: Translator) -> str:
    return t(
        "{passages} of {reports}",
        passages=t.ngettext("{number} passage", "{number} passages", passages),
        reports=t.ngettext("{number} report", "{number} reports", reports),
    )


def _print_head(out: Console, found: Topics, t: Translator) -> None:
    of = _count_passages(found.passages, found.reports, t)
    if found.too_few:
        few = t.ngettext(
            "Too few passages for topics: {number} distinct one, {least} needed. Grouped by "
            "portfolio instead:",
            "Too few passages for topics: {number} distinct ones, {least} needed. Grouped by "
            "portfolio instead:",
            found.distinct,
            least=MIN_PASSAGES,
        )
        print_text(out, few)
        share = t("{share} of the passages have no portfolio", share=format_percent(found.unfit))
        print_text(out, join_facts((of, share), DIM))
        return
    topics = t.ngettext("{number} topic", "{number} topics", len(found.topics))
    print_text(out, t("{topics} in {passages}", topics=topics, passages=of), style="bold")
    if found.asked and found.asked > len(found.topics):
        print_text(out, t("{number} requested; no more could be found", number=found.asked))
    facts = (
        *_format_quality(found, t),
        t("{share} of the passages fit no topic", share=format_percent(found.unfit)),
    )
    print_text(out, join_facts(facts, DIM))
    if found.tried:
        about = t("Numbers of topics tried, with scores; ← is the one used")
        print_text(out, about, style=DIM)
        chosen = len(found.topics)
        tried = (
            f"{entry.topics}: {entry.score:.2f}{' ←' if entry.topics == chosen else ''}"
            for entry in found.tried
        )
        print_entries(out, tried, 2)


def _format_quality(of: Topics | Topic, t: Translator) -> tuple[str, str]:
    return f"NPMI {of.npmi:.2f}", t("stability {score}", score=f"{of.stability:.2f}")


def _print_topic(
    out: Console, topic: Topic, top: int, t: Translator, *, of_portfolio: bool
) -> None:
    facts = [_count_passages(topic.passages, topic.reports, t)]
    if not of_portfolio:
        facts += _format_quality(topic, t)
    head = paint(f"{topic.id:>3}  ", DIM) + paint(topic.label, "bold")
    print_text(out, head)
    print_text(out, join_facts((format_percent(topic.share), *facts), DIM), 5)
    terms = [entry.term for entry in topic.terms[:top]]
    if terms:
        print_text(out, " ".join(terms), 5)
    for passage in topic.examples[:1]:
        _print_passage(out, passage)


def _print_passage(out: Console, passage: TopicPassage) -> None:
    flat = passage.text.replace("\n", "　")
    cut = f"{flat[:_MAX_CHARS].removesuffix('…')}…" if len(flat) > _MAX_CHARS else flat
    print_text(out, paint(f"{cut}  ") + paint(passage.passage, DIM), 5)


def _print_groups(out: Console, found: Topics, limit: int, t: Translator) -> None:
    """Print each group with its strongest topics, and how many groups are not shown."""
    if not found.groups or not limit:
        return
    out.print()
    print_text(out, t("By {field}", field=name_field(found.by, t)), style="bold")
    none = Message("{share} without a portfolio") if found.too_few else Message("{share} no topic")
    for group in found.groups[:limit]:
        name = group.title or group.value
        # Many reports share a title.
        id_ = group.value if group.value != name else ""
        facts = (
            id_,
            t.ngettext("{number} passage", "{number} passages", group.passages),
            t(none.template, share=format_percent(group.unfit)),
        )
        print_text(out, paint(name) + paint("  ") + join_facts(facts, DIM), 2)
        if any(group.weights):
            print_entries(out, _iter_strongest(found, group), 5)
    print_more(out, len(found.groups) - limit, LIMIT_OR_CSV, t, 2, DIM)


def _iter_strongest(found: Topics, group: TopicWeights) -> Iterator[str]:
    order = sorted(range(len(group.weights)), key=lambda at: (-group.weights[at], at))
    for at in order[:_MAX_TOPICS]:
        if group.weights[at] > 0:
            label = found.topics[at].label.partition("、")[0]
            yield f"{found.topics[at].id} {label} {format_percent(group.weights[at])}"


def format_groups_csv(found: Topics, t: Translator | None = None, *, top: int) -> str:
    """Format one row per group and topic."""
    header = (
        "by", "value", "title", "passages", "unfit", "topic", "label", "weight", "terms",
    )  # fmt: skip
    lines = (
        (
            found.by, group.value, group.title, group.passages, group.unfit, topic.id, topic.label,
            weight, _join_terms(entry.term for entry in topic.terms[:top]),
        )
        for group in found.groups
        for topic, weight in zip(found.topics, group.weights, strict=True)
    )  # fmt: skip
    return to_csv(header, lines, t)


def format_terms_csv(found: Topics, t: Translator | None = None, *, top: int) -> str:
    """Format one row per term of each topic."""
    header = (
        "topic", "label", "share", "passages", "reports", "npmi", "stability", "rank", "term",
        "weight", "term_passages", *EXAMPLE_COLUMNS,
    )  # fmt: skip
    lines = (
        (
            topic.id, topic.label, topic.share, topic.passages, topic.reports, topic.npmi,
            topic.stability, rank, entry.term, entry.weight, entry.passages,
            *to_example_cells(entry.example),
        )
        for topic in found.topics
        for rank, entry in enumerate(topic.terms[:top], 1)
    )  # fmt: skip
    return to_csv(header, lines, t)


def _join_terms(terms: Iterable[str]) -> str:
    return " ".join(terms)
