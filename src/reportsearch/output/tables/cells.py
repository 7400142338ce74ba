"""Names and shares in columns of a table, by the width that they have on a terminal."""

from __future__ import annotations

from reportsearch.output.terminal import replace_control_chars


def pad_text(text: str, width: int) -> str:
    """A text with blanks behind it, to so many columns."""
    from rich.cells import cell_len

    return text + " " * max(width - cell_len(text), 0)


def collapse_blanks(text: str) -> str:
    """A name without tabs and line ends."""
    return " ".join(replace_control_chars(text).split())


def truncate_text(text: str, width: int) -> str:
    """A name of at most so many columns."""
    from rich.cells import cell_len, set_cell_size

    text = collapse_blanks(text)
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def format_bar(share: float, width: int) -> str:
    """A share as a bar; what is there is seen."""
    return "=" * max(round(share * width), 1) if share else ""
