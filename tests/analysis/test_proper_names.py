"""What is a name of a place, a post or a person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportsearch.analysis.proper_names import ProperNames

CHARS = st.text("甲乙县", max_size=6)


NAMES = st.frozensets(CHARS.filter(lambda text: len(text) > 1))


@given(heads=NAMES, posts=NAMES, term=CHARS)
def test_what_begins_with_a_head_or_ends_with_a_post_is_a_name(
    heads: frozenset[str], posts: frozenset[str], term: str
) -> None:
    names = ProperNames(heads, frozenset(), posts)
    assert names.matches(term) == (term.startswith(tuple(heads)) or term.endswith(tuple(posts)))
    assert not names.excluding([term]).matches(term)
