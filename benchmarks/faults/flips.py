"""Flip bits of an index, and cut its files.

    python -m benchmarks.faults.flips [--flips 0] [--runs 2000] [--reports 1000] [--seed 1]

One bit of every byte of a small index is flipped, or of as many drawn ones as ``--flips`` says, and
of as many drawn bytes of a large one as ``--runs`` says; half of these in files drawn first, since
most bytes are in one. All files are cut at each multiple of 4,096 bytes and before their last byte.
``verify`` has to find each damage.

Then questions are asked of copies with as many of these damages, and files are cut while an archive
has them open: an error says so, or the answers may be wrong where only ``verify`` can tell, but
there is no traceback, no process ends, and derived data that is damaged is never trusted.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from benchmarks.faults.processes import call
from benchmarks.faults.reports import INDEX, QUESTION, REPORTS, make_marker, write_reports
from benchmarks.faults.scenarios import NUMBERS
from benchmarks.faults.upload import make_place, warm_up
from reportsearch import Archive
from reportsearch.errors import ReportSearchError

_BLOCK = 4096
_BATCH = 100
"""Trials per process."""
_MEMORY = 4 << 30


@dataclass(frozen=True)
class Damage:
    """A damage to a file: a bit of a byte is flipped, or (bit -1) the file is cut before it."""

    file: str
    offset: int
    bit: int = -1

    def __str__(self) -> str:
        """Describe it so that it can be repeated."""
        done = "cut at" if self.bit < 0 else f"bit {self.bit} of byte"
        return f"{self.file} {done} {self.offset}"

    def apply(self, index: Path) -> None:
        """Damage the file in place."""
        with (index / self.file).open("r+b") as stream:
            if self.bit < 0:
                stream.truncate(self.offset)
                return
            stream.seek(self.offset)
            old = stream.read(1)[0]
            stream.seek(self.offset)
            stream.write(bytes([old ^ (1 << self.bit)]))

    @contextmanager
    def applied(self, index: Path) -> Iterator[None]:
        """Damage the file inside the block."""
        path = index / self.file
        whole = path.read_bytes()
        self.apply(index)
        yield
        path.write_bytes(whole)


def ask(archive: Archive) -> list[object]:
    """Return what an archive answers; last what it derives."""
    stats = replace(archive.stats(), folder="")
    told: list[object] = [archive.infos(), stats, archive.kwic("接待游客")]
    told += [report.text for report in archive.reports()]
    told += [archive.search(f'"{make_marker(number)}"') for number in NUMBERS]
    return [*told, archive.search("养老服务站 老人"), archive.similar(text=QUESTION)]


class DamagedIndex:
    """An index that is damaged in one place after another."""

    def __init__(self, place: Path, numbers: Sequence[int]) -> None:
        self._outputs = place / "outputs"
        self._outputs.mkdir(parents=True)
        self._trial = place / "trial"
        self.folder = place / INDEX
        write_reports(place / REPORTS, numbers)
        with Archive.create(self.folder) as archive:
            archive.index(place / REPORTS)
            self._answers = repr(ask(archive)), repr(archive.similar(text=QUESTION))
        paths = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        sizes = {str(one.relative_to(self.folder)): one.stat().st_size for one in paths}
        self.sizes = {name: size for name, size in sizes.items() if size}

    def list_flips(self, chance: random.Random) -> list[Damage]:
        """Flip a bit of each byte."""
        return [
            Damage(name, offset, chance.randrange(8))
            for name, size in self.sizes.items()
            for offset in range(size)
        ]

    def draw_flips(self, chance: random.Random, number: int) -> list[Damage]:
        """Flip bits of drawn bytes."""
        names, sizes = list(self.sizes), list(self.sizes.values())
        drawn = chance.choices(names, sizes, k=number // 2) + chance.choices(names, k=number // 2)
        return [
            Damage(name, chance.randrange(self.sizes[name]), chance.randrange(8)) for name in drawn
        ]

    def list_cuts(self) -> list[Damage]:
        """Cut the files at each block, and before their last byte."""
        return [
            Damage(name, offset)
            for name, size in self.sizes.items()
            for offset in sorted({*range(0, size, _BLOCK), size - 1})
        ]

    def check_verify(self, damage: Damage) -> None:
        """Raise FaultError if ``verify`` does not find a damage."""
        with (
            damage.applied(self.folder),
            suppress(ReportSearchError),
            Archive.open(self.folder) as archive,
        ):
            if not archive.verify().damaged:
                raise FaultError("verify does not find it")

    def check_answers(self, damage: Damage) -> None:
        """Raise FaultError if what is derived from a damaged file is trusted."""
        index = self._copy()
        damage.apply(index)
        with suppress(ReportSearchError), Archive.open(index) as archive:
            found = repr(ask(archive))
            is_derived = damage.file.startswith("reportsearch-vectors")
            if is_derived and found != self._answers[0]:
                raise FaultError("a wrong answer from derived data")

    def check_while_open(self, damage: Damage) -> None:
        """Raise FaultError if an archive whose file is cut answers wrongly."""
        index = self._copy()
        with suppress(ReportSearchError), Archive.open(index) as archive:
            archive.search("接待游客")
            damage.apply(index)
            if repr(ask(archive)) != self._answers[0]:
                raise FaultError("a wrong answer without a word")

    def _copy(self) -> Path:
        shutil.rmtree(self._trial, ignore_errors=True)
        return Path(shutil.copytree(self.folder, self._trial))

    def try_all(
        self, name: str, check: Callable[[Damage], None], damages: Sequence[Damage]
    ) -> Outcome:
        """Try damages, in processes for many each."""
        outcome = Outcome(name)
        for start in range(0, len(damages), _BATCH):
            batch = damages[start : start + _BATCH]
            outcome.tried += len(batch)
            try:
                action = partial(_try_batch, check, batch)
                outcome.failures += call(action, self.folder.parent, self._outputs)
            except FaultError as error:
                outcome.failures.append(f"{batch[0]} to {batch[-1]}: {error}")
        return outcome


def _try_batch(check: Callable[[Damage], None], damages: Sequence[Damage]) -> list[str]:
    """Return what is wrong with damages."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found = []
    for damage in damages:
        try:
            check(damage)
        except FaultError as error:
            found.append(f"{damage}: {error}")
        except Exception as error:  # noqa: BLE001 - a traceback is what is looked for
            found.append(f"{damage}: traceback of {type(error).__name__}")
    return found


def run(place: Path, flips: int, runs: int, reports: int, seed: int) -> Iterator[Outcome]:
    """Damage a small index in ``flips`` bytes (0: all), and a large one."""
    chance = random.Random(seed)  # noqa: S311
    small = DamagedIndex(place / "small", NUMBERS)
    found = small.draw_flips(chance, flips) if flips else small.list_flips(chance)
    cuts = small.list_cuts()
    yield small.try_all("bit flips: small index", small.check_verify, found)
    yield small.try_all("cut files: small index", small.check_verify, cuts)
    yield small.try_all("cut files: while open", small.check_while_open, cuts)
    asked = [*cuts, *small.draw_flips(chance, runs)]
    yield small.try_all("damaged files: questions", small.check_answers, asked)
    if reports:
        large = DamagedIndex(place / "large", range(1, reports + 1))
        found = large.draw_flips(chance, runs)
        yield large.try_all("bit flips: large index", large.check_verify, found)
        yield large.try_all("cut files: large index", large.check_verify, large.list_cuts())


def main() -> int:
    """Damage them, and print the rows."""
    options = parse_options(__doc__, flips=0, runs=2000, reports=1000, seed=1)
    with make_place() as place:
        warm_up(place)
        found = run(place, options.flips, options.runs, options.reports, options.seed)
        return print_rows(found)


if __name__ == "__main__":
    sys.exit(main())
