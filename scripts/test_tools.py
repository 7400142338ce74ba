"""Install what the tests need besides Python packages: three programs and a Chinese font.

    python scripts/test_tools.py

On a system with apt-get, this prints the one command that installs what is missing, then runs it.
On any other system, it prints what to install. It needs only the standard library.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

_CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The headless shell comes first: it is Chromium without windows, and starts much faster."""


@dataclass(frozen=True)
class TestTool:
    """A program or font that tests need, and the Debian packages that provide it."""

    __test__ = False
    name: str
    find: Callable[[], str | None]
    packages: tuple[str, ...]


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def find_chromium() -> str | None:
    """Return the path of Chromium, or None."""
    return next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)


def find_strace() -> str | None:
    """Return the path of strace, or None."""
    return shutil.which("strace")


def find_chinese_font() -> str | None:
    """Return the path of the font WenQuanYi Zen Hei, or None."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run(
        [program, "WenQuanYi Zen Hei", "file"], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip().rstrip(":") or None


TOOLS = (
    TestTool("LibreOffice", find_libreoffice, ("libreoffice-writer-nogui",)),
    TestTool("Chromium", find_chromium, ("chromium-headless-shell",)),
    TestTool("strace", find_strace, ("strace",)),
    TestTool("WenQuanYi Zen Hei", find_chinese_font, ("fonts-wqy-zenhei", "fontconfig")),
)


def find_missing_tools() -> list[TestTool]:
    """Return the tools that this system lacks."""
    return [tool for tool in TOOLS if tool.find() is None]


def _build_command(tools: list[TestTool]) -> list[str]:
    """Build the command that installs the tools."""
    packages = [package for tool in tools for package in tool.packages]
    install = "apt-get update -q && apt-get install -y -q --no-install-recommends "
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    return [*as_root, "sh", "-c", install + shlex.join(packages)]


def main() -> int:
    """Install what is missing; return the exit code."""
    missing = find_missing_tools()
    if not missing:
        print("LibreOffice, Chromium, strace and the font are installed")
        return 0
    names = ", ".join(tool.name for tool in missing)
    if not shutil.which("apt-get"):
        print(f"install these; make test leaves out the tests that need them: {names}")
        return 0
    command = _build_command(missing)
    print(shlex.join(command), flush=True)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
