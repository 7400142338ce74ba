"""What the page says while an analysis goes on."""

from __future__ import annotations

TEXTS = {
    "working": ("正在计算：", "Working out: "),
    "summary": ("报告摘要", "Summary of a report"),
    "facts": ("报告里的数据", "Facts of a report"),
    "query": ("检索式", "Query"),
    "by": ("分组", "Groups"),
    "values": ("各组", "Groups named"),
    "term": ("词语", "Terms"),
    "topics": ("主题", "Topics"),
    "chars": ("字数", "Characters"),
    "min_chars": ("最少连续相同字数", "Fewest characters in a row"),
    "passage": ("段落", "Passage"),
    "stage": ("{stage}。", "{stage}."),
    "stage_of": ("{stage}：{done} / {total}。", "{stage}: {done} of {total}."),
    "queued": (
        "排队中，前面还有 {number} 项计算。",
        "Waiting; analyses before this one: {number}.",
    ),
    "so_far": ("已用 {seconds} 秒。", "Seconds so far: {seconds}."),
    "hint": (
        (
            "本页每秒自动更新，算完就在这里显示结果；可以先去做别的，之后再打开这个地址。"
            "算过一次，库不变就不用再算。"
        ),
        (
            "This page renews itself every second and then shows the answer; you can do something "
            "else and come back to this address. What was worked out is kept until the index "
            "changes."
        ),
    ),
    "refresh": ("现在刷新", "Renew now"),
    "stop": ("停止计算", "Stop"),
    "called_off": ("已停止计算", "Stopped"),
    "called_off_how": (
        "没有结果，库中内容没有改动。",
        "There is no answer; the index is unchanged.",
    ),
    "not_there": ("没有这项计算", "There is no such work"),
    "not_there_how": ("可能已经算完，或已停止。", "It may be done, or was stopped before."),
    "again": (
        "打开原来的地址（没有算完的会重新计算）",
        "Open the address again (works it out anew)",
    ),
}
STAGES: dict[str, tuple[str, str]] = {
    "reading the reports": ("正在读报告", "Reading the reports"),
    "reading the facts": ("正在读数据", "Reading the facts"),
    "counting words": ("正在统计词语", "Counting words"),
    "counting terms": ("正在统计用词", "Counting terms"),
    "looking for terms": ("正在找关键词", "Looking for terms"),
    "looking for the terms": ("正在找所问的词", "Looking for the terms"),
    "looking for formulae": ("正在找套话", "Looking for formulae"),
    "looking for topics": ("正在找主题", "Looking for topics"),
    "looking for examples": ("正在找例句", "Looking for examples"),
    "weighing": ("正在计算权重", "Weighing"),
    "weighing numbers of topics": ("正在比较主题个数", "Weighing numbers of topics"),
    "comparing": ("正在比对", "Comparing"),
    "choosing": ("正在挑选句子", "Choosing"),
    "writing the method note": ("正在写方法说明", "Writing the method note"),
}
"""What the archive tells of its progress, in Chinese and English."""
