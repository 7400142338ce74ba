"""A pool of processes that read files under limits, so that no file can stop or stall a run.

A process reads one file after another, since starting one takes longer than reading most files.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from reportsearch.errors import (
    ExtractError,
    Message,
    MessageError,
    ReportSearchError,
    unpack_message,
)
from reportsearch.extract.models import Extracted
from reportsearch.extract.sandbox.process import (
    DAMAGED,
    NOT_STARTED,
    TOO_MUCH_MEMORY,
    receive,
    send,
    skip_to_start_mark,
)

_POLL_SECONDS = 0.25
"""Seconds between two checks of a process's memory."""
_MAX_FILES_PER_PROCESS = 500
"""Number of files after which a process is replaced, so that memory leaks do not add up."""
_MAX_TRIES = 2
_FOLDER_PREFIX = "reportsearch-"
_MAX_MEMORY = 1 << 30
"""Bytes of memory that a process may use with its child processes, unless the machine is small."""
# The module path is sent through the pipe, since the length of a command line is limited.
_START_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from reportsearch.extract.sandbox.process import main; main()"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file: seconds without a new page, seconds in total, bytes of memory."""

    seconds_per_page: float = 60.0
    seconds: float = 1800.0
    memory: int = _MAX_MEMORY


def fit_limits() -> Limits:
    """Return the limits for this machine: each of two processes gets at most a quarter of it."""
    import psutil

    return Limits(memory=min(_MAX_MEMORY, psutil.virtual_memory().total // 4))


@dataclass(slots=True)
class ReadRequest:
    """A file that is being read. ``page`` is the current page and their number, if known."""

    kind: str
    data: bytes
    future: Future[Extracted] = field(default_factory=Future)
    page: tuple[int, int] | None = None


class _ProcessLostError(MessageError):
    """An error that makes a process unusable; the message gives the user the reason.

    ``can_retry`` means that another process may succeed.
    """

    def __init__(self, message: Message, *, can_retry: bool = True) -> None:
        super().__init__(message)
        self.can_retry = can_retry


class _ReaderProcess:
    """A process that reads files."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._limits = limits
        self.files_read = 0
        self._has_started = False
        self._process = subprocess.Popen(  # noqa: S603
            [
                sys.executable,
                *_get_interpreter_flags(),
                "-c",
                _START_CODE,
                str(folder),
                str(limits.memory),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A separate group, so that child processes can be killed with it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise OSError("a process was started without pipes")
        self._requests, self._stream = requests, answers
        places = [place for place in sys.path if isinstance(place, str)]
        requests.write(json.dumps(places).encode() + b"\n")
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        self._has_started = skip_to_start_mark(self._stream)
        while message := receive(self._stream):
            self._answers.put(message[0])
        self._answers.put(None)

    def read(self, request: ReadRequest) -> Extracted:
        """Have the process read a file. Raises ExtractError or _ProcessLostError."""
        self.files_read += 1
        started = heard = time.monotonic()
        try:
            send(self._requests, {"kind": request.kind}, request.data)
        except OSError as error:
            raise _ProcessLostError(self._explain_loss()) from error
        while True:
            try:
                message = self._answers.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                now = time.monotonic()
                if (
                    now - heard > self._limits.seconds_per_page
                    or now - started > self._limits.seconds
                ):
                    raise _ProcessLostError(
                        _explain_timeout(now - started), can_retry=False
                    ) from None
                if self._measure_memory() > self._limits.memory:
                    raise _ProcessLostError(TOO_MUCH_MEMORY) from None
                continue
            heard = time.monotonic()
            if message is None:
                raise _ProcessLostError(self._explain_loss())
            if "page" in message:
                request.page = int(message["page"]), int(message["pages"])
            elif "error" in message:
                raise ExtractError(unpack_message(message["error"]))
            else:
                return Extracted(str(message["text"]), str(message["reader"]))

    def _explain_loss(self) -> Message:
        return DAMAGED if self._has_started else NOT_STARTED

    def _measure_memory(self) -> int:
        """Return the bytes of memory used by the process and its descendants."""
        import psutil

        total = 0
        try:
            process = psutil.Process(self._process.pid)
            for one in (process, *process.children(recursive=True)):
                total += one.memory_info().rss
        except (psutil.Error, OSError):
            return total
        return total

    def kill(self) -> None:
        """Kill the process and its descendants."""
        if sys.platform == "win32":
            _kill_tree(self._process.pid)
        else:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except OSError:
                self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._stream):
            with suppress(OSError):
                stream.close()


def _get_interpreter_flags() -> list[str]:
    """Return the flags of this interpreter that affect which modules are available."""
    if sys.flags.isolated:
        return ["-I"]
    return ["-E"] if sys.flags.ignore_environment else []


def _kill_tree(pid: int) -> None:
    import psutil

    try:
        process = psutil.Process(pid)
        for one in (*process.children(recursive=True), process):
            one.kill()
    except psutil.Error:
        return


def _explain_timeout(seconds: float) -> Message:
    return Message(
        "reading it took over {seconds:.0f} s; open it in the program that created it and save "
        "it as .docx",
        seconds=seconds,
    )


def remove_abandoned_folders(place: Path) -> None:
    """Delete the temporary folders of programs that were killed."""
    import psutil

    for path in place.glob(f"{_FOLDER_PREFIX}*-*"):
        pid = path.name.removeprefix(_FOLDER_PREFIX).partition("-")[0]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


class ReaderPool:
    """A pool of reading processes for use in a ``with`` block, at whose end they are killed.

    They are started when the first file is submitted.
    """

    def __init__(self, size: int | None = None, limits: Limits | None = None) -> None:
        self.size = size or min(2, os.cpu_count() or 1)
        self._limits = limits or fit_limits()
        self._local = threading.local()
        self._lock = threading.Lock()
        self._processes: set[_ReaderProcess] = set()
        self._closed = False
        self._threads: ThreadPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all processes."""
        self.close()

    def submit(self, kind: str, data: bytes) -> ReadRequest:
        """Have a file read; the request's future returns its content, or raises ExtractError."""
        if self._threads is None:
            try:
                remove_abandoned_folders(Path(tempfile.gettempdir()))
                self._folder = tempfile.TemporaryDirectory(
                    prefix=f"{_FOLDER_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
                )
            except OSError as error:
                raise ReportSearchError(
                    "there is no space for temporary files ({reason}); free some, or set "
                    "TMPDIR to another folder",
                    reason=error.strerror or error,
                ) from error
            self._threads = ThreadPoolExecutor(self.size, "reading")
        reading = ReadRequest(kind, data)
        self._threads.submit(self._read, reading)
        return reading

    def _read(self, reading: ReadRequest) -> None:
        try:
            reading.future.set_result(self._read_with_retry(reading))
        except BaseException as error:  # noqa: BLE001 - handed to the caller that waits for it
            reading.future.set_exception(error)
        finally:
            reading.data = b""

    def _read_with_retry(self, reading: ReadRequest) -> Extracted:
        tries = 0
        while True:
            tries += 1
            process = self._get_process()
            try:
                return process.read(reading)
            except ExtractError:
                raise
            except _ProcessLostError as lost:
                self._discard_process(process)
                # An earlier file may have harmed the process, or the system may have killed it.
                if lost.can_retry and tries < _MAX_TRIES and not self._closed:
                    continue
                raise ExtractError(lost.message) from lost
            except BaseException:
                # Its answer is still to come and must not be taken for that to another file.
                self._discard_process(process)
                raise

    def _get_process(self) -> _ReaderProcess:
        """Return this thread's process, after starting one if needed."""
        process: _ReaderProcess | None = getattr(self._local, "process", None)
        if process is not None and process.files_read >= _MAX_FILES_PER_PROCESS:
            self._discard_process(process)
            process = None
        if process is None:
            with self._lock:
                if self._closed or self._folder is None:
                    raise ExtractError("the run was interrupted")
                try:
                    place = Path(tempfile.mkdtemp(dir=self._folder.name))
                    process = _ReaderProcess(place, self._limits)
                except OSError as error:
                    # Not to be confused with an error of the file itself.
                    raise ExtractError(
                        "cannot start a process to read it: {reason}; free some memory and "
                        "disk space, and run index again",
                        reason=error.strerror or error,
                    ) from error
                self._processes.add(process)
            self._local.process = process
        return process

    def _discard_process(self, process: _ReaderProcess) -> None:
        self._local.process = None
        with self._lock:
            self._processes.discard(process)
        process.kill()

    def close(self) -> None:
        """Kill all processes, and leave no file behind."""
        with self._lock:
            self._closed = True
            processes = list(self._processes)
            self._processes.clear()
        for process in processes:
            process.kill()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()
