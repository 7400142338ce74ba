"""Folders of mangled files, and what a run over one promises: each is read or named in the answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from reportsearch import Archive, IndexSummary
from tests.conftest import PROJECT

FILES = PROJECT / "tests" / "gold" / "files"
# A conversion by LibreOffice takes a second, a page of OCR several: of those a few.
SLOW = {".doc", ".wps", ".rtf", ".odt"}
SLOW_EVERY = 20
SCANS = {"p06_scan_2pages.pdf", "p07_text_plus_scan.pdf"}
SUFFIXES = (".docx", ".pdf", ".html", ".mht", ".ofd", ".txt", ".doc", ".wps", ".rtf", ".odt", "")
NEIGHBOUR = "甲县副县长{}年述职报告\n我分管民政工作。\n一、邻居第{}号\n今年办成了第{}件实事。"


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def holed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    size = min(chance.choice((16, 512, 4096)), len(data) - start)
    return data[:start] + bytes(size) + data[start + size :]


def shifted(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 7, 1000))) + data[at:]


def spliced(data: bytes, chance: random.Random) -> bytes:
    other = read_source(chance.choice(NAMES))
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def unchanged(data: bytes, _: random.Random) -> bytes:
    return data


MANGLERS = (truncated, flipped, holed, shifted, spliced, unchanged)
NAMES = sorted(path.name for path in FILES.iterdir() if not path.name.endswith((".txt", ".md")))
QUICK = [name for name in NAMES if Path(name).suffix not in SLOW and name not in SCANS]
CONVERTED = [name for name in NAMES if name not in QUICK and name not in SCANS]
PLAIN = {
    f"text_{encoding}.txt": (NEIGHBOUR.format(2020, 99_999, 99_999) * 9).encode(encoding)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
}


def read_source(name: str) -> bytes:
    return PLAIN[name] if name in PLAIN else (FILES / name).read_bytes()


def fill(folder: Path, cases: int, chance: random.Random) -> set[str]:
    """Mangled files, every twentieth with a good one beside it; the names of the good ones."""
    good = set()
    for case in range(cases):
        names = CONVERTED if case % SLOW_EVERY == 0 else [*QUICK, *PLAIN]
        source = Path(chance.choice(names))
        data = chance.choice(MANGLERS)(read_source(source.name), chance)
        suffix = chance.choice(SUFFIXES) if chance.random() < 0.3 else source.suffix
        (folder / f"{case:04}-{source.stem}{suffix}").write_bytes(data)
        if case % 20 == 0:
            name = f"{case:04}-neighbour.txt"
            text = NEIGHBOUR.format(2000 + case % 25, case, case)
            (folder / name).write_text(text, encoding="utf-8")
            good.add(name)
    return good


def find_faults(place: Path, cases: int, seed: int) -> list[str]:
    """Index so many mangled files twice; list what is wrong, by file.

    No file stops the run or costs a neighbour, each that is not indexed is named with a reason, and
    the second run has nothing to do.
    """
    folder = place / "reports"
    folder.mkdir()
    good = fill(folder, cases, random.Random(seed))
    with Archive.create(place / "index") as archive:
        first = archive.index(folder)
        indexed = {info.id for info in archive.infos()}
        found = [f"{name}: a good file is not indexed" for name in sorted(good - indexed)]
        for name in sorted(good & indexed)[:2]:
            hits = [hit.report.id for hit in archive.search(f'"邻居第{int(name[:4])}号"').hits]
            found += [] if hits == [name] else [f"{name}: a search found {hits}"]
        failed = {failure.source for failure in first.failed}
        every = {path.name for path in folder.iterdir()}
        found += [f"{name}: neither indexed nor named" for name in every - indexed - failed]
        found += [f"{name}: indexed and refused" for name in indexed & failed]
        found += faults_of_reasons(first)
        again = archive.index(folder)
        if (again.added, again.updated, again.unchanged) != (0, 0, len(indexed)):
            found.append("second run: it reads files again")
        if again.failed != first.failed:
            found.append("second run: it names other files")
    # Otherwise the files are not mangled, or nothing is left of them.
    assert len(indexed) > cases // 3
    assert len(failed) > cases // 3
    return found


def faults_of_reasons(summary: IndexSummary) -> Iterator[str]:
    """What is wrong with the lines that say why files cannot be read."""
    for failure in summary.failed:
        reason = failure.reason
        if len(reason.splitlines()) != 1 or not 10 < len(reason) < 300:
            yield f"{failure.source}: the reason is no line of 10 to 300 characters"
        if "Error" in reason or "Traceback" in reason:
            yield f"{failure.source}: the reason shows the program's inside"
