"""What only a page says: its headings, the words beside its tables and pictures. Never read backwards."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

LABELS: Final = {
    "page_skip": Sentence(en="Skip to the report", zh="跳到报告"),
    "page_points": Sentence(en="{earned} of {possible:number} points", zh="{earned} / {possible} 分"),
    "page_percent": Sentence(en="{percent:number} %", zh="{percent}%"),
    "page_unreadable": Sentence(
        en="The file could not be read, so nothing was graded.", zh="无法读取文件，因此没有评分。"
    ),
    "page_not_graded": Sentence(
        en="Not graded in full. The reason is on our side; nobody gets a zero for it.",
        zh="未能全部评分。原因在我们这边，不会因此记零分。",
    ),
    "page_more_points": Sentence(
        en="Not counted here: checks that are not shown yet, worth {points}.",
        zh="这里没有计入尚未显示的检查，它们共值{points}。",
    ),
    "page_result": Sentence(en="Result", zh="结果"),
    "page_overview": Sentence(en="All exercises", zh="所有题目"),
    "page_notes": Sentence(en="Notes", zh="说明"),
    "page_by_marker": Sentence(en="Cell {cell:number}, found by its marker", zh="第 {cell} 个单元格（依据标记找到）"),
    "page_by_name": Sentence(en="Cell {cell:number}, found by its name", zh="第 {cell} 个单元格（依据名称找到）"),
    # verdicts, by their value in the report
    "page_passed": Sentence(en="passed", zh="通过"),
    "page_partial": Sentence(en="partly right", zh="部分通过"),
    "page_failed": Sentence(en="failed", zh="未通过"),
    "page_raised": Sentence(en="raised an error", zh="抛出异常"),
    "page_missing": Sentence(en="missing", zh="未找到"),
    "page_timed_out": Sentence(en="timed out", zh="超时"),
    "page_over_limit": Sentence(en="over a limit", zh="超出限制"),
    "page_skipped": Sentence(en="skipped", zh="未检查"),
    "page_not_graded_verdict": Sentence(en="not graded", zh="未评分"),
    # checks
    "page_all_passed": Sentence(en="Checks that passed", zh="通过的检查"),
    "page_right_already": Sentence(en="What is right already", zh="已经正确的部分"),
    "page_not_tried": Sentence(en="Not tried yet", zh="尚未检查"),
    "page_why_not_tried": Sentence(
        en="These build on a check above, and are tried once it passes.",
        zh="这些检查以上面的检查为基础，等上面的通过后才会进行。",
    ),
    "page_hint": Sentence(en="Hint", zh="提示"),
    "page_withheld": Sentence(
        en="Not shown yet: {checks}, to be read after the deadline.", zh="尚未显示：{checks}，截止之后可以查看。"
    ),
    "page_hidden": Sentence(en="Not shown: {checks}.", zh="未显示：{checks}。"),
    # the student's code
    "page_your_code": Sentence(en="Your code, cell {cell:number}", zh="你的代码，第 {cell} 个单元格"),
    "page_code_region": Sentence(
        en="Your code in cell {cell:number}, with line numbers", zh="第 {cell} 个单元格中你的代码，带行号"
    ),
    "page_stopped_here": Sentence(en="the error came from this line", zh="错误出自这一行"),
    "page_left_out": Sentence(
        en="Left out here: lines {first:number} to {last:number}.", zh="此处省略第 {first} 至 {last} 行。"
    ),
    "page_printed": Sentence(en="What your code printed", zh="你的代码打印的内容"),
    # a counterexample
    "page_example": Sentence(en="The smallest example that goes wrong", zh="出错的最小例子"),
    "page_call": Sentence(en="Call", zh="调用"),
    "page_name": Sentence(en="Name", zh="名称"),
    "page_yours": Sentence(en="Yours", zh="你的"),
    "page_expected": Sentence(en="Expected", zh="期望"),
    "page_input": Sentence(en="Input", zh="输入"),
    "page_entry": Sentence(en="Entry", zh="元素"),
    "page_row": Sentence(en="{whose} [{row:number}]", zh="{whose} [{row}]"),
    "page_entries": Sentence(en="Both results, entry by entry", zh="两个结果，逐个元素"),
    "page_no_value": Sentence(en="no value came back", zh="没有返回值"),
    "page_shape": Sentence(en="shape {shape}", zh="形状 {shape}"),
    "page_differs": Sentence(en="differs", zh="不同"),
    "page_differing": Sentence(
        en="Entries that differ: {count:number} of {all:number}.", zh="{all} 个元素中有 {count} 个不同。"
    ),
    "page_first": Sentence(
        en="The first is entry {place}: yours {yours}, expected {expected}.",
        zh="第一个是元素 {place}：你的是 {yours}，期望的是 {expected}。",
    ),
    "page_not_finite": Sentence(
        en="Entries of yours that are not finite: {count:number}.", zh="你的结果中不是有限数的元素：{count} 个。"
    ),
    "page_two_lines": Sentence(
        en="Two lines: your {count:number} entries and the expected ones.",
        zh="两条线：你的 {count} 个元素和期望的元素。",
    ),
    "page_two_maps": Sentence(
        en="Two maps of {rows:number} by {columns:number} entries, yours and the expected one; the stronger the colour, "
        "the bigger.",
        zh="两张 {rows} 行 {columns} 列的图，一张是你的，一张是期望的；颜色越深，数值越大。",
    ),
    "page_framed": Sentence(en="They are framed.", zh="它们带有边框。"),
    "page_scale": Sentence(en="The colours go from {low} to {high}.", zh="颜色从 {low} 到 {high}。"),
    # a model, a training
    "page_layers": Sentence(en="Your layers, and what was asked where they differ", zh="你的各层，以及不同之处的要求"),
    "page_layer": Sentence(en="Layer", zh="层"),
    "page_kind": Sentence(en="Kind", zh="类型"),
    "page_units": Sentence(en="Units", zh="单元数"),
    "page_activation": Sentence(en="Activation", zh="激活函数"),
    "page_parameters": Sentence(en="Parameters", zh="参数个数"),
    "page_frozen": Sentence(en="{kind}, frozen", zh="{kind}，冻结"),
    "page_asked": Sentence(en="asked: {asked}", zh="要求：{asked}"),
    "page_no_layer": Sentence(en="no such layer", zh="没有这一层"),
    "page_not_asked": Sentence(en="not asked", zh="没有要求"),
    "page_total": Sentence(en="Total", zh="合计"),
    "page_none": Sentence(en="none", zh="无"),
    "page_last": Sentence(en="After {steps}: {last}.", zh="{steps}后：{last}。"),
    "page_goal": Sentence(en="The target is {target}.", zh="目标是 {target}。"),
    "page_target": Sentence(en="target", zh="目标"),
    # how it was graded
    "page_about": Sentence(en="About this report", zh="关于这份报告"),
    "page_file": Sentence(en="File", zh="文件"),
    "page_fingerprint": Sentence(en="SHA-256 of the file", zh="文件的 SHA-256"),
    "page_assignment": Sentence(en="Assignment", zh="作业"),
    "page_version": Sentence(en="{id}, version {version}", zh="{id}，版本 {version}"),
    "page_graded": Sentence(en="Graded", zh="评分时间"),
    "page_took": Sentence(en="{started}, {seconds} s", zh="{started}，{seconds} 秒"),
    "page_versions": Sentence(en="Versions", zh="版本"),
    "page_sandbox": Sentence(en="Sandbox", zh="沙箱"),
    "page_seed": Sentence(en="Seed", zh="种子"),
}
