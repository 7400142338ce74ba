"""Check that every core dependency installs on Windows without a compiler.

Each needs a wheel for 64-bit Windows. A pure Python source package will also do, since any machine
can build a wheel from it (jieba is published as one). Exits with 1 and names the packages that have
neither.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PYTHON = "3.11"


def core_dependencies() -> list[str]:
    """Return the requirements of pyproject.toml without their markers."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    return [entry.partition(";")[0].strip() for entry in project["project"]["dependencies"]]


def _pip(*arguments: str) -> bool:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def has_wheel(requirement: str, folder: str) -> bool:
    """Check whether a requirement and its dependencies all have wheels for Windows."""
    windows = ("--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:")
    return _pip("download", *windows, "--dest", folder, requirement)


def is_pure(requirement: str, folder: str) -> bool:
    """Check whether the source package builds a wheel that is independent of the platform."""
    place = Path(folder) / "built"
    built = _pip("wheel", "--no-deps", "--wheel-dir", str(place), requirement)
    return built and all(wheel.name.endswith("-none-any.whl") for wheel in place.iterdir())


def main() -> int:
    """Check all requirements and print one line for each."""
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
