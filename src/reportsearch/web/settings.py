"""Settings: where the page listens, and what it takes."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the page listens and what it takes.

    ``folder`` is where added files are saved. ``token`` is required of requests unless it is empty,
    as on a loopback address. ``form_key`` is a secret of this run, required of forms that change
    something. ``wait_seconds`` is how long a page waits for an analysis before it shows its
    progress.
    """

    index: Path
    folder: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    max_bytes: int = 64 * 2**20
    max_files: int = 500
    wait_seconds: float = 1.5
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def hosts(self) -> frozenset[str]:
        """The allowed values of the header Host; any other one is a rebound name."""
        named = {"127.0.0.1", "localhost", "[::1]", _bracket_ipv6(self.host)}
        return frozenset(
            {f"{name}:{self.port}" for name in named} | (named if self.port == 80 else set())
        )

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{_bracket_ipv6(self.host)}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Return whether only programs of this machine reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bracket_ipv6(host: str) -> str:
    return f"[{host}]" if ":" in host else host
