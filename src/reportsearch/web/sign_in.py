"""Signing in with the token: codes that are valid once, cookies, and a limit on guesses."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable

from reportsearch.errors import ReportSearchError

FREE_GUESSES = 5
"""Wrong tokens from an address that have no consequence."""
MAX_DELAY_SECONDS = 300.0
MAX_ADDRESSES = 1_000
"""Addresses with wrong tokens that are remembered."""


def check_token(token: str) -> None:
    """Raise ReportSearchError if a token cannot be typed into a form."""
    # Cs are bytes of the command line that are not text in its encoding.
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in token):
        raise ReportSearchError(
            "--token contains a character that cannot be typed, such as a line break; use others"
        )
    if token != token.strip():
        raise ReportSearchError("--token begins or ends with a blank; leave it out")


def _to_bytes(text: str) -> bytes:
    """Return a text for comparing, however its accents are encoded."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


class GuessLimiter:
    """Makes an address wait after wrong guesses, twice as long after each one."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of remembered addresses."""
        return len(self._wrong)

    def seconds_left(self, address: str) -> float:
        """Return how long an address must wait; 0 if it can guess now."""
        _, until = self._wrong.get(_group_address(address), (0, 0.0))
        return max(0.0, until - self._now())

    def count_wrong(self, address: str) -> None:
        """Remember a wrong guess."""
        group = _group_address(address)
        count = self._wrong.get(group, (0, 0.0))[0] + 1
        exponent = min(count - FREE_GUESSES, 16)
        delay = min(2.0**exponent, MAX_DELAY_SECONDS) if exponent > 0 else 0.0
        self._wrong[group] = count, self._now() + delay
        self._wrong.move_to_end(group)
        while len(self._wrong) > MAX_ADDRESSES:
            self._wrong.popitem(last=False)

    def forget(self, address: str) -> None:
        """Forget an address that knew the token."""
        self._wrong.pop(_group_address(address), None)


def _group_address(address: str) -> str:
    """Return an address, or the network of an IPv6 address, of which a machine has very many."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


class SignIn:
    """Who may use the page: without a token everybody, else the holders of a session's cookie.

    ``session`` is the value of the cookie, a secret of this run. Not thread-safe: used by the event
    loop.
    """

    def __init__(self, token: str) -> None:
        self._token = _to_bytes(token)
        self._codes: set[str] = set()
        self.session = secrets.token_urlsafe(32)
        self.limiter = GuessLimiter()

    @property
    def is_required(self) -> bool:
        """Return whether there is a token."""
        return bool(self._token)

    def add_code(self, address: str) -> str:
        """Return an address with a code that is valid once; unchanged if there is no token.

        The token itself is in no address, where it would be seen and remembered.
        """
        if not self.is_required:
            return address
        code = secrets.token_urlsafe(16)
        self._codes.add(code)
        return f"{address}?token={code}"

    def is_session(self, shown: str) -> bool:
        """Return whether a cookie is that of a session."""
        return hmac.compare_digest(_to_bytes(shown), self.session.encode())

    def try_token(self, shown: str, address: str) -> bool:
        """Return whether the token or a code was shown, which uses up the code.

        Ask ``limiter.seconds_left`` first.
        """
        if shown in self._codes:
            self._codes.discard(shown)
        elif not hmac.compare_digest(_to_bytes(shown), self._token):
            self.limiter.count_wrong(address)
            return False
        self.limiter.forget(address)
        return True
