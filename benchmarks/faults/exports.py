"""What an export promises whatever a report holds: a check raises FaultError or returns text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
from lxml import etree, html

from benchmarks.faults.outcome import FaultError

_UNSEEN = "\u00ad\ufeff" + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F))))
_UNSEEN += "".join(map(chr, range(0x2060, 0x206A)))
_SIGNS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?(?:e-?\d+)?%?")
_ACTIVE = {"script", "iframe", "object", "embed", "img", "link", "meta", "base", "form", "i9q"}
_POLICY = "Content-Security-Policy"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet that passes over invisible characters would compute."""
    shown = cell.strip().lstrip(_UNSEEN + '" \t\r\n\0\u3000')
    return shown.startswith(_SIGNS) and not _NUMBER.fullmatch(shown)


def check_csv(data: bytes) -> str:
    """Check that a table has rows of equal length, and no cell that a spreadsheet would compute."""
    text = _decode(data).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if len({len(row) for row in rows}) > 1:
        raise FaultError("rows of different lengths")
    # A spreadsheet may have been told another separator.
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in row:
                if is_formula(cell):
                    raise FaultError(f"a formula for separator {separator!r}; {cell[:60]!a}")
    return "\n".join(cell for row in rows for cell in row)


def check_docx(data: bytes) -> str:
    """Check that a Word file is whole, and has no link out of it and no field but page numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if package.testzip() is not None:
            raise FaultError("damaged")
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            tree = etree.fromstring(package.read(name), _PARSER)
            for element in tree.iter(etree.Element):
                _check_word_element(element)
    docx.Document(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"), _PARSER)
    paragraphs = tree.iter("{*}p")
    return "\n".join("".join(node.text or "" for node in one.iter("{*}t")) for one in paragraphs)


def _check_word_element(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if element.get("TargetMode") == "External":
        raise FaultError(f"a link out of the file; {element.get('Target')!a}")
    if name == "instrText" or (name == "fldSimple" and "PAGE" not in element.values()):
        raise FaultError(f"a field; {element.text!a}")


def check_html(data: bytes) -> str:
    """Check that a page loads and runs nothing, and leads nowhere."""
    tree = html.document_fromstring(_decode(data))
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        is_policy = (element.get("http-equiv") or _POLICY) == _POLICY
        if tag in _ACTIVE and not (tag == "meta" and is_policy):
            raise FaultError(f"an element {tag}")
        _check_attributes(element)
    return str(tree.text_content())


def _check_attributes(element: etree._Element) -> None:
    for name, value in element.items():
        local = etree.QName(name).localname if name.startswith("{") else str(name)
        if local.lower().startswith("on"):
            raise FaultError(f"an attribute {name}")
        if local in ("href", "src", "action") and not str(value).startswith("#"):
            raise FaultError(f"leads to {value[:60]!a}")


def check_svg(data: bytes) -> str:
    """Check that a picture is XML that runs and loads nothing."""
    tree = etree.fromstring(data, _PARSER)
    for element in tree.iter(etree.Element):
        name = etree.QName(element).localname
        if name in {"script", "foreignObject", "image", "use", "a", "i9q"}:
            raise FaultError(f"an element {name}")
        _check_attributes(element)
    return "".join(tree.itertext())


def check_json(data: bytes) -> str:
    """Check that a document is JSON of this standard; return its strings."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, Mapping):
            for one in value.values():
                collect(one)
        elif isinstance(value, list):
            for one in value:
                collect(one)

    def refuse(name: str) -> None:
        raise FaultError(f"{name} is no JSON")

    collect(json.loads(_decode(data), parse_constant=refuse))
    return "\n".join(found)


def check_markdown(data: bytes) -> str:
    """Check that a note is text without controls."""
    text = _decode(data)
    if re.search(r"[\0-\x08\x0b-\x1f\x7f]", text):
        raise FaultError("control characters")
    return text


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FaultError("not UTF-8") from error


CHECKS: dict[str, Callable[[bytes], str]] = {
    "csv": check_csv,
    "docx": check_docx,
    "html": check_html,
    "json": check_json,
    "md": check_markdown,
    "svg": check_svg,
}
"""The check of an export by the suffix of its file."""


def check_export(kind: str, data: bytes) -> str:
    """Check an export and return its text; what no parser opens raises FaultError as well."""
    try:
        return CHECKS[kind](data)
    except (etree.XMLSyntaxError, csv.Error, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise FaultError(f"cannot be opened as {kind}; {error}") from error
