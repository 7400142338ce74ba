"""What strace recorded: the file operations of a command, in their order."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WRITING = ("write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "fallocate")
CHANGING = (
    *WRITING,
    *("ftruncate", "truncate", "rename", "renameat", "renameat2", "link", "linkat", "symlink"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "fsync", "fdatasync", "sync", "flock"),
)
"""System calls that change files, or order changes."""
FOLLOWED = (*CHANGING, "openat", "open", "creat", "read", "lseek", "close", "mmap")
"""System calls from which the contents of files can be replayed."""
RECORD = ("-y", "-xx", "-s", "100000000", "-e", f"trace={','.join(FOLLOWED)}")
"""Options with which strace records all that :func:`read_trace` reads."""

_CALL = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)")
_RESULT = re.compile(r"\)\s+= (?P<result>-?\d+)(?:<(?P<path>[^>]*)>)?")
_UNFINISHED = " <unfinished ...>"
_HEX = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Operation:
    """A system call; ``nth`` counts those of the same name in its thread, from 1."""

    name: str
    nth: int
    arguments: tuple[str, ...]
    result: int
    path: str = ""
    """The file that a call opened."""

    def build_injection(self, fault: str) -> tuple[str, ...]:
        """Return the options of strace that inject a fault at this call."""
        inject = f"inject={self.name}:{fault}:when={self.nth}"
        return "-e", f"trace={self.name}", "-e", inject

    def find_path(self, number: int) -> str:
        """Return the path of an argument, of a handle or a name."""
        argument = self.arguments[number]
        if argument.startswith('"'):
            return decode(argument.strip('"')).decode("utf-8", "surrogateescape")
        return find_handle_path(argument)

    @property
    def flags(self) -> set[str]:
        """Return the flags with which a file was opened."""
        return set(self.arguments[2].split("|")) if self.name == "openat" else set()

    @property
    def is_shared_mapping(self) -> bool:
        """Return whether a file can be changed through memory from now on."""
        return (
            self.name == "mmap"
            and "PROT_WRITE" in self.arguments[2]
            and "MAP_SHARED" in self.arguments[3]
            and "<" in self.arguments[4]
        )

    def list_named_paths(self, folder: Path) -> list[str]:
        """Return the paths that the call gives as strings, relative to a handle or ``folder``."""
        found, above = [], str(folder)
        # What is written is a string, too.
        arguments = () if self.name in (*WRITING, "read") else self.arguments
        for number, argument in enumerate(arguments):
            if argument.startswith('"'):
                found.append(os.path.normpath(Path(above, self.find_path(number))))
                above = str(folder)
            elif "<" in argument:
                above = find_handle_path(argument)
        return found

    def list_paths(self, folder: Path) -> list[str]:
        """Return the paths that the call names, those of handles first."""
        handles = [find_handle_path(one) for one in self.arguments if "<" in one]
        return handles + self.list_named_paths(folder)

    def describe(self, folder: Path) -> str:
        """Return a short text for people."""
        paths = [os.path.relpath(path, folder) for path in self.list_paths(folder)]
        return f"{self.name} number {self.nth} ({' '.join(paths[-2:])})"


def decode(text: str) -> bytes:
    """Return the bytes of a string in which each is written in hexadecimal."""
    return bytes.fromhex(text.replace("\\x", ""))


def find_handle_path(argument: str) -> str:
    """Return the path of a handle, as in ``4</tmp/file>``."""
    text = argument.partition("<")[2].partition(">")[0]
    whole = _HEX.sub(lambda found: chr(int(found[1], 16)), text)
    return whole.encode("latin-1").decode("utf-8", "surrogateescape")


def read_trace(log: Path) -> Iterator[Operation]:
    """Read the calls of a log, each where it ended."""
    counts: Counter[tuple[str, str]] = Counter()
    begun: dict[str, tuple[str, int]] = {}
    for line in log.read_text("utf-8", "surrogateescape").splitlines():
        if started := _CALL.match(line):
            pid, name, rest = started["pid"], started["name"], started["rest"]
            counts[pid, name] += 1
            nth = counts[pid, name]
            if rest.endswith(_UNFINISHED):
                begun[pid] = rest.removesuffix(_UNFINISHED), nth
                continue
        elif (ended := _RESUMED.match(line)) and ended["pid"] in begun:
            name = ended["name"]
            first, nth = begun.pop(ended["pid"])
            rest = first + ended["rest"]
        else:
            continue
        result = _RESULT.search(rest)
        if result is None:
            continue
        arguments = tuple(part.strip() for part in rest[: result.start()].split(", "))
        path = find_handle_path(f"<{result['path']}>") if result["path"] else ""
        yield Operation(name, nth, arguments, int(result["result"]), path)


def find_changes(log: Path, folder: Path) -> list[Operation]:
    """Return the calls of a log that changed a file below a folder, or created one."""
    found = []
    for operation in read_trace(log):
        paths = operation.list_paths(folder)
        is_change = operation.name in CHANGING or bool(
            operation.flags & {"O_CREAT", "O_TRUNC", "O_WRONLY", "O_RDWR"}
        )
        if is_change and any(path.startswith(f"{folder}/") for path in paths):
            found.append(operation)
    return found
