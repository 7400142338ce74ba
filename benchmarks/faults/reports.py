"""Tiny reports, and what an index of them, its folder and its files hold."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.outcome import FaultError
from reportsearch import Archive
from reportsearch.errors import IndexMissingError

INDEX, REPORTS, SIDECAR = "index", "reports", "metadata.csv"
QUESTION = "接待游客，提升服务质量"
_TEXT = """甲县副县长{year}年度述职报告
我分管文旅、民政工作。
一、文旅工作
{marker}，全年接待游客{number}万人次，服务质量提升。
二、民政工作
第{edition}版：新建养老服务站{number}处，惠及老人{more}名。
"""
_RANDOM = re.compile(r"_\d+(?=\.toc)|[0-9a-z]{16}|(?<=\.toc\.)[\d.]+")
"""What differs between the names of files of two runs."""


def make_marker(number: int) -> str:
    """Return the string that only one report has."""
    return f"实事编号{number:04}号办结"


def make_name(number: int) -> str:
    """Return the file name of a report."""
    return f"{number:04}.txt"


def write_reports(folder: Path, numbers: Iterable[int], edition: int = 1) -> None:
    """Write reports with these numbers into a folder; those that are there are replaced."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        text = _TEXT.format(
            year=2000 + number % 25,
            marker=make_marker(number),
            number=number,
            more=number * 37,
            edition=edition,
        )
        (folder / make_name(number)).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class State:
    """What a folder holds.

    ``reports`` has a digest of the text and the metadata of each report of the index; ``sidecar``
    is the metadata.csv of their folder, empty if there is none.
    """

    reports: Mapping[str, str]
    sidecar: bytes

    def describe_difference(self, wanted: State) -> str:
        """Say how it differs from another state."""
        differ = self.reports.items() ^ wanted.reports.items()
        names = sorted({name for name, _ in differ})
        return ", ".join([*names, *([SIDECAR] if self.sidecar != wanted.sidecar else [])])


def read_state(folder: Path) -> State:
    """Read a folder.

    Raises FaultError if a report is not found by the string that only it has.
    """
    path = folder / REPORTS / SIDECAR
    sidecar = path.read_bytes() if path.exists() else b""
    found = {}
    try:
        with Archive.open(folder / INDEX) as archive:
            for report in archive.reports():
                told = f"{report.text}\n{report.info}\n{report.passages}"
                found[report.id] = hashlib.sha256(told.encode()).hexdigest()
                marker = make_marker(int(report.id.partition(".")[0]))
                hits = [hit.report.id for hit in archive.search(f'"{marker}"').hits]
                if hits != [report.id]:
                    raise FaultError(f"a search for {report.id} found {hits}")
            if {info.id for info in archive.infos()} != found.keys():
                raise FaultError("reports and their metadata differ")
            if archive.verify().damaged:
                raise FaultError(f"verify finds {archive.verify().damaged[0].file} damaged")
    except IndexMissingError:
        pass
    return State(found, sidecar)


def count_files(folder: Path) -> Counter[str]:
    """Count the files below a folder by their names, without what is random in them."""
    names = (f"{path.relative_to(folder)}{'/' * path.is_dir()}" for path in folder.rglob("*"))
    return Counter(_RANDOM.sub("*", name) for name in names)


def find_traces(folder: Path, marker: str) -> list[str]:
    """Return the files of the index that contain a string in the encoding of its text column."""
    wanted = marker.encode("utf-16-le")
    paths = [path for path in sorted((folder / INDEX).rglob("*")) if path.is_file()]
    return [path.name for path in paths if wanted in path.read_bytes()]
