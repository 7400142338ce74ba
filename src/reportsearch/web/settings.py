"""Settings of the web server: where it listens and what it accepts."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the server listens and what it accepts.

    Added files are saved in ``folder``. ``token`` is required of requests unless it is empty, as on
    a loopback address. ``form_key`` is a secret of this run, required of forms that change
    something. A page waits ``wait_seconds`` for an analysis before it shows the progress. The
    index is checked for damage ``verify_seconds`` after the start.
    """

    index: Path
    folder: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    max_bytes: int = 64 * 2**20
    max_files: int = 500
    wait_seconds: float = 1.5
    verify_seconds: float = 60.0
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def hosts(self) -> frozenset[str]:
        """Return the allowed values of the header Host; any other one is a rebound name."""
        named = {"127.0.0.1", "localhost", "[::1]", _bracket_ipv6(self.host)}
        return frozenset(
            {f"{name}:{self.port}" for name in named} | (named if self.port == 80 else set())
        )

    @property
    def address(self) -> str:
        """Return the address to open in a browser."""
        return f"http://{_bracket_ipv6(self.host)}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Return whether an address can only be reached from this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bracket_ipv6(host: str) -> str:
    return f"[{host}]" if ":" in host else host
