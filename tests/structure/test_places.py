from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.lexicon.divisions import Divisions, load_shipped
from reportsearch.models.report import Report
from reportsearch.structure import places
from reportsearch.structure.places import Place, find_places, locate, read_place
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def parsed(raw: str, name: str = "") -> Report:
    return structure.parse_report(raw, "id", WORDS, TOKENIZER, name=name)


def found(text: str, *, needs_organ: bool = True) -> list[str]:
    return [place.text for place in find_places(text, WORDS.divisions, needs_organ=needs_organ)]


@pytest.mark.parametrize(
    "text",
    [
        "我代表省人民政府向大会报告工作。",
        "2023年1月被任命为区教育局局长。",
        "我主持县政府全面工作。",
        "我负责镇党委工作。",
        "我分管团县委、县妇联。",
        "今年以来，紧紧围绕市委中心工作。",
        "在省委、省政府的正确领导下，多快好省地开展建设的各个部门。",
        "作为一名县人大代表，我认真履职。",
        "各县（市、区）政府和市直部门。",
        "城乡居民委托的事项。",
        "某乡镇政府工作报告",
        "请予审议，并请省政协委员提出意见。",
        "优化区政府服务，提请市人大审议。",
        "经济开发区政府",
        "在城区学校任教",
        "郊区2023年新建住房",
        "在矿区医院工作",
        "城区政府投资项目",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2026年上海市政府工作报告", "上海市"),
        ("受云南省人民政府委托", "云南省"),
        ("经敦煌市人大常委会任命", "敦煌市"),
        ("中共兰州市城关区委书记", "兰州市城关区"),
        ("湖南省长沙市人民政府市长", "湖南省长沙市"),
        ("重庆市长寿区人民检察院", "重庆市长寿区"),
        ("某县人民政府", "某县"),
        ("第三届XX市委员会", "XX市"),
        ("**区政府工作报告", "**区"),
        ("江南省民政厅厅长", "江南省"),
        ("和平里街道办事处主任", "和平里街道"),
        ("我调入柳林镇，担任镇长", "柳林镇"),
        ("甲县县政府办公室主任", "甲县"),
        ("红旗村党支部书记", "红旗村"),
        ("高新技术产业开发区管委会", ""),
        ("城区人民政府工作报告", "城区"),
        ("经郊区人大常委会任命", "郊区"),
        ("阳泉市矿区2023年", "阳泉市矿区"),
        ("银川市郊区人民政府", "银川市郊区"),
        ("长治市郊区人民政府", ""),
        ("中山市西区街道办事处", "中山市西区街道"),
        ("东区街道办事处主任", "东区街道"),
    ],
)
def test_a_place_that_an_organ_or_a_post_follows(text: str, place: str) -> None:
    assert found(text)[:1] == ([place] if place else [])


def test_what_is_part_of_no_place_is_data() -> None:
    own = Divisions(load_shipped(), no_names=("永兴",))
    assert list(find_places("永兴镇人民政府镇长", own)) == []
    assert [place.text for place in find_places("红星镇人民政府镇长", own)] == ["红星镇"]


def test_a_place_is_looked_for_only_where_one_may_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def note(text: str, start: int, divisions: Divisions) -> Place | None:
        read.append(start)
        return read_place(text, start, divisions)

    monkeypatch.setattr(places, "read_place", note)
    opening = "一年来，坚持为民服务，扎实推进各项工作，人均收入稳步提高。" * 40
    assert found(f"{opening}我任敦煌市人民政府副市长。") == ["敦煌市"]
    assert len(read) < 5


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("香港", "省"), ("澳门特别行政区", "省"), ("香港特区", "省"), ("香港特别行政区中西区", "县"),
        ("北京市", "省"), ("内蒙古", "省"), ("兵团", "省"), ("宁夏回族自治区", "省"),
        ("恩施州", "市"), ("锡林郭勒盟", "市"), ("喀什地区", "市"), ("深圳市", "市"),
        ("上海市浦东新区", "县"), ("凯里市", "县"), ("鄂温克族自治旗", "县"), ("昌平县", "县"),
        ("酉阳自治县", "县"), ("甲市乙区", "县"), ("敦煌市青石镇", "乡"), ("乙区丙街道", "乡"),
        ("丁镇戊村", "村"), ("某开发区", ""),
    ],
)  # fmt: skip
def test_the_level_of_a_place(region: str, level: str) -> None:
    place = locate(region, WORDS.divisions)
    assert place is not None
    assert place.level == level


def test_a_string_with_other_words_is_no_place() -> None:
    assert locate("甲县政府", WORDS.divisions) is None
    assert locate("", WORDS.divisions) is None


@pytest.mark.parametrize(
    ("raw", "region", "division"),
    [
        (
            "城关区区长2023年述职报告\n兰州市城关区人民政府\n正文。",
            "兰州市城关区",
            "甘肃省兰州市城关区",
        ),
        ("敦煌市市长2023年述职报告\n正文。", "敦煌市", "甘肃省酒泉市敦煌市"),
        ("恩施州州长2023年述职报告\n正文。", "恩施土家族苗族自治州", "湖北省恩施土家族苗族自治州"),
        ("敦煌市青石镇镇长2023年述职报告\n正文。", "敦煌市青石镇", "甘肃省酒泉市敦煌市青石镇"),
        # There are five 鼓楼区; the text tells which.
        ("鼓楼区区长2023年述职报告\n正文。", "鼓楼区", None),
        ("鼓楼区区长2023年述职报告\n在福州市委的领导下开展工作。", "鼓楼区", "福建省福州市鼓楼区"),
        ("甲县县长2023年述职报告\n正文。", "甲县", None),
        ("郊区区长2023年述职报告\n正文。", "郊区", None),
        (
            "矿区教育局局长2023年述职报告\n在阳泉市委的领导下开展工作。",
            "矿区",
            "山西省阳泉市矿区",
        ),
        ("昌平县县长1995年述职报告\n正文。", "昌平县", "北京市昌平县"),
    ],
)
def test_the_whole_line_of_a_place(raw: str, region: str, division: str | None) -> None:
    info = parsed(raw).info
    assert (info.region, info.division) == (region, division)
    assert info.words["region"] in raw


@pytest.mark.parametrize(
    ("opening", "level", "words"),
    [
        ("在区委的领导下，全区发展。", "县", "区委、全区"),
        ("在市委的领导下，做好工作。", "市", "市委"),
    ],
)
def test_a_level_that_only_the_bodies_above_tell_is_inferred(
    opening: str, level: str, words: str
) -> None:
    report = parsed(f"教育局局长述职报告\n{opening}")
    assert (report.info.level, report.info.region) == (level, None)
    assert "level" in report.info.inferred
    doubt = next(one.reason for one in report.doubts if one.field == "level")
    assert words in doubt
    assert report.info.words["level"] in words.split("、")


@pytest.mark.parametrize(
    ("raw", "level", "words"),
    [
        ("敦煌市教育局局长述职报告\n正文。", "县", "敦煌市"),
        ("副镇长述职报告\n正文。", "乡", "副镇长"),
        ("市民政局局长述职报告\n正文。", "市", "市民政局局长"),
        ("某开发区管委会主任述职报告\n正文。", "县", "某开发区"),
    ],
)
def test_the_words_of_a_level_are_those_of_its_place_or_post(
    raw: str, level: str, words: str
) -> None:
    info = parsed(raw).info
    assert (info.level, info.words["level"]) == (level, words)


def test_the_level_of_a_given_post_has_no_words_of_the_text() -> None:
    given = [("sidecar", {"post": "副镇长"})]
    info = structure.parse_report(
        "副县长述职报告\n正文。", "id", WORDS, TOKENIZER, given=given
    ).info
    assert (info.level, info.origin["level"]) == ("乡", "sidecar")
    assert "level" not in info.words


@pytest.mark.parametrize("head", ["香港特区", "香港特别行政区", "澳门特别行政区"])
def test_a_special_administrative_region_is_of_a_provinces_level(head: str) -> None:
    info = parsed(f"{head}教育局局长2023年述职报告\n正文。").info
    assert (info.region, info.level) == (f"{head[:2]}特别行政区", "省")
    assert info.post == "教育局局长"


@pytest.mark.parametrize(
    ("post", "level"),
    [
        ("省教育厅厅长", "省"), ("自治区主席", "省"), ("州长", "市"), ("盟长", "市"), ("市民政局局长", "市"),
        ("旗长", "县"), ("区长", "县"), ("县检察院检察长", "县"), ("街道办事处主任", "乡"), ("副乡长", "乡"),
        ("直辖市", None),
    ],
)  # fmt: skip
def test_the_level_that_a_post_without_its_place_tells(post: str, level: str | None) -> None:
    assert parsed(f"{post}2023年述职报告\n各位代表：\n现在述职。").info.level == level
