"""The engines that the contract holds to the one in memory: add a new engine here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportsearch import lexicon
from reportsearch.models.report import Report
from reportsearch.search.engine import Engine, Origin
from reportsearch.search.open_engine import open_engine
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)

OpenEmpty = Callable[[Path], Engine]
ENGINES: dict[str, OpenEmpty] = {
    "whoosh": lambda folder: open_engine(folder, TOKENIZER, create=True),
}
"""Name -> what opens an empty engine that keeps its files in a new folder, or opens it again."""
for_each_engine = pytest.mark.parametrize("open_empty", ENGINES.values(), ids=ENGINES)


def add(engine: Engine, reports: Sequence[Report]) -> None:
    with engine.writer() as writer:
        for report in reports:
            writer.add(report, Origin(report.id, "stamp"))


@contextmanager
def both(open_empty: OpenEmpty, reports: Sequence[Report]) -> Iterator[tuple[Engine, Engine]]:
    """The engine in memory and another one with the same reports."""
    with tempfile.TemporaryDirectory() as folder:
        memory, other = open_engine(None, TOKENIZER), open_empty(Path(folder))
        add(memory, reports)
        add(other, reports)
        yield memory, other
        other.close()
