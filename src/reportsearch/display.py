"""How results look: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reportsearch.models import (
    Hit,
    IndexSummary,
    Passage,
    PassageHit,
    Report,
    ReportInfo,
    SearchResult,
    Stats,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MATCH = "bold red"
_DIM = "dim"
_SNIPPET = 160
"""Characters of a passage that a table shows."""
_BEFORE = 30
_SHOWN = 20
"""Failures and doubts that a table lists; JSON has all."""

# Where a line may be broken: after each of these.
_PIECE = re.compile(
    r"[《“‘（【「(]*(?:[0-9A-Za-z.,%％]+|.)[，。、；：！？”’）》】」,;:!?)…]*\s*", re.DOTALL
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# A spreadsheet runs what starts like this as a formula, also from full-width characters.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain(value: object) -> Any:
    """Dataclasses as dicts, tuples as lists: what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def to_json(value: object) -> str:
    """One JSON document."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n"


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV that a spreadsheet opens rightly: with a BOM, and nothing that it takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def write(text: str) -> None:
    """Write to standard output as UTF-8, whatever the system's code page."""
    sys.stdout.flush()
    data = text.encode("utf-8", "replace")
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(data)
        buffer.flush()


def console() -> Console:
    """A console as wide as the terminal."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to cli.main: rich would exit with 1."""
            raise BrokenPipeError

    return Plain(highlight=False, emoji=False)


def _show(out: Console, text: Text, indent: int = 0) -> None:
    """Print a text in lines that fit the terminal, each after ``indent`` spaces."""
    from rich.text import Text

    text = text.copy()
    text.plain = printable(text.plain)
    for line in fit(text, max(out.width - indent, 20)):
        out.print(Text(" " * indent) + line, no_wrap=True, overflow="ignore", crop=False)


def printable(text: str) -> str:
    """Without what would command a terminal: escapes, and marks that turn the direction."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def fit(text: Text, width: int) -> list[Text]:
    """Break a text into lines of at most ``width`` columns.

    Chinese breaks anywhere but before a closing mark or after an opening one; words and numbers
    stay whole.
    """
    from rich.cells import cell_len

    lines = []
    for paragraph in text.split("\n", allow_blank=True):
        breaks: list[int] = []
        start = used = 0
        for piece in _PIECE.finditer(paragraph.plain):
            size = cell_len(piece[0])
            if used + size > width and piece.start() > start:
                breaks.append(piece.start())
                start, used = piece.start(), 0
            used += size
        for line in paragraph.divide(breaks):
            line.rstrip()
            lines.append(line)
    return lines


def _line(parts: Iterable[str], style: str = "") -> Text:
    from rich.text import Text

    return Text(" · ".join(part for part in parts if part), style=style)


# index


def summary(result: IndexSummary) -> None:
    """What a run of ``index`` did."""
    from rich.text import Text

    out = console()
    held = f"{_count(result.reports, 'report')}, {_count(result.passages, 'passage')} in the index"
    done = [f"{getattr(result, name)} {name}" for name in ("added", "updated", "unchanged")]
    if result.removed:
        done.append(f"{result.removed} removed")
    _show(out, Text(f"{held} ({', '.join(done)}; {result.seconds:.1f} s)"))
    failed = [f"{failure.source}: {failure.reason}" for failure in result.failed]
    unsure = [f"{doubt.report}: {doubt.field}: {doubt.reason}" for doubt in result.unsure]
    _list(out, f"{len(failed)} not read:", failed)
    _list(out, f"{len(unsure)} to check (correct them in metadata.csv):", unsure)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _list(out: Console, title: str, lines: list[str]) -> None:
    from rich.text import Text

    if not lines:
        return
    out.print(Text(title))
    for line in lines[:_SHOWN]:
        _show(out, Text(line), 2)
    if len(lines) > _SHOWN:
        out.print(Text(f"  … and {len(lines) - _SHOWN} more; --format json lists all"))


def summary_rows(result: IndexSummary) -> str:
    """The summary as CSV: a line for each count, failure and doubt."""
    counts = ("added", "updated", "unchanged", "removed", "reports", "passages", "seconds")
    rows: list[tuple[object, ...]] = [(name, getattr(result, name), "") for name in counts]
    rows += [("failed", failure.source, failure.reason) for failure in result.failed]
    rows += [("unsure", doubt.report, f"{doubt.field}: {doubt.reason}") for doubt in result.unsure]
    return to_csv(("what", "value", "reason"), rows)


# search


def search(result: SearchResult, offset: int, limit: int, group: str) -> None:
    """Hits with their passages, what matched marked."""
    from rich.text import Text

    out = console()
    matched = result.matched
    if not matched.passages:
        _show(out, Text(f"Nothing in the index meets {result.query}"))
        return
    _show(out, Text(f"{_count(matched.reports, 'report')}, {_count(matched.passages, 'passage')}"))
    for number, hit in enumerate(result.hits, offset + 1):
        _hit(out, number, hit)
    shown = offset + len(result.hits)
    total = matched.passages if group == "passage" else matched.reports
    if limit and not result.hits:
        _show(out, Text(f"There are only {total}; --offset {offset} is past the end", style=_DIM))
    elif limit and shown < total:
        out.print(Text(f"\n{offset + 1}–{shown} of {total}; more: --offset {shown}", style=_DIM))
    for facet, values in result.facets.items():
        out.print()
        out.print(Text(facet, style="bold"))
        for entry in values:
            _show(out, Text(f"{entry.count:>6}  {entry.value}"), 2)


def _hit(out: Console, number: int, hit: Hit) -> None:
    from rich.text import Text

    out.print()
    _show(out, Text(f"{number}  ") + Text(hit.report.title, style="bold"))
    more = f"{hit.matched} passages match" if hit.matched > 1 else ""
    _show(out, _line((*_about(hit.report), hit.report.id, more), _DIM), 3)
    for passage in hit.passages:
        place = _line((f"#{passage.id.rpartition('#')[2]}", " › ".join(passage.section)), _DIM)
        _show(out, place, 3)
        _show(out, snippet(passage, color=out.color_system is not None), 6)


def _about(info: ReportInfo) -> list[str]:
    return [str(info.year or ""), info.region or "", info.post or "", info.kind]


def _best_window(passage: PassageHit) -> int:
    """Where to begin so that the most different matches are seen; the earliest such place."""
    places = [passage.start]
    places += [max(passage.start, start - _BEFORE) for start, _ in passage.highlights]

    def seen(begin: int) -> int:
        inside = (span for span in passage.highlights if begin <= span[0] < begin + _SNIPPET)
        return len({passage.text[s - passage.start : e - passage.start] for s, e in inside})

    return max(places, key=seen)


def snippet(passage: PassageHit, *, color: bool) -> Text:
    """A stretch of the passage around its matches, which are in colour or else in brackets."""
    from rich.text import Text

    begin = _best_window(passage)
    end = min(passage.end, begin + _SNIPPET)
    shown = Text("…" if begin > passage.start else "")
    at = begin
    for start, stop in passage.highlights:
        start, stop = max(start, begin), min(stop, end)
        if start >= stop:
            continue
        shown.append(passage.text[at - passage.start : start - passage.start])
        matched = passage.text[start - passage.start : stop - passage.start]
        shown.append(matched if color else f"【{matched}】", style=_MATCH)
        at = stop
    shown.append(passage.text[at - passage.start : end - passage.start])
    if end < passage.end:
        shown.append("…")
    return shown


def search_rows(result: SearchResult, offset: int) -> str:
    """A line for each passage of each hit."""
    header = (
        "rank", "report", "title", "year", "region", "post", "kind",
        "passage", "section", "score", "start", "end", "text",
    )  # fmt: skip
    rows = [
        (
            rank, hit.report.id, hit.report.title, hit.report.year, hit.report.region,
            hit.report.post, hit.report.kind, passage.id, " › ".join(passage.section),
            passage.score, passage.start, passage.end, passage.text,
        )
        for rank, hit in enumerate(result.hits, offset + 1)
        for passage in hit.passages
    ]  # fmt: skip
    return to_csv(header, rows)


# show


def report_json(report: Report) -> dict[str, Any]:
    """A report as ``show --format json`` prints it."""
    return {
        "report": report.info,
        "duties": report.duties,
        "sections": report.sections,
        "passages": [{"id": passage.id, **plain(passage)} for passage in report.passages],
        "doubts": report.doubts,
        "text": report.text,
    }


def report(found: Report) -> None:
    """Metadata with its origin, the section tree, the passages."""
    from rich.text import Text

    out = console()
    _show(out, Text(found.title, style="bold"))
    for name, value in _metadata(found):
        _show(out, Text(f"{name:<12}") + Text(value), 2)
    out.print(Text("\nSections", style="bold"))
    for section in found.sections:
        about = "、".join(dict.fromkeys(entry.portfolio for entry in section.portfolios))
        line = Text(section.heading) + Text(f"  [{about}]" if about else "", style=_DIM)
        _show(out, line, 2 * section.level)
    if not found.sections:
        out.print(Text("  none"))
    out.print(Text("\nPassages", style="bold"))
    for entry in found.passages:
        out.print(Text(f"  #{entry.number}", style=_DIM))
        _show(out, Text(entry.text), 4)


def _metadata(found: Report) -> Iterable[tuple[str, str]]:
    info = found.info
    for name in ("id", "kind", "year", "date", "post", "level", "region", "official", "source"):
        value = getattr(info, name)
        origin = info.origin.get(name)
        yield name, "—" if value is None else f"{value}  ({origin})" if origin else str(value)
    duties = [f"{duty.role} {duty.item}" for duty in found.duties]
    yield "in charge", "、".join(duties) or "—"
    yield "declared", "、".join(info.declared) or "—"
    yield "portfolios", "、".join(info.portfolios) or "—"
    yield "characters", str(info.chars)
    yield "sha256", info.sha256
    for doubt in found.doubts:
        yield "unsure", f"{doubt.field}: {doubt.reason}"


def report_rows(found: Report) -> str:
    """A line for each passage."""
    header = ("passage", "section", "portfolios", "start", "end", "text")
    return to_csv(header, [passage_row(passage) for passage in found.passages])


def passage_row(entry: Passage) -> tuple[object, ...]:
    """A passage as a line of CSV."""
    about = "、".join(entry.portfolios)
    return entry.id, " › ".join(entry.section), about, entry.start, entry.end, entry.text


def passage(entry: Passage) -> None:
    """One passage with its place."""
    from rich.text import Text

    out = console()
    _show(out, _line((entry.id, " › ".join(entry.section), "、".join(entry.portfolios)), _DIM))
    _show(out, Text(entry.text))


def passage_rows(entry: Passage) -> str:
    """One passage as CSV."""
    header = ("passage", "section", "portfolios", "start", "end", "text")
    return to_csv(header, [passage_row(entry)])


# stats


def stats(result: Stats) -> None:
    """Counts of the index."""
    from rich.text import Text

    out = console()
    out.print(
        Text(
            f"{result.reports} reports of {result.officials} officials, {result.passages} "
            f"passages, {result.chars} characters"
        )
    )
    for name in ("years", "kinds", "regions", "portfolios"):
        counts: dict[str, int] = getattr(result, name)
        if counts:
            out.print()
            out.print(Text(name, style="bold"))
            listed = "  ".join(f"{value} {count}" for value, count in counts.items())
            _show(out, Text(listed), 2)


def stats_rows(result: Stats) -> str:
    """Counts as CSV."""
    totals = ("reports", "passages", "chars", "officials")
    rows: list[tuple[object, ...]] = [("total", name, getattr(result, name)) for name in totals]
    for name in ("years", "kinds", "regions", "portfolios"):
        rows += [(name, value, count) for value, count in getattr(result, name).items()]
    return to_csv(("what", "value", "count"), rows)
