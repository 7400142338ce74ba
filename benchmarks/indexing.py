"""Measure time and memory of indexing, compared with Whoosh and jieba's ChineseAnalyzer.

    python benchmarks/indexing.py REPORTS.jsonl.gz [MORE ...]

Each part runs in a separate process, reportsearch first. reportsearch reads the files, recognises
the structure and writes the index. The rival, written as a user would, gets the finished passages
and only has to index them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OURS = """
import json, sys, time
from reportsearch import Archive
started = time.perf_counter()
with Archive.create(sys.argv[1]) as archive:
    summary = archive.index(sys.argv[2:])
    seconds = time.perf_counter() - started
    failed = [f"{failure.source}: {failure.reason}" for failure in summary.failed]
    chars = sum(info.chars for info in archive.infos())
    counts = {"reports": summary.reports, "passages": summary.passages, "failed": failed}
    print(json.dumps({"seconds": seconds, "chars": chars, **counts}))
"""
PASSAGES = """
import json, sys
from reportsearch import Archive
with Archive.open(sys.argv[1]) as archive, open(sys.argv[2], "w", encoding="utf-8") as out:
    for report in archive.reports():
        for passage in report.passages:
            out.write(json.dumps([passage.id, passage.text], ensure_ascii=False) + "\\n")
"""
STOCK = """
import json, logging, sys, time, warnings
warnings.simplefilter("ignore")
import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
jieba.setLogLevel(logging.WARNING)
jieba.initialize()
schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=ChineseAnalyzer()))
started = time.perf_counter()
writer = index.create_in(sys.argv[1], schema).writer(limitmb=256)
with open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        id_, text = json.loads(line)
        writer.add_document(id=id_, text=text)
writer.commit()
print(json.dumps({"seconds": time.perf_counter() - started}))
"""
# A separate process, so that its parent can read the peak memory of the child.
PROBE = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.PIPE, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"peak": peak, **json.loads(done.stdout or b"{}")}))
"""


def run(code: str, *arguments: str | Path) -> dict[str, object]:
    """Run code in a separate process; return its result and peak memory in MiB."""
    command = [sys.executable, "-c", PROBE, code, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, object] = json.loads(done.stdout)
    return result


def unpacked(path: Path, folder: Path) -> Path:
    """Return the file itself, or a .gz file unpacked into ``folder``."""
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    with gzip.open(path) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return target


def size(folder: Path) -> float:
    """Return the size of all files of a folder in MiB."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 2**20


def measure(path: Path, *, stock: bool) -> None:
    """Print the lines of one collection."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = run(OURS, folder / "ours", unpacked(path, folder))
        print(
            f"{path.name}: {ours['reports']} reports, {ours['passages']} passages, "
            f"{ours['chars']} characters, {len(list(ours['failed']))} failed"  # type: ignore[call-overload]
        )
        for failure in list(ours["failed"])[:5]:  # type: ignore[call-overload]
            print(f"  not read: {failure}")
        show("reportsearch", ours, size(folder / "ours"))
        if not stock:
            return
        run(PASSAGES, folder / "ours", folder / "passages")
        (folder / "stock").mkdir()
        rival = run(STOCK, folder / "stock", folder / "passages")
        show("Whoosh + jieba", rival, size(folder / "stock"))
        ratio = float(str(rival["seconds"])) / float(str(ours["seconds"]))
        print(f"  {ratio:.2f} times as fast\n")


def show(name: str, result: dict[str, object], megabytes: float) -> None:
    """Print one line."""
    print(
        f"  {name:<16} {result['seconds']:8.1f} s   peak {result['peak']:6.0f} MiB   "
        f"index {megabytes:6.1f} MiB"
    )


def main() -> None:
    """Measure each collection named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--no-stock", action="store_true", help="leave the rival out")
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0])
    for path in options.paths:
        measure(path, stock=not options.no_stock)


if __name__ == "__main__":
    main()
