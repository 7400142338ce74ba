"""Every text has its Chinese, every Chinese is of a text, and what is compiled is the newest."""

from __future__ import annotations

import copy
import gettext
import pickle
import re
import string
from functools import cache

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from reportsearch.errors import (
    ExtractError,
    Message,
    MessageError,
    QueryError,
    pack_message,
    unpack_message,
)
from reportsearch.locale import CHINESE, ENGLISH, FIELD, PAGE, translate
from reportsearch.models.search import FIELD_NAMES
from tests.conftest import PROJECT

SOURCE = PROJECT / "src" / "reportsearch"
CATALOGUE = SOURCE / "locale" / "zh.po"


def list_error_names(kind: type[Exception] = MessageError) -> set[str]:
    """The names of all errors with a message, those of modules that are imported by need, too."""
    found = {kind.__name__}
    for child in kind.__subclasses__():
        found |= list_error_names(child)
    return found | set(re.findall(r"^class (\w+Error)\(", _read_source(), re.MULTILINE))


@cache
def _read_source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))


@cache
def extract_templates() -> frozenset[str]:
    """The English of all errors and messages."""
    keywords = dict.fromkeys({*list_error_names(), "Message"}, (1,))
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=keywords)
    return frozenset(str(message) for _, _, message, _, _ in found)


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open(encoding="utf-8") as file:
        return read_po(file, locale="zh", abort_invalid=True)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def entries() -> tuple[tuple[str, str, str], ...]:
    """Context, English and Chinese of each entry."""
    return tuple(
        (entry.context or "", str(entry.id), str(entry.string)) for entry in catalogue() if entry.id
    )


def list_texts(context: str) -> set[str]:
    return {english for where, english, _ in entries() if where == context}


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    found = {
        (where, english, compiled.pgettext(where, english) if where else compiled.gettext(english))
        for where, english, _ in entries()
    }
    assert found == set(entries()), "run python hatch_build.py"


def test_every_text_has_its_chinese_and_every_chinese_is_used() -> None:
    texts = extract_templates()
    assert len(texts) > 300
    assert texts - list_texts("") == set(), "give their Chinese in locale/zh.po"
    assert list_texts("") - texts == set(), "nothing says these"
    assert list_texts(PAGE) <= texts
    assert list_texts(FIELD) == set(FIELD_NAMES.values())


def test_a_chinese_is_chinese_and_has_no_value_that_its_english_lacks() -> None:
    for _, english, chinese in entries():
        assert holes(chinese) <= holes(english), english
        letters = re.sub(r"\{[^}]*\}", "", chinese)
        assert re.search(r"[\u4e00-\u9fff]", letters) or not re.search(r"[a-z]{4}", letters), (
            english
        )
        assert chinese, english
        assert not chinese.endswith("。"), english


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
