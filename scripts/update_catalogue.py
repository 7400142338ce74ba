"""Bring ``locale/zh.po`` up to date with the texts of the program, and compile it.

    make catalogue

A new text gets an empty translation, for people to fill in; what nothing says any more goes.
Entries are sorted by file. Texts are found where they are written: in errors, in ``Message`` and in
the calls of a ``Translator``, in Python and in the templates of pages. Those that argparse itself
says are in the lists below, since they differ a little between versions of Python; a test compares
the lists with the argparse at hand.
"""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stderr
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from hatch_build import CATALOGUE, compile_catalogue

from reportsearch.cli.help_texts import ARGPARSE as ARGPARSE_CONTEXT
from reportsearch.errors import MessageError
from reportsearch.locale import FIELD, PAGE, QUERY
from reportsearch.locale.columns import CELLS, COLUMN, COLUMNS, ENDINGS
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.report import EXCLUDE_COLUMN
from reportsearch.models.search import FIELD_NAMES

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "src" / "reportsearch"
HEADER = """\
# The Chinese of the texts of reportsearch; make catalogue brings it up to date.
msgid ""
msgstr ""
"Language: zh\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "argument %(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "ignored explicit argument %r",
    "expected one argument",
    "expected at least one argument",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "%(prog)s: error: %(message)s\n",
)
"""What argparse says to a user of the command line."""
ARGPARSE_SINCE_3_13 = ("%(heading)s:",)
Id = str | tuple[str, ...] | list[str]
Key = tuple[str, Id]
"""The context of a text, or "", and its English, or that of one and of several."""


def list_error_names(kind: type[Exception] = MessageError) -> set[str]:
    """List the names of all errors with a message, also of modules that are imported by need."""
    found = {kind.__name__}
    for child in kind.__subclasses__():
        found |= list_error_names(child)
    sources = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return found.union(
        *(re.findall(r"^class (\w+Error)\(", source, re.MULTILINE) for source in sources)
    )


@cache
def extract_texts() -> dict[Key, tuple[str, ...]]:
    """Find the texts of the program, and the files that say them."""
    keywords = DEFAULT_KEYWORDS | dict.fromkeys({*list_error_names(), "Message", "t"}, None)
    found: dict[Key, set[str]] = {}
    # Babel warns of each f-string among the values, too; a test finds those that should be texts.
    with redirect_stderr(StringIO()):
        extracted = list(
            extract_from_dir(
                SOURCE, [("**.py", "python"), ("**.html", "jinja2")], keywords=keywords
            )
        )
    for name, _, text, _, context in extracted:
        place = (SOURCE / name).relative_to(PROJECT).as_posix()
        found.setdefault((context or "", text), set()).add(place)
    place = "src/reportsearch/models/search.py"
    for field in FIELD_NAMES.values():
        found[QUERY, field] = {place}
    # Sorted, since the order is that of the file.
    for field in sorted({*FIELD_NAMES.values(), *GROUPING_FIELDS, "id", "person", EXCLUDE_COLUMN}):
        found[FIELD, field] = {place}
    for column in (*COLUMNS, *ENDINGS):
        found[COLUMN, column] = {"src/reportsearch/locale/columns.py"}
    for cell_context, words in CELLS.items():
        for word in words:
            found[cell_context, word] = {"src/reportsearch/locale/columns.py"}
    for text in (*ARGPARSE, *ARGPARSE_SINCE_3_13):
        found[ARGPARSE_CONTEXT, text] = {"src/reportsearch/cli/help_texts.py"}
    return {key: tuple(sorted(places)) for key, places in found.items()}


def read_catalogue() -> Catalog:
    """Read the catalogue. Raises babel.messages.pofile.PoFileError."""
    with CATALOGUE.open(encoding="utf-8") as file:
        return read_po(file, locale="zh", abort_invalid=True)


def build_catalogue(old: Catalog) -> Catalog:
    """Return the texts of the program with their translations in ``old``."""
    new = Catalog(locale="zh")
    texts = dict(extract_texts())
    # On the page some messages have another remedy than on the command line.
    for entry in old:
        if entry.id and entry.string and entry.context == PAGE and ("", entry.id) in texts:
            texts[PAGE, entry.id] = texts["", entry.id]
    for (context, text), places in texts.items():
        known = old.get(text if isinstance(text, str) else text[0], context or None)
        new.add(
            text,
            known.string if known and isinstance(known.id, str) == isinstance(text, str) else None,
            [(place, 0) for place in places],
            context=context or None,
        )
    return new


def format_catalogue(catalogue: Catalog) -> bytes:
    """Return the file of a catalogue, sorted by the files of its texts."""
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_by_file=True, omit_header=True, include_lineno=False)
    # Babel's own header has the date.
    return HEADER.encode() + file.getvalue()


def main() -> None:
    """Write and compile the catalogue; name the texts without a translation."""
    CATALOGUE.write_bytes(format_catalogue(build_catalogue(read_catalogue())))
    compile_catalogue()
    for entry in read_catalogue():
        if entry.id and not any(entry.string or ()):
            sys.stdout.write(f"no Chinese: {entry.id!r}\n")


if __name__ == "__main__":
    main()
