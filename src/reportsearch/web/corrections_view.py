"""Corrections of many reports as a page: what would change, or what was changed."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.locale import PAGE
from reportsearch.models.corrections import Corrections
from reportsearch.output.prose.corrections import describe_outcome
from reportsearch.web.templating import get_translator, render

Values = Mapping[str, Mapping[str, str]]
"""Values by report and field."""
_MAX_PENDING = 8
"""Maximum number of corrections that wait to be confirmed."""
_MAX_LISTED = 200
"""Maximum number of changed and of refused values on a page."""


class PendingCorrections:
    """Corrections that were shown and wait to be confirmed, by a name that nobody can guess."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, Values] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, values: Values) -> str:
        """Keep corrections and return their name; the oldest ones are dropped."""
        name = secrets.token_urlsafe(12)
        self.put_back(name, values)
        return name

    def put_back(self, name: str, values: Values) -> None:
        """Keep corrections under their name."""
        with self._lock:
            self._values[name] = values
            while len(self._values) > _MAX_PENDING:
                self._values.popitem(last=False)

    def take(self, name: str) -> Values | None:
        """Return corrections, once."""
        with self._lock:
            return self._values.pop(name, None)


def render_corrections(request: Request, found: Corrections, plan: str = "") -> Response:
    """Render corrections; ``plan`` is their name if they wait to be confirmed."""
    t = get_translator(request)
    return render(
        request,
        "add_corrections.html",
        found=found,
        outcome=describe_outcome(found, t),
        changed=found.changed[:_MAX_LISTED],
        refused=[(one, t.translate(one.reason, PAGE)) for one in found.refused[:_MAX_LISTED]],
        max_listed=_MAX_LISTED,
        plan=plan,
    )
