"""Words in a row that can be divided in many ways: each place is tried once.

A regular expression for 已经、经市人大…、于年底 in any number and order would try every division of
the text, and their number doubles with each word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


def match_after_links(
    text: str,
    start: int,
    limit: int,
    iter_ends: Callable[[str, int], Iterable[int]],
    last: re.Pattern[str],
) -> re.Match[str] | None:
    """Match ``last`` after any number of links, the most and first possible ones.

    ``iter_ends`` yields where a link that begins at a place may end, the best first. ``last``
    begins at ``limit`` at the latest.
    """
    tried = set()
    waiting = [(start, False)]
    while waiting:
        place, has_tried_links = waiting.pop()
        if has_tried_links:
            match = last.match(text, place)
            if match is not None:
                return match
        elif place <= limit and place not in tried:
            tried.add(place)
            waiting.append((place, True))
            waiting += [(end, False) for end in reversed(list(iter_ends(text, place)))]
    return None
