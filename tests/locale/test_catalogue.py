"""Every text has its Chinese, every Chinese is of a text, and what is compiled is the newest."""

from __future__ import annotations

import argparse
import ast
import copy
import pickle
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from hatch_build import CATALOGUE, format_compiled
from scripts.update_catalogue import (
    ARGPARSE,
    ARGPARSE_SINCE_3_13,
    SOURCE,
    build_catalogue,
    extract_texts,
    format_catalogue,
    read_catalogue,
)

from reportsearch.errors import (
    ExtractError,
    Message,
    QueryError,
    join_messages,
    list_fields,
    pack_message,
    unpack_message,
)
from reportsearch.locale import CHINESE, ENGLISH, QUERY, Translator, translate
from reportsearch.models.search import FIELD_NAMES


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def entries() -> tuple[tuple[str, str], ...]:
    """English and Chinese of each entry; of a plural, the English of several."""
    ids = [(entry.id, entry.string) for entry in read_catalogue() if entry.id]
    return tuple(
        (english, str(chinese)) if isinstance(english, str) else (english[1], (chinese or [""])[0])
        for english, chinese in ids
    )


def test_every_text_is_in_the_catalogue_and_every_entry_is_used() -> None:
    assert len(extract_texts()) > 300
    updated = format_catalogue(build_catalogue(read_catalogue()))
    assert updated == CATALOGUE.read_bytes(), "run make catalogue"


def literals(call: ast.Call, number: int) -> tuple[str, ...]:
    """The first arguments of a call, if they are texts."""
    found = [one.value for one in call.args[:number] if isinstance(one, ast.Constant)]
    return tuple(map(str, found)) if len(found) == number else ()


def iter_calls() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The context and text of each call of a Translator t with a text as it stands there."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("t") | ast.Attribute(attr="t")) if text := literals(
                    node, 1
                ):
                    yield "", text[0]
                case ast.Call(func=ast.Attribute(ast.Name("t"), "ngettext")):
                    yield "", literals(node, 2)
                case ast.Call(func=ast.Attribute(ast.Name("t"), "pgettext")) if two := literals(
                    node, 2
                ):
                    yield two[0], two[1]


def test_no_call_is_overlooked() -> None:
    # In an f-string, for example, or with t among the values of another call.
    keys = re.compile(r"([a-z_]+\.[a-z_0-9]+)+")
    found = {(context, text) for context, text in iter_calls() if not keys.fullmatch(str(text))}
    assert found <= set(extract_texts())


def test_argparse_says_what_is_listed() -> None:
    source = Path(argparse.__file__).read_bytes()
    said = {text for _, text, _, _ in extract("python", BytesIO(source))}
    assert set(ARGPARSE) <= said
    assert sys.version_info < (3, 13) or set(ARGPARSE_SINCE_3_13) <= said


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    assert format_compiled() == CATALOGUE.with_suffix(".mo").read_bytes(), "run make catalogue"


def test_a_chinese_is_chinese_and_has_no_value_that_its_english_lacks() -> None:
    for english, chinese in entries():
        assert chinese, f"give the Chinese of {english!r} in locale/zh.po"
        assert holes(chinese) <= holes(english), english
        letters = re.sub(r"\{[^}]*\}|%\([^)]*\)[rs]", "", chinese)
        assert re.search(r"[\u4e00-\u9fff]", letters) or not re.search(r"[a-z]{4}", letters), (
            english
        )
        assert not chinese.endswith("。") or english.endswith("."), english


def test_a_message_is_english_and_is_said_in_chinese_with_its_values() -> None:
    message = Message("the file is empty")
    assert message == translate(ENGLISH, message) == "the file is empty"
    assert re.search(r"[\u4e00-\u9fff]", translate(CHINESE, message))
    nested = ExtractError(
        "{path}: {error}", path="稿.docx", error=ExtractError("the file is empty")
    )
    assert str(nested) == "稿.docx: the file is empty"
    said = translate(CHINESE, nested.message)
    assert said.startswith("稿.docx")
    assert not re.search("[a-z]{5}", said)
    # What is no message stays as it is.
    assert translate(CHINESE, "something new happened") == "something new happened"


def test_braces_in_a_value_are_no_template() -> None:
    error = QueryError(
        "no field is called {name}; the fields are: {valid}", name="{x}", valid="{0}"
    )
    assert str(error) == "no field is called {x}; the fields are: {0}"
    assert "{x}" in translate(CHINESE, error.message)


def test_a_message_keeps_its_template_wherever_it_is_carried() -> None:
    inner = Message("the file no longer exists; run index again")
    outer = Message("{name}: {reason}", name="甲", reason=inner)
    pickled = pickle.loads(pickle.dumps(outer))  # noqa: S301
    for carried in (copy.deepcopy(outer), pickled, unpack_message(pack_message(outer))):
        assert carried == outer
        assert isinstance(carried, Message)
        assert translate(CHINESE, carried) == translate(CHINESE, outer)
    assert unpack_message(pack_message("no message")) == "no message"


def test_names_of_fields_are_those_of_the_query_language() -> None:
    t = Translator(CHINESE)
    assert {t.pgettext(QUERY, name): name for name in FIELD_NAMES.values()} == {
        name: field for name, field in FIELD_NAMES.items() if not name.isascii()
    }


def test_joined_messages_are_translated_one_by_one() -> None:
    fields = list_fields(("year", "post"))
    assert fields == "year, post"
    assert translate(CHINESE, fields) == "年份、职务"
    condition = join_messages((Message("year", context=QUERY), ":", "{x}"))
    assert condition == "year:{x}"
    assert translate(CHINESE, condition) == "年份:{x}"
    assert translate(CHINESE, join_messages(())) == ""


def test_a_translator_takes_texts_by_their_english() -> None:
    text = "{path}: {error}"
    assert Translator(ENGLISH)(text, path="稿.docx", error="x") == "稿.docx: x"
    assert Translator(CHINESE)(text, path="稿.docx", error="x") == "稿.docx：x"
    assert Translator(CHINESE).pgettext("field", "level") == "级别"
    assert Translator(ENGLISH).pgettext("field", "level") == "level"
    two = ("{number} report", "{number} reports")
    assert [Translator(ENGLISH).ngettext(*two, number) for number in (1, 2)] == [
        "1 report",
        "2 reports",
    ]
