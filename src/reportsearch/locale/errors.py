"""What the page says when something cannot be done: what it is, and what to do."""

from __future__ import annotations

TEXTS = {
    "wrong": ("没能办成", "That did not work"),
    "missing": ("没有这一页", "There is no such page"),
    "missing_how": (
        "地址可能不完整，报告也可能已从库中移除。请从检索重新进入。",
        "The address may be incomplete, or the report was removed. Start from the search.",
    ),
    "forbidden": ("不接受这个请求", "This request is not accepted"),
    "forbidden_how": (
        "请求不是从本页发出的，或本页已过期。请回到本页刷新后再试。",
        "It does not come from this page, or the page is too old. Reload the page and try again.",
    ),
    "host": (
        "这个地址不在允许之列。请用启动时显示的地址打开。",
        "This address is not allowed. Open the one that was shown at the start.",
    ),
    "token": (
        "需要口令。请用启动时显示的完整地址打开。",
        "A token is needed. Open the full address that was shown at the start.",
    ),
    "too_large": (
        "内容太大，最多 {megabytes} MB。请分几次来。",
        "This is too large, the most is {megabytes} MB. Send it in parts.",
    ),
    "method": ("这一页不接受这种请求", "This page does not take such a request"),
    "internal": ("程序出错", "The program failed"),
    "internal_how": (
        "请把启动窗口里显示的错误告诉维护者。库中内容没有改动。",
        "Please report the error in the window where it was started. The index is unchanged.",
    ),
    "back": ("回到检索", "Back to the search"),
}
