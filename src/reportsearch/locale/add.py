"""Adding files, correcting what was recognised, removing reports."""

from __future__ import annotations

TEXTS = {
    "title": ("添加报告", "Add reports"),
    "intro": (
        (
            "选好文件，按“添加并读入”。Word、WPS、PDF、网页、纯文本都可以；原件不动，副本存在"
            "下面的文件夹里。"
        ),
        (
            "Choose files and press “Add and read”. Word, WPS, PDF, web pages and plain text "
            "will do. The originals stay as they are; copies are kept in the folder below."
        ),
    ),
    "only_check": ("只想查一查、不入库？", "Only to check it, without adding it? "),
    "to_reuse": ("到“查重”上传稿子", "Upload the draft under Reuse"),
    "files": (
        "文件（可多选，也可拖到这里）",
        "Files (several at once; they can be dropped here)",
    ),
    "folder": ("整个文件夹", "A whole folder"),
    "folder_hint": (
        "连同下级文件夹一起添加。浏览器不支持时，请用上面一栏多选文件。",
        "With all folders in it. If your browser cannot do this, choose several files above.",
    ),
    "send": ("添加并读入", "Add and read"),
    "limits": (
        (
            "一次最多 {files} 个文件、{megabytes} MB。更多的请直接放进文件夹 {folder}，再按“"
            "重读文件夹”。"
        ),
        (
            "At most {files} files and {megabytes} MB at once. Put more of them into the "
            "folder {folder} yourself, and press “Read the folder again”."
        ),
    ),
    "again": ("重读文件夹", "Read the folder again"),
    "again_hint": (
        "在文件夹 {folder} 里自己放入、改过文件后，按这里让库跟上。没有变的不会重读。",
        (
            "After you have put files into {folder} or changed some there. What has not "
            "changed is not read again."
        ),
    ),
    "prune": (
        "文件已从文件夹删掉的报告，也从库中去掉",
        "Also drop reports whose file is gone from the folder",
    ),
    "more": ("已在库中的报告", "Reports in the index"),
    "list": ("报告清单：更正、移除（{reports} 份）", "All reports: correct, remove ({reports})"),
    "list_title": ("报告清单", "All reports"),
    "excluded": ("已移除的报告：可以恢复", "Removed reports: can be restored"),
    "going": ("正在读入另一批文件。", "Other files are being read now."),
    "see_run": ("看读入进度", "See how far it is"),
    "nothing": (
        "没有选文件。请回到“添加”，先选文件或文件夹。",
        "No file was chosen. Go back to “Add” and choose files or a folder first.",
    ),
    "busy": (
        "正在读入另一批文件，这一批没有存下。请等它完成后再添加。",
        (
            "Other files are being read, and these were not kept. Wait until that is done, "
            "then add them."
        ),
    ),
    "busy_elsewhere": (
        (
            "库正在被写入（另一批文件，或另一个窗口里的程序）。请等它完成后再试；已存下的文件"
            "不用再传，按“重读文件夹”即可。"
        ),
        (
            "The index is being written: other files are being read, or another program is "
            "at it. Wait until that is done and try again. Files that are kept need not be "
            "sent again: press “Read the folder again”."
        ),
    ),
    "not_taken": (
        (
            "这次传来的内容没法接收：文件超过 {files} 个，或传送中断。请分批添加，或把文件直"
            "接放进文件夹 {folder}，再按“重读文件夹”。"
        ),
        (
            "This cannot be taken: more than {files} files, or it was broken off. Send it in "
            "parts, or put the files into the folder {folder} and press “Read the folder "
            "again”."
        ),
    ),
    "no_run": ("没有这次读入的记录", "There is no record of this run"),
    "no_run_how": (
        "程序重新启动后，以前的记录就没有了；报告都在。请看“添加”里的报告清单。",
        (
            "Records are gone when the program is started anew; the reports are there. See "
            "the list of all reports under “Add”."
        ),
    ),
    "failed_run": ("没有读成", "The reading failed"),
    "running": ("正在读入", "Reading"),
    "running_hint": (
        "本页每秒自动刷新。可以离开，读入不会中断；读完之前，其他页面仍是原来的内容。",
        (
            "This page renews itself every second. You can leave it; the reading goes on. "
            "Until it is done the other pages show what was there before."
        ),
    ),
    "refresh": ("现在刷新", "Renew now"),
    "so_far": ("已读 {done} KB，共 {total} KB", "{done} KB of {total} KB"),
    "starting": ("正在清点文件", "Counting the files"),
    "writing": ("正在写入库", "Writing the index"),
    "page_of": ("{name}，第 {page} 页，共 {pages} 页", "{name}, page {page} of {pages}"),
    "now": ("正在读：", "Now: "),
    "done": ("读入完成", "Done"),
    "sent": (
        (
            "这次传来 {sent} 个文件：读入 {read} 个，没能读 {dropped} 个，早已有 {same} 个，"
            "不是报告 {passed} 个。"
        ),
        (
            "Files sent: {sent}; read: {read}, could not be read: {dropped}, there already: "
            "{same}, no reports: {passed}."
        ),
    ),
    "counts": (
        (
            "新增 {added} 份，更新 {updated} 份，未变 {unchanged} 份，去掉 {removed} 份，没能"
            "读 {failed} 个，库中现有 {reports} 份。"
        ),
        (
            "Added: {added}, updated: {updated}, unchanged: {unchanged}, dropped: {removed}, "
            "not read: {failed}; now in the index: {reports}."
        ),
    ),
    "counts_hint": (
        "数的是整个文件夹，包括以前添加的。",
        "These count the whole folder, with what was added before.",
    ),
    "same": ("早已有的文件", "Files that were there already"),
    "same_hint": (
        "文件夹里已有内容一样的，没有重复存。",
        "The folder has them with the same content; they were not kept twice.",
    ),
    "passed_over": ("没有存下的文件", "Files that were not kept"),
    "passed_over_hint": (
        "隐藏文件、README、metadata.csv 不是报告。",
        "Hidden files, README and metadata.csv are no reports.",
    ),
    "failures": ("没能读的文件", "Files that could not be read"),
    "file": ("文件", "File"),
    "reason": ("原因和办法", "Reason and remedy"),
    "dropped": ("副本没有留下。", "The copy was not kept."),
    "unsure": ("请核对", "Please check"),
    "field": ("项目", "Field"),
    "recognised": ("读出的内容", "What was recognised"),
    "recognised_hint": (
        "有不对的，点“更正”。更正会一直保留，重新读入也不会丢。",
        (
            "Where something is wrong, follow “Correct”. Corrections are kept, also when "
            "everything is read again."
        ),
    ),
    "correct": ("更正", "Correct"),
    "correct_of": ("更正：{title}", "Correct: {title}"),
    "remove_of": ("移除：{title}", "Remove: {title}"),
    "remove": ("移除", "Remove"),
    "open": ("打开", "Open"),
    "add_more": ("继续添加", "Add more"),
    "and_more": (
        "只列出前 {shown} 项，共 {number} 项。",
        "The first {shown} of {number} are listed.",
    ),
    "left_out": (
        "这些报告以前移除过，所以没有读入。要恢复，请到“已移除的报告”",
        "These were removed before, so they were not read. Restore them under “Removed reports”",
    ),
    "find": ("按标题或文件名找", "Find by title or file name"),
    "range": ("第 {first}—{last} 份，共 {number} 份", "{first}–{last} of {number}"),
    "none_found": ("没有标题或文件名含这些字的报告。", "No title or file name holds this."),
    "form_hint": (
        (
            "改好后按“保存”。清空“手工更正”的一项，就恢复为正文里读出的内容。保存在报告所在文"
            "件夹的 metadata.csv 里，原件不动。"
        ),
        (
            "Change what is wrong and press “Save”. Empty a field that was corrected by "
            "hand, and what the text says holds again. It is kept in the metadata.csv of the "
            "report's folder; the file of the report stays as it is."
        ),
    ),
    "from_text": ("读自正文", "from the text"),
    "from_name": ("读自文件名", "from the file's name"),
    "from_sidecar": ("手工更正", "corrected by hand"),
    "from_row": ("读自表格的行", "from its row"),
    "from_none": ("未读出", "not recognised"),
    "doubt": ("存疑：", "Unsure: "),
    "about_official": (
        "同一人的报告写成一样，才能与本人往年对照，例如：{example}",
        (
            "Write it the same in all reports of a person, so that they can be set against "
            "each other, for example: {example}"
        ),
    ),
    "give_official": ("填人员", "Give the official"),
    "written_about": ("正文写到的领域", "Portfolios in the text"),
    "about_year": ("报告所述的年份，如 2023。", "The year that is reported on, as 2023."),
    "about_date": ("如 2024-01-05。", "As 2024-01-05."),
    "wrong_year": (
        "年份要写成四位数字，如 2023。没有保存。",
        "A year is written as 2023. Nothing was saved.",
    ),
    "wrong_date": (
        "日期要写成 2024-01-05。没有保存。",
        "A date is written as 2024-01-05. Nothing was saved.",
    ),
    "wrong_kind": ("没有这一类报告。没有保存。", "There is no such kind. Nothing was saved."),
    "wrong_level": ("没有这一级别。没有保存。", "There is no such level. Nothing was saved."),
    "portfolios_hint": (
        "领域是从正文各节认出的，不能逐份改；要改认法，请改词表文件 reportsearch.toml。",
        (
            "Portfolios are recognised in the sections and cannot be corrected one by one; "
            "what is recognised is in the word list reportsearch.toml."
        ),
    ),
    "save": ("保存", "Save"),
    "saved": ("已保存。", "Saved."),
    "is_row": (
        "这份报告是表格文件里的一行。请在那个文件里改，再到“添加”按“重读文件夹”。",
        (
            "This report is a row of a file. Correct it in that file, then press “Read the "
            "folder again” under “Add”."
        ),
    ),
    "remove_title": ("移除这份报告？", "Remove this report?"),
    "remove_hint": (
        (
            "报告从库中去掉，库里的文字一并抹去，以后重新读入也不会再进来。原文件不动，以后可"
            "以恢复。"
        ),
        (
            "It is taken out of the index and its text is erased there; later runs do not "
            "bring it back. Its file stays as it is, and you can undo this."
        ),
    ),
    "remove_yes": ("移除", "Remove it"),
    "remove_no": ("不移除，返回", "Keep it, go back"),
    "excluded_title": ("已移除的报告", "Removed reports"),
    "excluded_hint": (
        "这些报告不在库里，也查不到；文件还在原处。记在各文件夹的 metadata.csv 的“排除”一列。",
        (
            "These are not in the index and are not found; their files are where they were. "
            "The column exclude (排除) of the metadata.csv of each folder says so."
        ),
    ),
    "excluded_none": ("没有移除过报告。", "No report was removed."),
    "removed": ("已移除。", "Removed."),
    "restored": ("已恢复。", "Restored."),
    "later": (
        "已取消移除。请到“添加”按“重读文件夹”，它就会回来。",
        "It is no longer left out. Press “Read the folder again” under “Add” to have it back.",
    ),
    "restore": ("恢复", "Restore"),
    "where": ("所在文件夹", "Folder"),
    "not_excluded": ("它已不在移除之列。", "It is no longer among the removed ones."),
    "not_read": (
        "已取消移除，但文件没能读：{reason}",
        "It is no longer left out, but was not read: {reason}",
    ),
    "back_to_add": ("回到“添加”", "Back to “Add”"),
}
