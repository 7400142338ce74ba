"""A process that reads files one after the other, so that a hostile file breaks nothing else.

The other side is :mod:`reportsearch.extract.sandbox.pool`. A message is a line of JSON and some
bytes. Requests are ``{kind}`` with the file's bytes; answers are ``{page, pages}`` during reading,
and finally ``{text, reader}`` or ``{error}``. There are no pickles, so that a file that takes over
this process cannot run anything in the other one.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import struct
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from reportsearch.errors import ExtractError, Message
from reportsearch.extract import read
from reportsearch.extract.models import ExtractionTask
from reportsearch.locks import remove_abandoned_folder

_LENGTHS = struct.Struct(">II")
MAX_MESSAGE_BYTES = 1 << 30

_ADDRESS_SPACE_FACTOR = 4
"""Address space of the process, where the system enforces a limit, in multiples of its memory."""
_MAX_WRITTEN_BYTES = 1 << 30
"""Maximum size of a file that the process can write."""
_TRIES, _PAUSE = 20, 0.05
"""Tries to remove the common folder, and seconds between them."""

DAMAGED = Message("the file is damaged; open it in the program that created it and save it again")
NOT_STARTED = Message("the reader process does not start; reinstall the program")
TOO_MUCH_MEMORY = Message(
    "reading it takes too much memory; open it in the program that created it, and save it "
    "again or split it"
)


def send(stream: IO[bytes], message: object, data: bytes = b"") -> None:
    """Write a message."""
    head = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(_LENGTHS.pack(len(head), len(data)))
    stream.write(head)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read a message; return None at the end of the stream, or if the message is invalid."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_size, data_size = _LENGTHS.unpack(lengths)
    if max(head_size, data_size) > MAX_MESSAGE_BYTES:
        return None
    head, data = stream.read(head_size), stream.read(data_size)
    if len(head) < head_size or len(data) < data_size:
        return None
    try:
        message = json.loads(head.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return (message, data) if isinstance(message, dict) else None


_START_MARK = b"\0reportsearch\0"
"""Precedes the first message, after anything that the interpreter prints at its start."""


def skip_to_start_mark(stream: IO[bytes]) -> bool:
    """Read until the first message starts; return False if the stream ends before."""
    read = b""
    while not read.endswith(_START_MARK) and (byte := stream.read(1)):
        read = read[-len(_START_MARK) :] + byte
    return read.endswith(_START_MARK)


def handle_request(message: dict[str, Any], data: bytes, folder: Path, sink: IO[bytes]) -> None:
    """Read one file and send its content."""

    def advance(page: int, pages: int) -> None:
        send(sink, {"page": page, "pages": pages})

    try:
        found = read(ExtractionTask(str(message["kind"]), data, folder, advance))
        reply: dict[str, Any] = {"text": found.text, "reader": found.reader}
    except ExtractError as error:
        reply = {"error": error.message.pack()}
    except OSError as error:
        what = error.strerror or str(error)
        problem = "it could not be read: {reason}; check the disk and the programs used"
        reply = {"error": Message(problem, reason=what).pack()}
    except MemoryError:
        reply = {"error": TOO_MUCH_MEMORY.pack()}
    except Exception:  # noqa: BLE001 - a hostile file can make a library raise anything
        reply = {"error": DAMAGED.pack()}
    send(sink, reply)


def _set_resource_limits(memory: int) -> None:
    """Make the system enforce the limits of this process, if it can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for which, most in (
        (resource.RLIMIT_AS, _ADDRESS_SPACE_FACTOR * memory),
        (resource.RLIMIT_FSIZE, _MAX_WRITTEN_BYTES),
    ):
        _, hard = resource.getrlimit(which)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(which, (most, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def main() -> None:
    """Answer requests until the input ends.

    The arguments are the folder for temporary files and the bytes of memory.
    """
    folder = Path(sys.argv[1])
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Output of libraries must not come between the messages.
    os.dup2(2, 1)
    # The terminal sends it to all processes; the other side kills this one if needed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _set_resource_limits(int(sys.argv[2]))
    sink.write(_START_MARK)
    sink.flush()
    requests: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()

    def listen() -> None:
        while request := receive(source):
            requests.put(request)
        # The other side has closed the pipe or was killed, so nothing may stay behind.
        shutil.rmtree(folder, ignore_errors=True)
        for _ in range(_TRIES):  # until the system has released the locks of the other side
            remove_abandoned_folder(folder.parent)
            if not folder.parent.exists():
                break
            time.sleep(_PAUSE)
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        handle_request(*requests.get(), folder, sink)


if __name__ == "__main__":
    main()
