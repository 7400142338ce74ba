"""What the program prints, compared with the files of tests/golden."""

from __future__ import annotations

import os

from tests.conftest import PROJECT

GOLDEN = PROJECT / "tests" / "golden"
FORMS = {
    "txt": ("--format", "table"),
    "zh": ("--format", "table", "--lang", "zh"),
    "json": ("--format", "json"),
    "csv": ("--format", "csv"),
}
"""The forms in which an answer is kept, and the options for each; files of zh are in a folder."""


def check_golden(name: str, form: str, said: str) -> None:
    """Compare what was printed with a file of tests/golden.

    UPDATE_GOLDEN=1 writes the file anew; look at the difference before it is kept.
    """
    path = GOLDEN / "zh" / f"{name}.txt" if form == "zh" else GOLDEN / f"{name}.{form}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(said.encode())
    assert said.encode() == path.read_bytes()
