"""What the page of similar passages says."""

from __future__ import annotations

TEXTS = {
    "title": ("找相近", "Similar passages"),
    "title_of": ("与“{start}”相近的段落", "Passages similar to “{start}”"),
    "lead": (
        "粘贴一段或几段文字，看库里哪些段落和它相近、哪些字句相同。文字不会存入库中。",
        (
            "Paste a paragraph or several: see which passages of the index are like it, and what "
            "they share. The text is not added to the index."
        ),
    ),
    "text": ("要比对的文字", "Text to compare"),
    "find": ("找相近段落", "Find similar passages"),
    "limits": (
        "可以粘贴几段，每段分别比对，最多 {most} 字。整篇稿子请用“查重”。",
        (
            "Several paragraphs are compared one by one, {most} characters at most. For a whole "
            "draft use Reuse."
        ),
    ),
    "to_reuse": ("上传整篇稿子查重", "Check a whole draft for reuse"),
    "where": ("只在这些报告里找", "Look only in"),
    "any": ("不限", "any"),
    "own": ("也找本报告的其他段落", "Include passages of the same report"),
    "again": ("按条件再找", "Apply"),
    "asked": ("要比对的段落", "The passage"),
    "asked_part": ("第 {number} 段文字", "Paragraph {number}"),
    "another": ("比对另一段文字", "Compare another text"),
    "nothing": (
        "没有可比对的文字。请粘贴至少一句话，再点“找相近段落”。",
        "There is nothing to compare. Paste a sentence or more, and try again.",
    ),
    "cut": (
        "下面只留了开头 {most} 字。",
        "Only the first {most} characters are kept below.",
    ),
    "far_too_long": (
        "文字太长，这里最多 {most} 字。请分几次粘贴，或把整篇稿子拿到“查重”里比对。",
        (
            "The text is too long, the most is {most} characters. Paste it in parts, or check the "
            "whole draft under Reuse."
        ),
    ),
    "too_long": (
        "文字有 {chars} 字，这里最多 {most} 字。请分几次粘贴，或把整篇稿子拿到“查重”里比对。",
        (
            "The text has {chars} characters, the most is {most}. Paste it in parts, or check the "
            "whole draft under Reuse."
        ),
    ),
    "short": (
        "这段文字很短，找到的只能参考。粘贴一整句或一整段会更准。",
        "This text is very short, so what is found says little. Paste a sentence or a paragraph.",
    ),
    "no_passage": (
        "地址里的段落不对；请从报告里点“找相近”",
        "the address names no passage; start from one of a report",
    ),
    "compared": ("比对了 {number} 段。", "Passages compared: {number}."),
    "none_compared": (
        "符合条件的报告里没有可比对的段落。去掉一些条件，或先添加报告。",
        "There is no passage to compare it with. Remove filters, or add reports.",
    ),
    "none": (
        "没有相近的段落。换长一些的文字，或去掉条件再试。",
        "No passage is like it. Try a longer text, or remove the filters.",
    ),
    "hits": ("相近的段落", "Similar passages"),
    "score": ("用词相近 {score}（1 是完全一样）", "similarity {score} (1: the same)"),
    "coverage": (
        "要比对的文字有 {share} 的字在这一段里原样出现",
        "{share} of the text stands here as it is",
    ),
    "here": ("要比对的文字", "The text"),
    "there": ("库中的段落", "In the index"),
    "only_words": (
        "另有 {number} 段只是用词相近，没有连续四字以上相同",
        "Further passages that share words, but no run of four characters: {number}",
    ),
    "nothing_shared": (
        "没有一段和它有连续四字以上相同的文字。用词最接近的是：",
        "No passage shares a run of four characters with it. The nearest in their words:",
    ),
    "about_score": (
        (
            "按用词相近排列，最像的在前。下划线标出两边都有的字句：实线是一字不差"
            "（连续 4 字以上），虚线是中间只改动、增删了几个字，点线是许多报告都有的套话。"
        ),
        (
            "The likest in words come first. Underlined is what both have: solid the same in a row "
            "(4 characters or more), dashed small edits between, dotted what many reports say."
        ),
    ),
    "not_kept": (
        "文字较长，这一页没有固定地址；要留存请打印或另存网页。",
        "The text is long, so this page has no permanent address; print or save it to keep it.",
    ),
}
