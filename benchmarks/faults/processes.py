"""Commands in forked processes, which strace can record, kill at a system call, or make fail at it.

What forks has everything imported, so that a command takes less than a tenth of a second. strace is
attached before the command starts, so that it counts the system calls of the command alone.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TypeVar

from benchmarks.faults.outcome import FaultError

_T = TypeVar("_T")
_FORK = multiprocessing.get_context("fork")
_PR_SET_PTRACER = 0x59616D61
_ANY_PROCESS = ctypes.c_ulong(-1)
_TIMEOUT = 120
"""Seconds after which a command counts as hanging."""

Strace = Sequence[str]
"""Options of strace; empty to run without it."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code or the negative number of a signal, and its output."""

    code: int
    output: str
    errors: str
    seconds: float

    @property
    def is_acknowledged(self) -> bool:
        """Return whether the command has said that its work is done."""
        return bool(self.output) or not self.code

    def check(self) -> None:
        """Raise FaultError unless it was killed, succeeded, or failed with words for a person."""
        if "Traceback" in self.errors:
            raise FaultError(f"traceback: {self.errors.strip().splitlines()[-1]}")
        if self.code not in {0, 1, -signal.SIGKILL}:
            raise FaultError(f"ended with {self.code}: {self.errors.strip()}")
        if self.code == 1 and not self.errors.strip():
            raise FaultError("failed without a word")


class Child:
    """A forked process in which an action runs; its output, and strace's, go into a folder."""

    def __init__(
        self, action: Callable[[], int | None], folder: Path, outputs: Path, strace: Strace = ()
    ) -> None:
        """Start the action in ``folder``."""
        outputs.mkdir(exist_ok=True)
        self._outputs = outputs
        released = _FORK.Event()
        self._process = _FORK.Process(target=_run, args=(action, folder, outputs, released))
        self._process.start()
        self._tracer = attach_strace(self.pid, outputs / "trace", strace) if strace else None
        self._started = time.monotonic()
        released.set()

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid or 0

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal, unless the process has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self, timeout: float = _TIMEOUT) -> Ended:
        """Wait for the end. Raises FaultError if it does not come."""
        self._process.join(timeout)
        seconds = time.monotonic() - self._started
        hangs = self._process.exitcode is None
        if hangs:
            self._process.kill()
            self._process.join()
        if self._tracer:
            if hangs:  # what the process has started may hang, too
                self._tracer.kill()
            self._tracer.communicate()
        if hangs:
            raise FaultError(f"still running after {timeout} s")
        output, errors = (
            (self._outputs / name).read_text("utf-8", "replace") for name in ("output", "errors")
        )
        return Ended(self._process.exitcode or 0, output, errors, seconds)


def attach_strace(pid: int, log: Path, options: Strace) -> subprocess.Popen[str]:
    """Trace a process and its threads from now on, until it ends."""
    command = ["strace", "-f", "-o", str(log), "-p", str(pid), *options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = tracer.stderr.readline() if tracer.stderr else ""
    if "attached" not in said:
        os.kill(pid, signal.SIGKILL)
        raise SystemExit(f"strace cannot trace processes here: {said.strip()}")
    return tracer


def _run(action: Callable[[], int | None], folder: Path, outputs: Path, released: Event) -> None:
    # Otherwise a system may allow only ancestors to trace.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY_PROCESS, 0, 0, 0)
    os.chdir(folder)
    tempfile.tempdir = str(folder / "temporary")
    Path(tempfile.tempdir).mkdir(exist_ok=True)
    for number, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(outputs / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout, sys.stderr = (
        os.fdopen(number, "w", buffering=1, encoding="utf-8", closefd=False) for number in (1, 2)
    )
    released.wait()
    sys.exit(action())


def call(action: Callable[[], _T], folder: Path, outputs: Path) -> _T:
    """Call a function in a forked process and return its result, or raise its FaultError."""
    answer = outputs / "answer"

    def run() -> None:
        found: object
        try:
            found = action()
        except FaultError as error:
            found = error
        answer.write_bytes(pickle.dumps(found))

    ended = Child(run, folder, outputs).wait()
    ended.check()
    if ended.code:
        raise FaultError(f"ended with {ended.code}")
    found = pickle.loads(answer.read_bytes())  # noqa: S301 - written above
    if isinstance(found, FaultError):
        raise found
    return found  # type: ignore[no-any-return]
