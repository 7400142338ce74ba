"""A single run of ``index``, which reads new and changed files and rows and drops missing ones."""

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
from reportsearch.errors import ExtractError, IndexStateError, Message
from reportsearch.extract import file_types, metadata_csv, open_file, row_files
from reportsearch.extract.models import ROW, TEXT, Extracted
from reportsearch.extract.sandbox.pool import ReaderPool, ReadRequest
from reportsearch.files import resolve_path
from reportsearch.fingerprint import (
    compute_reading,
    compute_stamp,
    dump_vocabulary,
    extract_content_part,
)
from reportsearch.indexing.sources import SourceFile, SourceFiles
from reportsearch.lexicon import Lexicon
from reportsearch.models.progress import ReadProgress
from reportsearch.models.report import Doubt, Failure
from reportsearch.search.engine import IndexWriter, Origin
from reportsearch.tokenizer import Tokenizer

_MAX_FILES_AHEAD = 16
"""Limit on files opened ahead per reading process, so that a slow one blocks few others."""
_MAX_BYTES_AHEAD = 64 << 20
_PROGRESS_INTERVAL = 0.2
"""Seconds between two reports of the page being read."""
_MAX_FAILED_ROWS = 10_000
"""Limit on rows of a file that are reported as unreadable."""


@dataclass(slots=True)
class _PendingReport:
    """A file whose text is to be stored: the text itself, or the request that will read it."""

    report_id: str
    origin: Origin
    given: Mapping[str, str]
    text: str | ReadRequest


@dataclass(slots=True)
class _OpenedFile:
    """An opened file with its content or the problem; an unchanged file has neither."""

    source: SourceFile
    content: _PendingReport | None = None
    problem: str = ""


def _is_enough_ahead(ahead: Sequence[_OpenedFile], readers: int) -> bool:
    """Return whether enough files have been opened ahead of those being read."""
    size = sum(opened.source.size for opened in ahead)
    return len(ahead) > _MAX_FILES_AHEAD * readers or size > _MAX_BYTES_AHEAD


@dataclass
class IndexingRun:
    """A single run of ``index``.

    ``origins`` are the reports in the index, ``stale`` the ids of those to be read again even if
    their file has not changed. Paths of files are stored relative to ``base``. ``excluded_folder``
    (the index itself) is not read. A file below ``originals`` is named relative to that folder.
    """

    writer: IndexWriter
    origins: Mapping[str, Origin]
    stale: AbstractSet[str]
    base: Path
    lexicon: Lexicon
    tokenizer: Tokenizer
    excluded_folder: Path | None = None
    originals: Path | None = None
    rebuild: bool = False
    progress: ReadProgress | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    paths_by_id: dict[str, str] = field(default_factory=dict)
    unread_paths: set[str] = field(default_factory=set)
    written: dict[str, Origin] = field(default_factory=dict)

    exclusions: metadata_csv.Exclusions = field(default_factory=metadata_csv.Exclusions)

    def __post_init__(self) -> None:  # noqa: D105
        self._ids_by_path = {origin.path: name for name, origin in self.origins.items()}
        self._sources = SourceFiles(
            self.base, self._ids_by_path, self.excluded_folder, self.originals
        )
        self._current_reading = compute_reading(dump_vocabulary(self.lexicon))

    def add(self, path: str | Path, home: Path | None = None) -> None:
        """Add a folder to the run, or a file, named relative to ``home`` if given."""
        self._sources.add(path, home)

    def read_sources(self) -> None:
        """Read everything that was added, and store what is new or changed.

        Other processes read some files ahead, but reports are stored in order.
        """
        self.failed += self._sources.failed
        self.doubts += self._sources.doubts
        total = sum(source.size for source in self._sources.files)
        done = 0
        with ReaderPool() as pool:
            ahead: deque[_OpenedFile] = deque()
            for source in self._sources.files:
                is_file = not file_types.is_row_file(source.path)
                while ahead and (_is_enough_ahead(ahead, pool.size) or not is_file):
                    done = self._finish(ahead.popleft(), done, total)
                if is_file or source.problem:
                    ahead.append(self._open_source(source, pool))
                else:
                    self._guard(source, partial(self._read_rows, source, done, total))
                    done += source.size
            while ahead:
                done = self._finish(ahead.popleft(), done, total)
        self._report_progress(total, total, "")

    def _report_progress(self, done: int, total: int, name: str) -> None:
        if self.progress:
            self.progress(done, total, name)

    def _fail(self, source: SourceFile, reason: str) -> None:
        self.failed.append(Failure(source.name, reason))
        self.unread_paths.add(source.stored_path)

    def _guard(self, source: SourceFile, action: Callable[[], None]) -> None:
        """Run an action that reads a source, and record its errors as failures of that source."""
        try:
            action()
        except ExtractError as error:
            self._fail(source, error.message)
        except OSError as error:
            self._fail(source, open_file.explain_os_error(error))

    def _open_source(self, source: SourceFile, pool: ReaderPool) -> _OpenedFile:
        """Open a file, and have it read if it is new or has changed."""
        opened = _OpenedFile(source)
        path = source.stored_path
        report_id = self._ids_by_path.get(path, source.name)
        if self._is_excluded(source, report_id, resolve_path(source.path)):
            return opened
        opened.problem = source.problem
        if source.problem:
            return opened
        try:
            if not self._claim(report_id, path, source.name):
                return opened
            data = open_file.read_bytes(source.path)
            given = source.corrections
            origin = Origin(path, compute_stamp(data, given, self._current_reading))
            if self._is_current(report_id, origin):
                return opened
            kind = file_types.detect_kind(data, source.name)
            text = open_file.decode_text(data) if kind == TEXT else pool.submit(kind, data)
            opened.content = _PendingReport(report_id, origin, given, text)
        except (ExtractError, OSError) as error:
            opened.problem = (
                open_file.explain_os_error(error) if isinstance(error, OSError) else error.message
            )
        return opened

    def _finish(self, opened: _OpenedFile, done: int, total: int) -> int:
        """Store the content of a file once it is read, and return the bytes done so far."""
        source = opened.source
        self._report_progress(done, total, source.name)
        if opened.problem:
            self._fail(source, opened.problem)
        elif opened.content:
            self._guard(source, partial(self._add_file, source, opened.content, done, total))
        return done + source.size

    def _add_file(self, source: SourceFile, content: _PendingReport, done: int, total: int) -> None:
        if isinstance(content.text, str):
            extracted = Extracted(content.text, TEXT)
        else:
            extracted = self._await_text(content.text, source, done, total)
        self._add_report(
            extracted,
            content.report_id,
            content.origin,
            name=source.path.stem,
            given=(("sidecar", content.given),),
        )

    def _await_text(
        self, reading: ReadRequest, source: SourceFile, done: int, total: int
    ) -> Extracted:
        """Wait for a file that is being read, reporting the current page as progress."""
        while not wait([reading.future], timeout=_PROGRESS_INTERVAL).done:
            if reading.page:
                page, pages = reading.page
                part = source.size * page // max(pages, 1)
                name = Message(
                    "{name}, page {page} of {pages}",
                    name=source.name,
                    page=min(page + 1, pages),
                    pages=pages,
                )
                self._report_progress(done + part, total, name)
        return reading.future.result()

    def _read_rows(self, source: SourceFile, done: int, total: int) -> None:
        path, resolved = source.stored_path, resolve_path(source.path)
        start, last, before = done, 0, len(self.failed)
        for number, row in row_files.read_rows(source.path):
            last = number
            if len(self.failed) - before > _MAX_FAILED_ROWS:
                raise ExtractError(
                    "more than {max_failed_rows} of its rows cannot be read; the rest was skipped",
                    max_failed_rows=_MAX_FAILED_ROWS,
                )
            if isinstance(row, Failure):
                self.failed.append(row)
                self.unread_paths.add(path)
                continue
            self._report_progress(start, total, row.location)
            report_id = row.id or f"{source.name}#{number}"
            if self._is_excluded(source, report_id, resolved, number):
                continue
            if not self._claim(report_id, path, row.location):
                continue
            given = (("row", row.fields), ("sidecar", source.sidecar.rows.get(report_id, {})))
            data = row.text.encode("utf-8", "replace")
            start = min(start + len(data), done + source.size)
            origin = Origin(path, compute_stamp(data, given, self._current_reading))
            if not self._is_current(report_id, origin):
                text = Extracted(row.text, ROW)
                self._add_report(text, report_id, origin, name=report_id, given=given)
        if not last:
            raise ExtractError("the file contains no rows")

    def _is_excluded(
        self, source: SourceFile, report_id: str, resolved: Path, row: int = 0
    ) -> bool:
        """Return whether a report is excluded, and remove it from the index if so."""
        name = report_id if row else source.name
        is_excluded = name in source.sidecar.excluded or bool(
            self.exclusions.find_excluding_folder(resolved, report_id, row)
        )
        if not is_excluded:
            return False
        self.excluded.append(report_id)
        known, path = self.origins.get(report_id), source.stored_path
        if known is not None and known.path == path and report_id not in self.paths_by_id:
            self.paths_by_id[report_id] = path
            self.writer.remove(report_id)
            self.removed += 1
        return True

    def _claim(self, report_id: str, path: str, place: str) -> bool:
        """Reserve an id for one report, and record a failure if another report has it."""
        is_row = place != report_id
        other = self.paths_by_id.get(report_id)
        if other is None and report_id in self.origins:
            kept = self.origins[report_id].path
            # A row may have moved here from another file of this run.
            has_moved = is_row and kept in self._sources.paths
            if kept != path and not has_moved and (self.base / kept).exists():
                other = kept
        if other is not None:
            remedy = (
                Message("give the row another id")
                if is_row
                else Message("index the folder above both")
            )
            self.failed.append(
                Failure(
                    place,
                    Message(
                        "a report from {other} already has the id {report_id}; {remedy}",
                        report_id=report_id,
                        other=other,
                        remedy=remedy,
                    ),
                )
            )
            return False
        self.paths_by_id[report_id] = path
        return True

    def _is_current(self, report_id: str, origin: Origin) -> bool:
        known = self.origins.get(report_id)
        if self.rebuild or known is None or report_id in self.stale:
            return False
        # Ignore the word lists in the stamp: ``stale`` already accounts for them.
        if known.path != origin.path or extract_content_part(known.stamp) != extract_content_part(
            origin.stamp
        ):
            return False
        self.unchanged += 1
        return True

    def _add_report(
        self,
        extracted: Extracted,
        report_id: str,
        origin: Origin,
        *,
        name: str,
        given: Sequence[tuple[str, Mapping[str, str]]],
    ) -> None:
        try:
            extract.check_length(len(extracted.text))
        except ExtractError as error:
            self.failed.append(Failure(report_id, error.message))
            return
        report = structure.parse_report(
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
            self.failed.append(
                Failure(report_id, Message("it contains only site navigation, no text"))
            )
            return
        try:
            self.writer.add(report, origin)
        except OSError as error:
            # Not the report's fault, and half of it may be written, so nothing must be committed.
            raise IndexStateError(
                "the index cannot be written: {reason}; check the disk and the number of open "
                "files",
                reason=error.strerror or error,
            ) from error
        self.written[report_id] = origin
        self.doubts += report.doubts
        if report_id in self.origins:
            self.updated += 1
        else:
            self.added += 1

    def finish_damaged(self, report_id: str, *, is_restored: bool) -> None:
        """Record that a damaged report was restored from the index, or else dropped."""
        self.failed = [failure for failure in self.failed if failure.source != report_id]
        if is_restored:
            return
        reason = Message(
            "its data in the index is damaged and its file cannot be read, so it was dropped; put "
            "the file back and index it again"
        )
        self.failed.append(Failure(report_id, reason))

    def prune(self) -> None:
        """Remove reports below the run's paths whose file or row no longer exists."""
        for report_id, origin in self.origins.items():
            if report_id in self.paths_by_id or origin.path in self.unread_paths:
                continue
            path = resolve_path(self.base / origin.path)
            below = self._sources.includes(path)
            row_is_gone = origin.path in self._sources.paths
            if below and (row_is_gone or not os.path.lexists(path)):
                self.writer.remove(report_id)
                self.removed += 1
