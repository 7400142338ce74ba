"""Word files in a single XML file, as saved by Word or by an office system that names them .doc.

There are two kinds: the concatenated parts of a .docx (from Word 2007 on, "flat"), and the format
of Word 2003, whose elements are similar to today's. Both are packed as a .docx here, for
:mod:`reportsearch.extract.docx.document` to read. LibreOffice opens the second kind, but it loses
numbers ("%0%.1、"), footnotes and inserted text.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from reportsearch.errors import ExtractError, Message

_BAD = Message("it is damaged or not a Word file; open it in WPS or Word and save it as .docx")

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_WORD_2006 = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_SMART = "{urn:schemas-microsoft-com:office:smarttags}"
_W = f"{{{_WORD_2003}}}"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE_OF_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def to_docx(data: bytes) -> bytes:
    """Convert the document to a .docx file. Raises ExtractError if it is not a Word file."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag == f"{_PACKAGE}package":
            return _zip_parts(_iter_flat_parts(root))
        if root.tag == f"{_W}wordDocument":
            return _zip_parts(_iter_2003_parts(root))
    except Exception as error:
        # A hostile file can make the library raise anything.
        raise ExtractError(_BAD) from error
    raise ExtractError(_BAD)


def _zip_parts(parts: Iterable[tuple[str, str, bytes]]) -> bytes:
    """Create a package of parts, each with its name, content type and content."""
    stream = io.BytesIO()
    types = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, kind, content in parts:
            archive.writestr(name.lstrip("/"), content)
            types.append(f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>")
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{"".join(types)}</Types>')
    return stream.getvalue()


def _serialise(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=True))


def _iter_flat_parts(root: Any) -> Iterable[tuple[str, str, bytes]]:
    for part in root.iter(f"{_PACKAGE}part"):
        content = part.find(f"{_PACKAGE}xmlData")
        yield (
            part.get(f"{_PACKAGE}name"),
            part.get(f"{_PACKAGE}contentType"),
            base64.b64decode(part.findtext(f"{_PACKAGE}binaryData", ""))
            if content is None
            else _serialise(content[0]),
        )


def _iter_2003_parts(root: Any) -> Iterable[tuple[str, str, bytes]]:
    from lxml import etree

    body = root.find(f"{_W}body")
    _accept_changes(body)
    for label in [*body.iter(f"{_W}listPr")]:
        _write_list_number(label)
    for link in body.iter(f"{_W}hlink"):
        link.tag = f"{_W}hyperlink"
    for merged in body.iter(f"{_W}vmerge"):
        merged.tag = f"{_W}vMerge"
    # Section properties contain headers and footers.
    etree.strip_elements(body, f"{_W}sectPr", with_tail=False)
    etree.strip_tags(body, f"{_HINT}*", f"{_SMART}*")
    notes = {kind: _move_notes_out(body, kind) for kind in ("footnote", "endnote")}
    document = etree.Element(f"{_W}document", nsmap={"w": _WORD_2003})
    document.append(body)
    main = ("document", "document.main", document)
    relations = ""
    for name, kind, element in (main, *((f"{n}s", f"{n}s", notes[n]) for n in notes)):
        content = _serialise(element).replace(_WORD_2003.encode(), _WORD_2006.encode())
        yield f"/word/{name}.xml", _TYPE.format(kind), content
        if name != "document":
            relations += _format_relationship(name, f"{name}.xml")
    main_relation = _format_relationship("officeDocument", "word/document.xml")
    for place, links in (("/_rels/", main_relation), ("/word/_rels/document.xml", relations)):
        written = f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'
        yield f"{place}.rels", _TYPE_OF_RELATIONS, written.encode()


def _format_relationship(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _accept_changes(body: Any) -> None:
    """Unwrap inserted content; remove deleted content, comments and bookmarks."""
    for mark in [*body.iter(f"{_AML}annotation")]:
        parent = mark.getparent()
        if mark.get(f"{_W}type") == "Word.Insertion":
            content = mark.find(f"{_AML}content")
            for child in [] if content is None else list(content):
                mark.addprevious(child)
        parent.remove(mark)


def _write_list_number(properties: Any) -> None:
    """Move a list item's number, which Word stores as a hint, into the paragraph's text."""
    hint = properties.find(f"{_HINT}t")
    of_paragraph = properties.getparent()
    paragraph = of_paragraph.getparent()
    of_paragraph.remove(properties)
    if hint is None or paragraph.tag != f"{_W}p":
        return
    run = paragraph.makeelement(f"{_W}r")
    text = run.makeelement(f"{_W}t")
    text.text = hint.get(f"{_HINT}val", "")
    run.append(text)
    of_paragraph.addnext(run)


def _move_notes_out(body: Any, kind: str) -> Any:
    """Move notes out of the text into a separate part, and leave references in their place."""
    from lxml import etree

    notes = etree.Element(f"{_W}{kind}s", nsmap={"w": _WORD_2003})
    for number, note in enumerate([*body.iter(f"{_W}{kind}")], 1):
        reference = note.makeelement(f"{_W}{kind}Reference")
        note.getparent().replace(note, reference)
        for element in (reference, note):
            element.set(f"{_W}id", str(number))
        notes.append(note)
    return notes
