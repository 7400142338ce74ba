"""The texts of the check of a draft that is not in the index."""

from __future__ import annotations

TEXTS = {
    "upload": ("查一份没有入库的稿子", "Check a draft that is not in the index"),
    "upload_only": (
        "只查，不入库，不留底。",
        "It is checked only: not added, not kept.",
    ),
    "upload_about": (
        ("可用 Word（.docx、.doc）、WPS、PDF、OFD、.txt 等文件，最大 {megabytes} MB。"
        "稿子只在本机内存里比对，不写进库，查完就没有了。"),
        ("Word (.docx, .doc), WPS, PDF, OFD, .txt and others, up to {megabytes} MB. The draft is "
        "compared in the memory of this computer, and is gone when that is done."),
    ),
    "file": ("稿子文件", "File of the draft"),
    "draft_official": ("是谁的稿子（可不填）", "Whose draft it is (optional)"),
    "draft_official_about": (
        ("填了人员，才分得清哪些是本人以前的话，也才能与其前一份报告对照。"
        "写法要与库中一致。"),
        ("With the official's name it can be told what is the official's own, and compared with "
        "the report before. Write it as the index does."),
    ),
    "draft_previous": ("同时与本人前一份报告对照", "Also compare with the official's last report"),
    "draft_as": ("结果", "Result"),
    "as_page": ("在本页显示", "On the page"),
    "as_docx": ("Word 文件", "Word file"),
    "as_html": ("可打印的网页文件", "Printable page"),
    "draft_go": ("上传并查重", "Upload and check"),
    "draft_error": ("这份稿子没能查成：", "The draft could not be checked: "),
    "no_file": ("没有选文件。请先选一个文件。", "No file was chosen. Choose one first."),
    "broken_form": (
        "上传的内容不完整。请重新选文件再传。",
        "The upload is not complete. Choose the file again.",
    ),
    "draft_of": ("稿子查重：{name}", "Reuse of the draft: {name}"),
    "draft_gone": (
        "这份稿子已经查过，结果没有留下。要再看，请重新选文件上传。",
        "This draft was checked before, and the result was not kept. Choose the file again.",
    ),
    "draft_kept": (
        ("稿子只是查了一下，没有入库，也没有留在本机，浏览器也不缓存；"
        "离开本页结果就没有了，按“后退”、刷新也回不来。"
        "要留下结果，请打印本页，或重新上传并选“Word 文件”。"),
        ("The draft was only checked: nothing of it is kept, nor does the browser store it. The "
        "result is gone when you leave this page; going back or reloading does not bring it back. "
        "To keep it print the page, or upload again and choose “Word file”."),
    ),
    "draft_unknown_official": (
        "库中没有“{official}”的报告，所以来源都算他人的。如是笔误，请改后再传。",
        ("No report of the index is of “{official}”: all sources count as those of others. If it "
        "is a slip, mend it and upload again."),
    ),
    "draft_twin": (
        "库中有一份报告与稿子几乎全同。如果就是同一份，请直接查库中的这份：",
        "A report of the index is nearly the same. If it is this very report, check it there: ",
    ),
    "draft_title": ("稿子查重", "Reuse of a draft"),
    "draft_taken_for": (
        ("没有填是谁的稿子；看开头是 {official} 的，就按库中 {official} 的稿子算。"
        "如不是，请填上人员再传。"),
        ("Whose draft it is was not told. Its first lines name {official}, so it was taken for one "
        "of that official. If that is wrong, give the official and upload again."),
    ),
    "draft_namesakes": (
        ("没有填是谁的稿子；看来是 {seems} 的稿子，库中这一职务有：{names}。"
        "是其中一位的，请填上人员再传，才分得清哪些是本人以前的话。"),
        ("Whose draft it is was not told. It seems to be of {seems}; in the index this post has: "
        "{names}. Give one of them as the official and upload again to have own text told apart."),
    ),
    "draft_seems": (
        ("没有填是谁的稿子；看来是 {seems} 的稿子。库里没有这位人员的报告，所以来源都算他人的。"
        "如不是，请填上人员再传。"),
        ("Whose draft it is was not told. It seems to be of {seems}, of whom the index has no "
        "report: all sources count as those of others. If that is wrong, give the official and "
        "upload again."),
    ),
    "draft_no_earlier": (
        "库里没有 {official} 更早的报告，所以没有与前一份报告对照。",
        "The index has no earlier report of {official}: there is none to compare with.",
    ),
    "draft_again": ("再查一份稿子", "Check another draft"),
    "draft_parts": ("本页内容", "On this page"),
    "draft_no_previous": (
        "没有可以对照的前一份报告。请填上人员姓名（与库中一致）再传。",
        ("There is no report before to compare with. Give the official as the index has it, and "
        "upload again."),
    ),
    "draft_unknown_own": (
        ("没有填是谁的稿子，也没有认出来，所以下面的来源都算他人的。想把本人以前的话分开算，"
        "请再传一次并填上人员。"),
        ("Whose draft it is was not told or recognised, so all sources count as those of others. "
        "Upload it again with the official to have the official's own text told apart."),
    ),
}  # fmt: skip
"""Name -> (Chinese, English)."""
