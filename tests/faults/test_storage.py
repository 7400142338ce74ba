"""What was committed outlives kills, lost power, full disks, damage and other processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import PROJECT


@pytest.mark.needs("strace")
def test_the_campaigns_on_the_disk_find_nothing() -> None:
    command = [sys.executable, "-m", "tests.faults.storage_campaigns"]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert len(ended.stdout.splitlines()) == 16, ended.stdout
