"""Settings of the web server: where it listens and what it accepts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from reportsearch.web.addresses import WILDCARDS, bracket_ipv6, find_interface_addresses


@dataclass(frozen=True)
class Settings:
    """Where the server listens and what it accepts.

    ``token`` is required of requests unless it is empty, as on a loopback address.
    ``allowed_hosts`` are further names of the server. ``form_key`` is a secret of this run,
    required of forms that change something. A page waits ``wait_seconds`` for an analysis before it
    shows the progress. The index is checked for damage ``verify_seconds`` after the start.
    """

    index: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    allowed_hosts: tuple[str, ...] = ()
    max_bytes: int = 64 * 2**20
    max_files: int = 500
    wait_seconds: float = 1.5
    verify_seconds: float = 60.0
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """Return the address to open in a browser."""
        host = self.host
        if host in WILDCARDS:
            host = next(iter(find_interface_addresses()), "127.0.0.1")
        return f"http://{bracket_ipv6(host)}:{self.port}/"
