"""One run of ``index``: which files and rows are new, changed or gone, and what is in them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reportsearch import extract, structure
from reportsearch.errors import ExtractError, IndexStateError
from reportsearch.extract import (
    file_types as kinds,
)
from reportsearch.extract import (
    folder,
)
from reportsearch.extract import (
    open_file as opening,
)
from reportsearch.extract import (
    row_files as rows,
)
from reportsearch.extract.exclusions import Exclusions
from reportsearch.extract.sandbox.pool import Pool, Reading
from reportsearch.files import real
from reportsearch.fingerprint import content, reading, stamp, vocabulary
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import SIDECAR, Doubt, Failure
from reportsearch.search.engine import Origin, Writer
from reportsearch.tokenizer import Tokenizer

_AHEAD = 16
"""Files for each reading process that are opened ahead: a slow one keeps few others waiting."""
_AHEAD_BYTES = 64 << 20
_TICK = 0.2
"""Seconds between two reports of the page that is being read."""
_MOST_FAILED = 10_000
"""Rows of a file that are named because they cannot be read."""

Progress = Callable[[int, int, str], None]
"""Called with the bytes read so far, the bytes in all, and the name of what is read."""


@dataclass(slots=True)
class _Source:
    """A file to be read: its name in messages, the sidecar of its folder, its own corrections."""

    path: Path
    name: str
    size: int
    sidecar: rows.Sidecar
    given: Mapping[str, str]
    problem: str = ""


@dataclass(slots=True)
class _Content:
    """A file whose text is to be put: the text itself, or the reading that will give it."""

    report_id: str
    origin: Origin
    given: Mapping[str, str]
    text: str | Reading


@dataclass(slots=True)
class _Opened:
    """A file that was opened: what is to be put, or why it could not be; neither is unchanged."""

    source: _Source
    content: _Content | None = None
    problem: str = ""


def _enough(ahead: Sequence[_Opened], readers: int) -> bool:
    """Whether no more files are to be opened ahead of those that are being read."""
    size = sum(opened.source.size for opened in ahead)
    return len(ahead) > _AHEAD * readers or size > _AHEAD_BYTES


@dataclass
class Run:
    """One run of ``index``.

    ``origins`` are the reports that the index holds, ``stale`` the ids of those that have to be
    read again whether or not their file has changed; paths of files are kept relative to ``base``;
    the folder ``without`` (the index itself) is not read.
    """

    writer: Writer
    origins: Mapping[str, Origin]
    stale: AbstractSet[str]
    base: Path
    lexicon: Lexicon
    tokenizer: Tokenizer
    without: Path | None = None
    rebuild: bool = False
    progress: Progress | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    unsure: list[Doubt] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    sources: list[_Source] = field(default_factory=list)
    roots: list[Path] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    written: dict[str, Origin] = field(default_factory=dict)
    sidecars: dict[Path, rows.Sidecar] = field(default_factory=dict)

    exclusions: Exclusions = field(default_factory=Exclusions)

    def __post_init__(self) -> None:  # noqa: D105
        self._ids = {origin.path: name for name, origin in self.origins.items()}
        self._reading = reading(vocabulary(self.lexicon))

    def add(self, path: str | Path, home: Path | None = None) -> None:
        """Take a file or folder into the run; a file of the folder ``home`` is called after it."""
        root = Path(path)
        self.roots.append(real(root))
        if not os.path.lexists(root):
            return  # gone: what was read from it can be pruned
        is_folder = root.is_dir()
        if is_folder:
            found, below = folder.find(root, self.without), root
        else:
            name, below = self._known_below(root)
            if home is not None:
                name, below = folder.readable(root.relative_to(home).as_posix()), home
            found = iter([folder.Found(root, name)])
        sidecar = rows.read_sidecar(below / SIDECAR)
        names = set()
        for entry in found:
            names.add(entry.name)
            place = self._kept(entry.path)
            if place in self.places:
                continue
            self.places.add(place)
            problem, size = entry.problem, 0
            if not problem:
                problem, size = opening.look_at(entry.path)
            given = {} if problem else self._given(entry, place, sidecar)
            self.sources.append(_Source(entry.path, entry.name, size, sidecar, given, problem))
        if is_folder:
            self.failed += sidecar.problems
            has_rows = any(Path(name).suffix.lower() in kinds.ROW_SUFFIXES for name in names)
            self.unsure += sidecar.ignored
            self.unsure += (
                Doubt(name, "id", f"{SIDECAR} has a row for it, but there is no such file")
                for name in sidecar.rows
                if name not in names and not has_rows
            )

    def _given(self, entry: folder.Found, place: str, sidecar: rows.Sidecar) -> Mapping[str, str]:
        """The corrections of a file, also where only a folder below that of metadata.csv is read.

        The report was indexed with the folder above before: it keeps its id and its corrections.
        """
        known, resolved = self._ids.get(place, entry.name), real(entry.path)
        if known == entry.name or not resolved.as_posix().endswith(f"/{known}"):
            return sidecar.rows.get(entry.name, {})
        above = resolved.parents[known.count("/")] / SIDECAR
        if above not in self.sidecars:
            self.sidecars[above] = rows.read_sidecar(above)
        return self.sidecars[above].rows.get(known, {})

    def _known_below(self, path: Path) -> tuple[str, Path]:
        """A single file's name, and the folder below which it has that name.

        That is the folder with which it was indexed before: its metadata.csv holds on.
        """
        known = self._ids.get(self._kept(path), "")
        resolved = real(path)
        if known and resolved.as_posix().endswith(f"/{known}"):
            return known, resolved.parents[known.count("/")]
        return folder.readable(path.name), path.parent

    def read(self) -> None:
        """Read everything that was added, and put what is new or changed.

        Some files are read ahead in other processes; what is in them is put in order.
        """
        total = sum(source.size for source in self.sources)
        done = 0
        with Pool() as pool:
            ahead: deque[_Opened] = deque()
            for source in self.sources:
                is_file = source.path.suffix.lower() not in kinds.ROW_SUFFIXES
                while ahead and (_enough(ahead, pool.size) or not is_file):
                    done = self._finish(ahead.popleft(), done, total)
                if is_file or source.problem:
                    ahead.append(self._opened(source, pool))
                else:
                    self._guard(source, partial(self._read_rows, source, done, total))
                    done += source.size
            while ahead:
                done = self._finish(ahead.popleft(), done, total)
        self._report(total, total, "")

    def _report(self, done: int, total: int, name: str) -> None:
        if self.progress:
            self.progress(done, total, name)

    def _fail(self, source: _Source, reason: str) -> None:
        self.failed.append(Failure(source.name, reason))
        self.unread.add(self._kept(source.path))

    def _guard(self, source: _Source, action: Callable[[], None]) -> None:
        """Run what reads a source; what goes wrong is its failure and nobody else's."""
        try:
            action()
        except ExtractError as error:
            self._fail(source, str(error))
        except OSError as error:
            self._fail(source, opening.unreadable(error))

    def _opened(self, source: _Source, pool: Pool) -> _Opened:
        """Open a file, and have it read if it is new or has changed."""
        opened = _Opened(source)
        path = self._kept(source.path)
        report_id = self._ids.get(path, source.name)
        if self._is_excluded(source, report_id, real(source.path)):
            return opened
        opened.problem = source.problem
        if source.problem:
            return opened
        try:
            if not self._claim(report_id, path, source.name):
                return opened
            data = opening.bytes_of(source.path)
            given = source.given
            origin = Origin(path, stamp(data, given, self._reading))
            if self._is_current(report_id, origin):
                return opened
            kind = kinds.kind_of(data, source.name)
            text = opening.text_of(data) if kind == kinds.TEXT else pool.submit(kind, data)
            opened.content = _Content(report_id, origin, given, text)
        except (ExtractError, OSError) as error:
            opened.problem = opening.unreadable(error) if isinstance(error, OSError) else str(error)
        return opened

    def _finish(self, opened: _Opened, done: int, total: int) -> int:
        """Put what is in a file, when it is read; the number of bytes that are done then."""
        source = opened.source
        self._report(done, total, source.name)
        if opened.problem:
            self._fail(source, opened.problem)
        elif opened.content:
            self._guard(source, partial(self._put_file, source, opened.content, done, total))
        return done + source.size

    def _put_file(self, source: _Source, content: _Content, done: int, total: int) -> None:
        if isinstance(content.text, str):
            extracted = extract.Extracted(content.text, kinds.TEXT)
        else:
            extracted = self._awaited(content.text, source, done, total)
        self._put(
            extracted,
            content.report_id,
            content.origin,
            name=source.path.stem,
            given=(("sidecar", content.given),),
        )

    def _awaited(
        self, reading: Reading, source: _Source, done: int, total: int
    ) -> extract.Extracted:
        """What is in a file that is being read; meanwhile the progress tells the page."""
        while not wait([reading.future], timeout=_TICK).done:
            if reading.page:
                page, pages = reading.page
                part = source.size * page // max(pages, 1)
                name = f"{source.name}, page {min(page + 1, pages)} of {pages}"
                self._report(done + part, total, name)
        return reading.future.result()

    def _read_rows(self, source: _Source, done: int, total: int) -> None:
        path, resolved = self._kept(source.path), real(source.path)
        start, last, before = done, 0, len(self.failed)
        for number, row in rows.read(source.path):
            last = number
            if len(self.failed) - before > _MOST_FAILED:
                raise ExtractError(
                    f"more than {_MOST_FAILED} of its rows cannot be read; the rest was left out"
                )
            if isinstance(row, Failure):
                self.failed.append(row)
                self.unread.add(path)
                continue
            self._report(start, total, row.place)
            report_id = row.id or f"{source.name}#{number}"
            if self._is_excluded(source, report_id, resolved, number):
                continue
            if not self._claim(report_id, path, row.place):
                continue
            given = (("row", row.fields), ("sidecar", source.sidecar.rows.get(report_id, {})))
            data = row.text.encode("utf-8", "replace")
            start = min(start + len(data), done + source.size)
            origin = Origin(path, stamp(data, given, self._reading))
            if not self._is_current(report_id, origin):
                text = extract.Extracted(row.text, extract.ROW)
                self._put(text, report_id, origin, name=report_id, given=given)
        if not last:
            raise ExtractError("there are no rows in the file")

    def _is_excluded(self, source: _Source, report_id: str, resolved: Path, row: int = 0) -> bool:
        """Whether a report is to be left out; one that the index holds is dropped then."""
        name = report_id if row else source.name
        is_excluded = name in source.sidecar.excluded or bool(
            self.exclusions.holder(resolved, report_id, row)
        )
        if not is_excluded:
            return False
        self.excluded.append(report_id)
        known, path = self.origins.get(report_id), self._kept(source.path)
        if known is not None and known.path == path and report_id not in self.seen:
            self.seen[report_id] = path
            self.writer.remove(report_id)
            self.removed += 1
        return True

    def _claim(self, report_id: str, path: str, place: str) -> bool:
        """Make sure that an id stands for one report only."""
        is_row = place != report_id
        other = self.seen.get(report_id)
        if other is None and report_id in self.origins:
            kept = self.origins[report_id].path
            # A row may have moved here from another file of this run.
            has_moved = is_row and kept in self.places
            if kept != path and not has_moved and (self.base / kept).exists():
                other = kept
        if other is not None:
            remedy = "give the row another id" if is_row else "index the folder above both"
            self.failed.append(
                Failure(
                    place,
                    f"its id {report_id} is already that of a report from {other}; {remedy}",
                )
            )
            return False
        self.seen[report_id] = path
        return True

    def _is_current(self, report_id: str, origin: Origin) -> bool:
        known = self.origins.get(report_id)
        if self.rebuild or known is None or report_id in self.stale:
            return False
        # With which word lists it was read is no matter of its own: ``stale`` tells.
        if known.path != origin.path or content(known.stamp) != content(origin.stamp):
            return False
        self.unchanged += 1
        return True

    def _put(
        self,
        extracted: extract.Extracted,
        report_id: str,
        origin: Origin,
        *,
        name: str,
        given: Sequence[tuple[str, Mapping[str, str]]],
    ) -> None:
        try:
            extract.check_length(len(extracted.text))
        except ExtractError as error:
            self.failed.append(Failure(report_id, str(error)))
            return
        report = structure.parse(
            extracted.text,
            report_id,
            self.lexicon,
            self.tokenizer,
            name=name,
            given=given,
            lines_are_paragraphs=extracted.lines_are_paragraphs,
            reader=extracted.reader,
        )
        if not report.passages:
            self.failed.append(Failure(report_id, "there is no text in it but site furniture"))
            return
        try:
            self.writer.put(report, origin)
        except OSError as error:
            # Not the report's fault, and half of it may be written: nothing is to be kept.
            raise IndexStateError(
                f"the index cannot be written: {error.strerror or error}; check the disk, and "
                f"whether too many files are open"
            ) from error
        self.written[report_id] = origin
        self.unsure += report.doubts
        if report_id in self.origins:
            self.updated += 1
        else:
            self.added += 1

    def prune(self) -> None:
        """Drop reports below the run's paths whose file or row is gone."""
        for report_id, origin in self.origins.items():
            if report_id in self.seen or origin.path in self.unread:
                continue
            path = real(self.base / origin.path)
            below = any(path == root or path.is_relative_to(root) for root in self.roots)
            row_is_gone = origin.path in self.places
            if below and (row_is_gone or not os.path.lexists(path)):
                self.writer.remove(report_id)
                self.removed += 1

    def _kept(self, path: Path) -> str:
        """A path as it is kept: relative where that is possible, so that folders can move."""
        try:
            absolute = real(path)
        except (OSError, RuntimeError):  # a link that leads to itself
            absolute = path.absolute()
        try:
            kept = Path(os.path.relpath(absolute, self.base)).as_posix()
        except ValueError:  # another drive
            kept = absolute.as_posix()
        return folder.readable(kept)
