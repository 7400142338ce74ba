from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reportsearch import fingerprint, lexicon
from reportsearch.errors import LexiconError
from reportsearch.lexicon import Lexicon, parse
from reportsearch.lexicon.models import Synonym
from reportsearch.normalise import fold
from tests.conftest import PROJECT


@pytest.mark.parametrize(
    ("item", "portfolio"),
    [
        ("文旅", "文旅"),
        ("文化和旅游", "文旅"),
        ("文化旅游", "文旅"),
        ("环保", "生态环境"),
        ("环境保护局", "生态环境"),
        ("卫计局", "卫健"),
        ("扶贫办", "乡村振兴"),
        ("国土资源局", "自然资源"),
        ("安监局", "应急管理"),
        ("工商局", "市场监管"),
        ("人力资源和社会保障局", "人社"),
        ("住房和城乡建设", "住建"),
        ("供销社", "供销"),
        ("招商引资", "招商引资"),
        ("文化與旅遊", "文旅"),
        ("写作", None),
        ("文化和旅遊", "文旅"),
    ],
)
def test_names_before_and_after_the_reforms_are_one_portfolio(
    words: Lexicon, item: str, portfolio: str | None
) -> None:
    assert words.find_portfolio(item) == portfolio


def test_a_combined_bureau_has_all_its_portfolios(words: Lexicon) -> None:
    assert set(words.portfolios_by_item["教育和体育局"]) == {"教育", "体育"}


def test_synonyms_are_mutual_and_no_string_is_in_two_groups(words: Lexicon) -> None:
    assert {("文化旅游",), ("文化和旅游",)} <= {s.strings for s in words.synonyms["文旅"]}
    groups = [(entry.name, *entry.same) for entry in words.portfolios]
    groups += [group.same for group in words.groups]
    for names in groups:
        for name in names:
            others = {synonym.strings for synonym in words.synonyms.get(fold(name), ())}
            assert {(fold(other),) for other in names} - {(fold(name),)} <= others
    counted = Counter(fold(name) for names in groups for name in names)
    assert [name for name, count in counted.items() if count > 1] == []


def test_a_set_stands_for_its_members_and_an_abbreviation_may_be_found_one_way(
    words: Lexicon,
) -> None:
    members = ("政治意识", "大局意识", "核心意识", "看齐意识")
    assert Synonym(members) in words.synonyms["四个意识"]
    assert "政治意识" not in words.synonyms
    assert Synonym(("国有企业",)) in words.synonyms["国企"]
    assert "国有企业" not in words.synonyms


def test_wordings_of_an_era_have_its_years(words: Lexicon) -> None:
    assert {synonym.years for synonym in words.synonyms["卫计委"]} == {(2013, 2019)}


def test_the_example_in_the_documents_is_a_word_list() -> None:
    text = (PROJECT / "docs" / "word-lists.md").read_text(encoding="utf-8")
    found = parse(text.split("```toml\n")[1].split("```")[0], "docs")
    assert found.extra_words
    assert found.stop_words
    assert found.set_phrases
    assert len(found.groups) == 3
    assert found.portfolios


def test_about_forty_portfolios_each_named_once(words: Lexicon) -> None:
    names = Counter(portfolio.name for portfolio in words.portfolios)
    assert len(names) >= 40
    assert max(names.values()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[portfolio]\nname=1", "not valid TOML"),
        ("[[portfolio]]\nsame = ['a']", "has no name"),
        ("[[portfolio]]\nname = '文旅'\nsmae = ['a']", "unknown key 'smae'"),
        ("[[portfolio]]\nname = '文旅'\nsame = 'a'", "same must be a list of strings"),
        ("set_phrases = '述职完毕'", "set_phrases must be a list of strings"),
        ("set_phrases = ['述职完毕', 4]", "set_phrases must be a list of strings"),
        ("set_phrases = ['述职完毕', ' ']", "set_phrases contains an empty string; remove it"),
        ("[set_phrases]\nsame = ['述职完毕']", "set_phrases must be a list of strings"),
        (
            "set_phrase = ['述职完毕']",
            "known: words, stop_words, set_phrases, divisions, [plans], ",
        ),
        ("[plans]\nheading = ['打算']", "[plans] has the unknown key 'heading'; known: headings, "),
        ("[plans]\nheadings = '打算'", "headings in [plans] must be a list of strings"),
        ("plans = ['打算']", "write [plans] before"),
        ("facts = ['个']", "write [facts] before"),
        ("[facts]\nmeasure = ['抱']", "[facts] has the unknown key 'measure'; known: measures, "),
        ("[facts]\nmeasures = '抱'", "measures in [facts] must be a list of strings"),
        (
            "[facts.states]\n'完' = ['建']",
            "states in [facts] must be a table of lists of verbs; known: 谋划",
        ),
        ("[facts.states]\n'建成' = '建'", "建成 in [facts.states] must be a list of strings"),
        ("[facts]\nsame = ['甲']", "write [[same]] before each same"),
        ("[[facts.same]]\nnames = ['甲']", "requires names, a list of two or more strings"),
    ],
)
def test_a_broken_list_names_the_file_and_the_entry(text: str, said: str) -> None:
    with pytest.raises(LexiconError, match=r"mine\.toml") as error:
        parse(text, "mine.toml")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def compared(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def test_the_set_phrases_are_well_formed(words: Lexicon) -> None:
    assert len(words.set_phrases) >= 500
    counted = Counter(map(compared, words.set_phrases))
    assert [phrase for phrase, count in counted.items() if count > 1] == []
    assert [phrase for phrase in words.set_phrases if len(compared(phrase)) < 4] == []
    assert [phrase for phrase in words.set_phrases if not phrase.isprintable()] == []


def test_the_set_phrases_are_in_simplified_characters(words: Lexicon) -> None:
    traditional = [
        phrase
        for phrase in words.set_phrases
        if compared(phrase) != "".join(filter(str.isalnum, phrase))
    ]
    assert traditional == []


def test_no_set_phrase_is_a_term_of_a_portfolio(words: Lexicon) -> None:
    terms = {
        compared(term)
        for entry in words.portfolios
        for term in (entry.name, *entry.same, *entry.names, *entry.departments, *entry.words)
    }
    assert [phrase for phrase in words.set_phrases if compared(phrase) in terms] == []


def test_the_set_phrases_of_a_user_come_after_those_of_the_file(
    words: Lexicon, tmp_path: Path
) -> None:
    mine = tmp_path / "reportsearch.toml"
    mine.write_text("set_phrases = ['奋进新甲县！', '以上，述职完毕']\n", encoding="utf-8")
    found = lexicon.load(mine)
    assert found.set_phrases == (*words.set_phrases, "奋进新甲县！", "以上，述职完毕")
    assert {"以上报告，请予审议", "增强“四个意识”、坚定“四个自信”、做到“两个维护”"} <= set(
        words.set_phrases
    )


def test_set_phrases_do_not_decide_how_a_report_is_read(words: Lexicon, tmp_path: Path) -> None:
    mine = tmp_path / "reportsearch.toml"
    mine.write_text("set_phrases = ['奋进新甲县！']\n", encoding="utf-8")
    assert fingerprint.dump_vocabulary(lexicon.load(mine)) == fingerprint.dump_vocabulary(words)


def test_a_verb_has_one_state_and_a_users_state_counts(tmp_path: Path, words: Lexicon) -> None:
    verbs = [verb for _, known in words.facts.states for verb in known]
    assert [verb for verb, count in Counter(verbs).items() if count > 1] == []
    own = tmp_path / "mine.toml"
    own.write_text("[facts.states]\n'停滞' = ['封停', '开放']", encoding="utf-8")
    states = dict(lexicon.load(own).facts.states)
    assert {"封停", "开放"} <= set(states["停滞"])
    assert "开放" not in states["建成"]
    assert "开放" in dict(words.facts.states)["建成"]


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("副县长", "县市政府副职"),
        ("常务副县长", "县市政府副职"),
        ("县委常委、副市长", "县市政府副职"),
        ("县长", "县市政府正职"),
        ("代县长", "县市政府正职"),
        ("戊镇镇长", "乡镇街道正职"),
        ("副镇长", "乡镇街道副职"),
        ("教育和体育局局长", "部门正职"),
        ("教育局副局长", "部门副职"),
        ("发展和改革委员会主任", "部门正职"),
        ("总工程师", None),
        (None, None),
    ],
)
def test_a_post_is_of_one_set_of_like_posts(
    words: Lexicon, post: str | None, name: str | None
) -> None:
    sets = [one.name for one in words.posts if post and one.contains(post)]
    assert sets == ([name] if name else [])
    found = words.find_post_set(post)
    assert (found.name if found else None) == name


def test_a_user_adds_posts_to_a_set_and_makes_others(tmp_path: Path) -> None:
    file = tmp_path / "reportsearch.toml"
    file.write_text(
        '[[posts]]\nname = "县市政府副职"\nendings = ["县长助理"]\n'
        '[[posts]]\nname = "总师"\nendings = ["总工程师"]\n',
        encoding="utf-8",
    )
    words = lexicon.load(file)
    for post, name in (
        ("县长助理", "县市政府副职"),
        ("副县长", "县市政府副职"),
        ("总工程师", "总师"),
    ):
        found = words.find_post_set(post)
        assert found is not None
        assert found.name == name
    file.write_text('[[posts]]\nname = "总师"\n', encoding="utf-8")
    with pytest.raises(LexiconError, match="endings is empty"):
        lexicon.load(file)


def test_the_words_of_metadata_are_read_from_the_file_and_kept_with_a_users(tmp_path: Path) -> None:
    file = tmp_path / "reportsearch.toml"
    file.write_text('words = ["米商返乡"]', encoding="utf-8")
    for words in (lexicon.load(), lexicon.load(file)):
        assert "代表" in words.metadata.no_places
        assert "主任" in words.metadata.no_names
        assert "全县" in words.metadata.county
