from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.archive import Archive
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.tokenizer import Tokenizer, load_dictionary, load_jieba, load_rjieba
from tests.conftest import PROJECT

CHINESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("的一是在人民政府招商引资文化旅游项目工作县委会生态环境"),
        st.sampled_from("abcABC019.-%_ ，。\n㐀𠀀"),
    ),
    max_size=60,
)


def test_tokens_carry_their_place(tokenizer: Tokenizer) -> None:
    text = "推进pm2.5治理，招商引资12.5亿元"
    tokens = tokenizer.cut(text)
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [token.text for token in tokens][:2] == ["推进", "pm2.5"]
    assert "12.5" in {token.text for token in tokens}


@given(CHINESE)
def test_no_letter_or_character_is_lost_when_cutting(text: str) -> None:
    folded = fold(text)
    tokens = _shared().cut(folded)
    covered = {at for token in tokens for at in range(token.start, token.end)}
    assert {at for at, char in enumerate(folded) if char.isalnum()} <= covered
    assert [token.start for token in tokens] == sorted({token.start for token in tokens})


@given(CHINESE)
def test_every_word_of_the_cut_is_indexed(text: str) -> None:
    folded = fold(text)
    tokenizer = _shared()
    assert {token.text for token in tokenizer.cut(folded)} <= set(tokenizer.cut_for_search(folded))


def test_a_name_inside_another_word_has_no_edges(tokenizer: Tokenizer) -> None:
    assert tokenizer.find_edges("人民政府") == ({0, 2}, {2, 4})


def test_a_word_made_of_words_has_their_edges(tokenizer: Tokenizer) -> None:
    starts, ends = tokenizer.find_edges("全县旅游景区和民政局")
    assert {2, 4} <= starts
    assert {4, 6} <= ends
    assert 7 in starts
    assert 9 in ends


@pytest.fixture(scope="module")
def rust(words: Lexicon) -> Tokenizer:
    return Tokenizer(words, load_rjieba(words.words))


@pytest.fixture(scope="module")
def python(words: Lexicon) -> Tokenizer:
    return Tokenizer(words, load_jieba(words.words))


def test_jieba_and_rjieba_cut_alike(
    rust: Tokenizer, python: Tokenizer, shipped_memory: Archive
) -> None:
    """On the corpus that ships, on its traditional form's edges, and with the same user words."""
    reports = shipped_memory.reports()
    texts = [fold(passage.text) for report in reports for passage in report.passages]
    gold = (PROJECT / "tests" / "gold" / "副县长2023年履职情况的报告.json").read_text("utf-8")
    texts += [
        "abc123-45.6kg的工作",
        "㐀㐁𠀀龘龖",
        "人社局住建局文旅广电",
        *map(str, json.loads(gold)),
    ]
    assert len(texts) > 400
    for text in texts:
        assert rust.cut(text) == python.cut(text)
        assert rust.cut_for_search(text) == python.cut_for_search(text)
        assert rust.find_edges(text) == python.find_edges(text)


def test_the_user_words_are_words(rust: Tokenizer, python: Tokenizer) -> None:
    for tokenizer in (rust, python):
        assert next(token.text for token in tokenizer.cut("人社局发布公告")) == "人社局"


_TOKENIZERS: list[Tokenizer] = []


def _shared() -> Tokenizer:
    if not _TOKENIZERS:
        from reportsearch import lexicon

        _TOKENIZERS.append(Tokenizer(lexicon.load()))
    return _TOKENIZERS[0]


def test_parts_of_speech_are_those_of_the_dictionary() -> None:
    kinds = load_dictionary().tags
    assert [kinds[word] for word in ("改造", "困难", "对于", "和")] == ["v", "an", "p", "c"]
    assert "公租房" not in kinds
    assert len(kinds) > 300_000
