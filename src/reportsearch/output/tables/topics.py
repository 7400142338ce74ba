"""Tables of topics: their terms and strongest passages, then their weights by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reportsearch.models.topics import MIN_PASSAGES, Topic, TopicPassage, Topics, TopicWeights
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_entries,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_MAX_TOPICS = 5
"""The most topics of a group shown in a table."""
_MAX_CHARS = 60
"""The most characters of a passage shown in a table."""


def print_table(found: Topics, top: int, limit: int) -> None:
    """Print topics by share with ``top`` terms each, then ``limit`` groups with their topics."""
    out = create_console()
    if not found.passages:
        print_text(out, "No passage is selected; check --where and --query")
        return
    _print_head(out, found)
    for topic in found.topics:
        out.print()
        _print_topic(out, topic, top, of_portfolio=found.too_few)
    if found.unfit_examples:
        out.print()
        what = "of no portfolio" if found.too_few else "that fit no topic"
        print_text(out, f"Passages {what}, for example", style="bold")
        for passage in found.unfit_examples:
            _print_passage(out, passage)
    _print_groups(out, found, limit)


def _print_head(out: Console, found: Topics) -> None:
    of = f"{format_count(found.passages, 'passage')} of {format_count(found.reports, 'report')}"
    if found.too_few:
        passages = format_count(found.distinct, "different passage")
        few = f"Too little for topics: {passages} with words, {MIN_PASSAGES} are needed."
        print_text(out, f"{few} By portfolio instead:")
        share = f"{format_percent(found.unfit)} of the passages have no portfolio"
        print_text(out, join_facts((of, share), DIM))
        return
    print_text(out, f"{format_count(len(found.topics), 'topic')} in {of}", style="bold")
    if found.asked and found.asked > len(found.topics):
        print_text(out, f"{found.asked} were asked for; there are no more")
    facts = (
        f"NPMI {found.npmi:.2f}",
        f"stability {found.stability:.2f}",
        f"{format_percent(found.unfit)} of the passages fit none",
    )
    print_text(out, join_facts(facts, DIM))
    if found.tried:
        print_text(out, "Weighed, number: score of stability, NPMI and words of its own", style=DIM)
        chosen = len(found.topics)
        tried = (
            f"{entry.topics}: {entry.score:.2f}{' ←' if entry.topics == chosen else ''}"
            for entry in found.tried
        )
        print_entries(out, tried, 2)


def _print_topic(out: Console, topic: Topic, top: int, *, of_portfolio: bool) -> None:
    facts = [
        f"{format_count(topic.passages, 'passage')} of {format_count(topic.reports, 'report')}"
    ]
    if not of_portfolio:
        facts += [f"NPMI {topic.npmi:.2f}", f"stability {topic.stability:.2f}"]
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


def _print_groups(out: Console, found: Topics, limit: int) -> None:
    """Print each group with its strongest topics, and how many groups are not shown."""
    if not found.groups or not limit:
        return
    out.print()
    print_text(out, f"By {found.by}", style="bold")
    none = "have no portfolio" if found.too_few else "fit none"
    for group in found.groups[:limit]:
        name = group.title or group.value
        # Many reports share a title.
        id_ = group.value if group.value != name else ""
        facts = (
            id_,
            format_count(group.passages, "passage"),
            f"{format_percent(group.unfit)} {none}",
        )
        print_text(out, paint(name) + paint("  ") + join_facts(facts, DIM), 2)
        if any(group.weights):
            print_entries(out, _iter_strongest(found, group), 5)
    print_more(out, len(found.groups) - limit, "--limit shows more, --format csv all", 2, DIM)


def _iter_strongest(found: Topics, group: TopicWeights) -> Iterator[str]:
    order = sorted(range(len(group.weights)), key=lambda at: (-group.weights[at], at))
    for at in order[:_MAX_TOPICS]:
        if group.weights[at] > 0:
            label = found.topics[at].label.partition("、")[0]
            yield f"{found.topics[at].id} {label} {format_percent(group.weights[at])}"


def format_groups_csv(found: Topics, top: int) -> str:
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
    return to_csv(header, lines)


def format_terms_csv(found: Topics, top: int) -> str:
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
    return to_csv(header, lines)


def _join_terms(terms: Iterable[str]) -> str:
    return " ".join(terms)
