"""A command that is run in copies of a folder, and what has to hold after any interruption."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from benchmarks.faults.outcome import FaultError
from benchmarks.faults.processes import Child, Ended, Strace, call
from benchmarks.faults.reports import (
    State,
    count_files,
    find_traces,
    make_marker,
    read_state,
)
from benchmarks.faults.scenarios import Command, Scenario
from benchmarks.faults.tracing import RECORD, Operation, find_changes
from reportsearch import cli


@dataclass(frozen=True)
class Undisturbed:
    """What an undisturbed run does.

    ``later`` and ``answer`` are the state and the output after the next runs; ``files`` may be
    left then, as if the command had run before them, or had not.
    """

    ended: Ended
    after: State
    later: State
    answer: str
    files: Counter[str]


class Bench:
    """A scenario with its starting folder, run in copies of it."""

    def __init__(self, scenario: Scenario, place: Path) -> None:
        self.scenario = scenario
        self.name = scenario.name
        self._place = place
        self._start = place / "start"
        self.trial = place / "trial"
        self.outputs = place / "outputs"
        self._start.mkdir(parents=True)
        self.outputs.mkdir()
        call(partial(scenario.prepare, self._start), self._start, self.outputs)

    def copy(self, name: str = "trial") -> Path:
        """Return a fresh copy of the starting folder, in place of the last one of this name."""
        trial = self._place / name
        shutil.rmtree(trial, ignore_errors=True)
        return Path(shutil.copytree(self._start, trial))

    def execute(self, folder: Path, strace: Strace = (), kill_after: float | None = None) -> Ended:
        """Run the command in a folder, and kill it after so many seconds if wanted."""
        child = Child(partial(cli.main, self.scenario.command), folder, self.outputs, strace)
        if kill_after is not None:
            time.sleep(kill_after)
            child.kill()
        return child.wait()

    def list_operations(self) -> list[Operation]:
        """Return the file operations of an undisturbed run."""
        folder = self.copy()
        self.execute(folder, RECORD)
        return find_changes(self.outputs / "trace", folder)

    def check_fault(self, operation: Operation, fault: str) -> None:
        """Run the command with a fault at an operation, and check. Raises FaultError.

        ``fault`` is what strace injects, such as ``signal=KILL`` or ``error=ENOSPC``.
        """
        folder = self.copy()
        ended = self.execute(folder, operation.build_injection(fault))
        self.check(folder, ended, acknowledged=ended.is_acknowledged)

    def check_kill(self, seconds: float) -> None:
        """Kill the command after some time, and check. Raises FaultError."""
        folder = self.copy()
        ended = self.execute(folder, kill_after=seconds)
        self.check(folder, ended, acknowledged=ended.is_acknowledged)

    def check_action(self, action: Callable[[], int]) -> None:
        """Run the command inside another action, and check. Raises FaultError."""
        folder = self.copy()
        ended = Child(action, folder, self.outputs).wait()
        self.check(folder, ended, acknowledged=ended.is_acknowledged)

    def read_state(self, folder: Path) -> State:
        """Return the state of a folder. Raises FaultError."""
        return call(partial(read_state, folder), folder, self.outputs)

    @cached_property
    def before(self) -> State:
        """Return the state of the starting folder."""
        return self.read_state(self._start)

    @cached_property
    def undisturbed(self) -> Undisturbed:
        """Run the command undisturbed."""
        folder = self.copy("undisturbed")
        ended = self.execute(folder)
        if not ended.is_acknowledged:
            raise SystemExit(f"{self.name}: {ended.errors}")
        after = self.read_state(folder)
        answer = self.run_next(folder)
        later, files = self.read_state(folder), count_files(folder)
        folder = self.copy("undisturbed")
        self.run_next(folder)
        return Undisturbed(ended, after, later, answer, files | count_files(folder))

    def run_next(self, folder: Path) -> str:
        """Run what the user runs after an interruption; return the last output."""
        ended = None
        for command in (self.scenario.command, *self.scenario.then):
            ended = self._run(command, folder)
            ended.check()
        return ended.output if ended and not ended.code else ""

    def _run(self, command: Command, folder: Path) -> Ended:
        return Child(partial(cli.main, command), folder, self.outputs).wait()

    def check(self, folder: Path, ended: Ended | None, *, acknowledged: bool) -> None:
        """Check all that has to hold after an interruption; ``ended`` is how the command ended.

        Raises FaultError.
        """
        if ended:
            ended.check()
            if (
                not ended.code
                and self.is_question
                and ended.output != self.undisturbed.ended.output
            ):
                raise FaultError("another answer")
        before, after = self.before, self.undisturbed.after
        state = self.read_state(folder)
        if acknowledged and state != after:
            raise FaultError(f"what was acknowledged is lost: {state.describe_difference(after)}")
        if state.reports not in (before.reports, after.reports):
            raise FaultError(f"neither as before nor as after: {state.describe_difference(after)}")
        if state.sidecar not in (before.sidecar, after.sidecar):
            raise FaultError("metadata.csv is neither as before nor as after")
        if state.reports == after.reports != before.reports and state.sidecar != after.sidecar:
            raise FaultError("the index has a correction that metadata.csv has lost")
        self._check_next(folder)

    @property
    def is_question(self) -> bool:
        """Return whether the command asks, and always gets the same answer."""
        return self.scenario.command[0] == "similar"

    def _check_next(self, folder: Path) -> None:
        answer, wanted = self.run_next(folder), self.undisturbed
        if self.is_question and answer != wanted.answer:
            raise FaultError("the next run gives another answer")
        state = self.read_state(folder)
        if state != wanted.later:
            difference = state.describe_difference(wanted.later)
            raise FaultError(f"the next run does not complete it: {difference}")
        if self.scenario.erased and find_traces(folder, make_marker(self.scenario.erased)):
            raise FaultError("removed text is still on the disk after the next run")
        if extra := count_files(folder) - wanted.files:
            raise FaultError(f"after the next run: left over {sorted(extra)}")
