"""Types of the functions that receive the progress of long work."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""A callback that receives the amount done and the total."""
StagedProgress = Callable[[int, int, str], None]
"""A callback that also receives the stage; the total is 0 if unknown."""
ReadProgress = Callable[[int, int, str], None]
"""A callback that receives the bytes read, their total, and the name of the file."""
