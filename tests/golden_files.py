"""What the program prints, compared with the files of tests/golden."""

from __future__ import annotations

import os

from tests.conftest import PROJECT

GOLDEN = PROJECT / "tests" / "golden"


def check_golden(name: str, said: str) -> None:
    """Compare what was printed with a file of tests/golden.

    UPDATE_GOLDEN=1 writes the file anew; look at the difference before it is kept.
    """
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(said.encode())
    assert said.encode() == path.read_bytes()
