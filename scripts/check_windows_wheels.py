"""Check that every core dependency installs on Windows without a compiler.

Each needs a wheel for 64-bit Windows; a pure Python source package, of which any machine makes a
wheel, will do (jieba is published as one). Exits 1 and names those that have neither.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PYTHON = "3.11"


def core_dependencies() -> list[str]:
    """The requirements of pyproject.toml, without their markers."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    return [entry.partition(";")[0].strip() for entry in project["project"]["dependencies"]]


def _pip(*arguments: str) -> bool:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def has_wheel(requirement: str, folder: str) -> bool:
    """Whether the index has a wheel of it for Windows, and of all that it needs."""
    windows = ("--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:")
    return _pip("download", *windows, "--dest", folder, requirement)


def is_pure(requirement: str, folder: str) -> bool:
    """Whether its source package makes a wheel that holds nothing of this platform."""
    place = Path(folder) / "built"
    built = _pip("wheel", "--no-deps", "--wheel-dir", str(place), requirement)
    return built and all(wheel.name.endswith("-none-any.whl") for wheel in place.iterdir())


def main() -> int:
    """Check all; print a line for each."""
    missing = []
    for requirement in core_dependencies():
        with tempfile.TemporaryDirectory() as folder:
            if has_wheel(requirement, folder):
                found = "wheel"
            elif is_pure(requirement, folder):
                found = "pure Python source"
            else:
                found = "NOTHING"
                missing.append(requirement)
        sys.stdout.write(f"{requirement}: {found}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
