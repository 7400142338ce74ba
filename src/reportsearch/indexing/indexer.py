"""Writing to an index: reading files into it, and correcting, removing and restoring reports."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reportsearch.errors import CorrectionError, Message
from reportsearch.files import resolve_path
from reportsearch.indexing import (
    batch_corrections,
    correction_journal,
    corrections,
    staleness,
)
from reportsearch.indexing.batch_corrections import WantedCorrection
from reportsearch.indexing.run import IndexingRun
from reportsearch.lexicon import Lexicon
from reportsearch.models.corrections import Correction, Corrections, RefusedCorrection
from reportsearch.models.progress import ReadProgress
from reportsearch.models.report import EXCLUDE_COLUMN, Exclusion, IndexSummary
from reportsearch.search.engine import Engine, IndexWriter, Origin
from reportsearch.tokenizer import Tokenizer


@dataclass(frozen=True)
class Indexer:
    """A writer to the index of an engine, with the methods of the archive that write.

    Paths of files are stored relative to ``base``. ``folder`` is the index itself, None in memory.
    ``originals`` is the library's folder of originals, if there is one.
    """

    engine: Engine
    base: Path
    lexicon: Lexicon
    tokenizer: Tokenizer
    folder: Path | None
    originals: Path | None

    def index(
        self,
        paths: Sequence[str | Path],
        *,
        rebuild: bool,
        prune: bool,
        purge: bool,
        progress: ReadProgress | None,
    ) -> IndexSummary:
        """Read files and folders in one commit; see ``Archive.index``."""
        started = time.monotonic()
        with self.engine.writer(purge=purge) as writer:
            run = self._create_run(writer, rebuild=rebuild, progress=progress)
            damaged = self.engine.damaged_reports()
            for report_id, origin in damaged.items():
                self._add_damaged(run, report_id, origin)
            for path in paths:
                run.add(path)
            self._read_sources(writer, run, prune=prune)
            for report_id in sorted(damaged.keys() - run.written.keys() - set(run.excluded)):
                # Its file cannot be read, but what is stored of it may be enough.
                run.finish_damaged(report_id, is_restored=writer.restore(report_id))
        return self._summarise_run(run, started)

    def _add_damaged(self, run: IndexingRun, report_id: str, origin: Origin) -> None:
        """Have a damaged report read again, if its file is still known and there."""
        with suppress(CorrectionError):
            place = corrections.locate_origin(self.base, report_id, origin)
            if place.file.exists():
                run.add(place.file, None if place.is_row else place.home)

    def correct(self, report: str, values: Mapping[str, str]) -> str:
        """Correct the metadata of a report and return its id; see ``Archive.correct``."""
        checked = corrections.check_values(values)
        with self.engine.writer() as writer:
            place = corrections.locate_report(self.engine, self.base, report)
            corrections.check_correctable(place)
            corrections.write_values(place.sidecar, place.name, checked)
            correction_journal.note(self.folder, {place.name: checked})
            run = self._create_run(writer)
            run.add(place.file, place.home)
            self._read_sources(writer, run)
        if run.failed:
            raise CorrectionError(
                "the correction is saved in {sidecar}, but {name} cannot be read again: {reason}",
                sidecar=place.sidecar,
                name=place.name,
                reason=run.failed[0].reason,
            )
        return place.name

    def correct_many(
        self,
        wanted: Iterable[WantedCorrection],
        refused: Iterable[RefusedCorrection] = (),
        *,
        dry_run: bool,
        progress: ReadProgress | None,
    ) -> Corrections:
        """Correct the metadata of many reports in one commit; see ``Archive.correct_many``.

        ``refused`` is what was refused before.
        """
        known = list(wanted)
        if dry_run:
            plan = batch_corrections.make_plan(self.engine, self.base, known)
        else:
            with self.engine.writer() as writer:
                plan = batch_corrections.make_plan(self.engine, self.base, known)
                with batch_corrections.write_plan(plan):
                    run = self._create_run(writer, progress=progress)
                    for place in plan.places.values():
                        run.add(place.file, place.home)
                    self._read_sources(writer, run)
                written = {name: row for rows in plan.values.values() for name, row in rows.items()}
                correction_journal.note(self.folder, written)
            plan.refused += (
                RefusedCorrection(
                    failure.source,
                    "",
                    "",
                    Message(
                        "saved, but the report cannot be read again: {reason}",
                        reason=failure.reason,
                    ),
                )
                for failure in run.failed
            )
        return Corrections(
            reports=len({one.report for one in known}),
            reports_changed=len(plan.places),
            changed=tuple(plan.changed),
            refused=(*refused, *plan.refused),
            saved=not dry_run,
        )

    def remove(self, report: str) -> Exclusion:
        """Remove a report permanently; see ``Archive.remove``."""
        with self.engine.writer(purge=True) as writer:
            place = corrections.locate_report(self.engine, self.base, report)
            exclusion = corrections.exclude_report(place)
            noted = {EXCLUDE_COLUMN: corrections.EXCLUDED_VALUE}
            correction_journal.note(self.folder, {place.name: noted})
            writer.remove(place.name)
        return exclusion

    def restore(self, report: str | Exclusion, paths: Sequence[Path]) -> IndexSummary:
        """Undo the removal of a report; see ``Archive.restore``."""
        started = time.monotonic()
        with self.engine.writer() as writer:
            found = corrections.restore_report(self.engine, self.base, paths, report)
            correction_journal.note(self.folder, {found.report: {EXCLUDE_COLUMN: ""}})
            run = self._create_run(writer)
            home = Path(found.sidecar).parent
            if (home / found.report).is_file():
                run.add(home / found.report, home)
                self._read_sources(writer, run)
        return self._summarise_run(run, started)

    def find_lost(self) -> tuple[Correction, ...]:
        """Return the corrections that are lost; see ``Archive.lost_corrections``."""
        return correction_journal.find_lost(self.folder, self.engine)

    def put_back(self, *, dry_run: bool, progress: ReadProgress | None) -> Corrections:
        """Write lost corrections again; see ``Archive.put_back_corrections``."""
        lost = self.find_lost()
        removed = [one for one in lost if one.field == EXCLUDE_COLUMN]
        values: dict[str, dict[str, str]] = {}
        for one in lost:
            if one not in removed:
                values.setdefault(one.report, {})[one.field] = one.after
        wanted = [WantedCorrection(report, given) for report, given in values.items()]
        found = self.correct_many(wanted, dry_run=dry_run, progress=progress)
        if not dry_run:
            for one in removed:
                self.remove(one.report)
        return replace(
            found,
            reports=len({one.report for one in lost}),
            reports_changed=len({one.report for one in (*found.changed, *removed)}),
            changed=(*found.changed, *removed),
        )

    def accept_lost(self) -> tuple[Correction, ...]:
        """Forget the corrections that are lost; see ``Archive.accept_lost``."""
        with self.engine.writer():
            lost = self.find_lost()
            accepted: dict[str, dict[str, str]] = {}
            for one in lost:
                accepted.setdefault(one.report, {})[one.field] = ""
            correction_journal.note(self.folder, accepted)
        return lost

    def has_reports_below(self, path: str | Path) -> bool:
        """Return whether the index has a report from this file, or from below this folder."""
        if not str(path).strip():
            return False
        root = resolve_path(path)
        places = (resolve_path(self.base / one.path) for one in self.engine.origins().values())
        return any(place == root or place.is_relative_to(root) for place in places)

    def _create_run(
        self, writer: IndexWriter, *, rebuild: bool = False, progress: ReadProgress | None = None
    ) -> IndexingRun:
        damaged = self.engine.damaged_reports()
        return IndexingRun(
            writer,
            {**damaged, **self.engine.origins()},
            staleness.find_stale(self.engine, self.lexicon) | damaged.keys(),
            self.base,
            self.lexicon,
            self.tokenizer,
            self.folder,
            self.originals,
            rebuild=rebuild,
            progress=progress,
        )

    def _read_sources(self, writer: IndexWriter, run: IndexingRun, *, prune: bool = False) -> None:
        run.read_sources()
        if prune:
            run.prune()
        writer.keep_vocabularies(
            staleness.choose_vocabularies(self.engine, self.lexicon, run.stale, run.written)
        )

    def _summarise_run(self, run: IndexingRun, started: float) -> IndexSummary:
        return IndexSummary(
            added=run.added,
            updated=run.updated,
            unchanged=run.unchanged,
            removed=run.removed,
            repaired=run.writer.repaired,
            failed=tuple(run.failed),
            unsure=tuple(run.doubts),
            excluded=tuple(run.excluded),
            lost=self.find_lost(),
            reports=len(self.engine.origins()),
            passages=self.engine.passage_count(),
            seconds=round(time.monotonic() - started, 3),
        )
