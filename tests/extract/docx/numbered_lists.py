"""Lists of a Word file as XML, and the labels that they give to paragraphs."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reportsearch.extract.docx.numbering import Numbering

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parse_element(tag: str, inner: str) -> Any:
    return etree.fromstring(f'<w:{tag} xmlns:w="{_NAMESPACE}">{inner}</w:{tag}>')


def level_xml(
    ilvl: int, text: str, form: str = "chineseCountingThousand", more: str = "", start: str = "1"
) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract_list(*parts: str, key: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(parts)}</w:abstractNum>'


def list_xml(key: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def restart_at(ilvl: int, start: int) -> str:
    override = f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{ilvl}">{override}</w:lvlOverride>'


def style_xml(name: str, numbering: str = "", based_on: str = "", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    properties = f"<w:pPr><w:numPr>{numbering}</w:numPr></w:pPr>" if numbering else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}"{more}>{base}{properties}</w:style>'


def num_id(value: object) -> str:
    return f'<w:numId w:val="{value}"/>'


def ilvl_xml(value: object) -> str:
    return f'<w:ilvl w:val="{value}"/>'


def in_list(number: int, ilvl: int = 0) -> str:
    return f"<w:numPr>{ilvl_xml(ilvl)}{num_id(number)}</w:numPr>"


def with_style(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'


def labels_of(lists: str, *paragraphs: str, styles: str = "") -> list[str]:
    """The labels of paragraphs with these properties, without the gaps after them."""
    numbering = Numbering(parse_element("numbering", lists), parse_element("styles", styles))
    found = [
        numbering.format_next_label(parse_element("p", f"<w:pPr>{inner}</w:pPr>"))
        for inner in paragraphs
    ]
    return [label.strip() for label in found]


REPORT = abstract_list(
    level_xml(0, "%1、"), level_xml(1, "（%2）"), level_xml(2, "%3.", "decimal")
) + list_xml(1)

SECTION, PART, POINT = in_list(1, 0), in_list(1, 1), in_list(1, 2)
