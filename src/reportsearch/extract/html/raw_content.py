"""Removing raw content from a page: comments, declarations, scripts and styles."""

from __future__ import annotations

import re
from functools import cache

_RAW = re.compile(
    r"<(?:!--|[!?]|(?P<tag>script|style|textarea|iframe|noembed|noframes)(?=[\s/>]))",
    re.IGNORECASE,
)


def strip_raw_content(markup: str) -> str:
    """Return a page without comments, declarations and scripts, whose content is not markup.

    Works in one pass, and searches for a missing end only once. The parser would do so at each
    piece.
    """
    kept = []
    place = 0
    missing: set[str] = set()
    while found := _RAW.search(markup, place):
        kept.append(markup[place : found.start()])
        place = found.end()
        opened = (found["tag"] or found[0]).lower()
        if opened == "<!--" and markup.startswith((">", "->"), place):
            opened = "<!"
        end = None if opened in missing else _compile_raw_end(opened).search(markup, place)
        if end is None:
            missing.add(opened)
        if end is None and opened == "<!--" and "<!" not in missing:
            # The comment is not closed, so it is assumed to end with the first tag.
            end = _compile_raw_end("<!").search(markup, place)
            if end is None:
                missing.add("<!")
        if end is None and found["tag"]:
            # Truncated inside a script.
            return "".join(kept)
        place = end.end() if end else place
    kept.append(markup[place:])
    return "".join(kept)


@cache
def _compile_raw_end(opened: str) -> re.Pattern[str]:
    if opened == "<!--":
        return re.compile("--!?>")
    if opened in {"<!", "<?"}:
        return re.compile(">")
    return re.compile(rf"</{opened}(?=[\s/>])[^>]*>?", re.IGNORECASE)
