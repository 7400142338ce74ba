"""Where a file really lies."""

from __future__ import annotations

import os
from pathlib import Path


def real(path: str | Path) -> Path:
    """The absolute path, through links; one that leads round in a circle is its own end.

    ``Path.resolve`` raises RuntimeError for such a link before Python 3.13.
    """
    return Path(os.path.realpath(path))
