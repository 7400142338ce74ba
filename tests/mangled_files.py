"""Folders of mangled files, and what a run over one promises: each is read or named in the answer."""

from __future__ import annotations

import random
from pathlib import Path

from reportsearch import Archive
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
    other = (FILES / chance.choice(NAMES)).read_bytes()
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def unchanged(data: bytes, _: random.Random) -> bytes:
    return data


MANGLERS = (truncated, flipped, holed, shifted, spliced, unchanged)
NAMES = sorted(path.name for path in FILES.iterdir() if not path.name.endswith((".txt", ".md")))
QUICK = [name for name in NAMES if Path(name).suffix not in SLOW and name not in SCANS]
CONVERTED = [name for name in NAMES if name not in QUICK and name not in SCANS]


def fill(folder: Path, cases: int, chance: random.Random) -> set[str]:
    """Mangled files, every twentieth with a good one beside it; the names of the good ones."""
    good = set()
    for case in range(cases):
        names = CONVERTED if case % SLOW_EVERY == 0 else QUICK
        source = FILES / chance.choice(names)
        data = chance.choice(MANGLERS)(source.read_bytes(), chance)
        suffix = chance.choice(SUFFIXES) if chance.random() < 0.3 else source.suffix
        (folder / f"{case:04}-{source.stem}{suffix}").write_bytes(data)
        if case % 20 == 0:
            name = f"{case:04}-neighbour.txt"
            text = NEIGHBOUR.format(2000 + case % 25, case, case)
            (folder / name).write_text(text, encoding="utf-8")
            good.add(name)
    return good


def check_mangled_files(place: Path, cases: int, seed: int) -> None:
    """Index so many mangled files twice; no one stops the run or costs a neighbour."""
    folder = place / "reports"
    folder.mkdir()
    good = fill(folder, cases, random.Random(seed))
    with Archive.create(place / "index") as archive:
        first = archive.index(folder)
        indexed = {info.id for info in archive.infos()}
        assert good <= indexed
        for name in sorted(good)[:2]:
            case = int(name[:4])
            (hit,) = archive.search(f'"邻居第{case}号"').hits
            assert hit.report.id == name
        failed = {failure.source for failure in first.failed}
        every = {path.name for path in folder.iterdir()}
        assert indexed | failed == every
        assert not indexed & failed
        assert len(indexed) > cases // 3
        assert len(failed) > cases // 3
        for failure in first.failed:
            assert len(failure.reason.splitlines()) == 1
            assert 10 < len(failure.reason) < 300
            assert "Error" not in failure.reason
            assert "Traceback" not in failure.reason
        second = archive.index(folder)
        assert (second.added, second.updated, second.unchanged) == (0, 0, len(indexed))
        assert second.failed == first.failed
