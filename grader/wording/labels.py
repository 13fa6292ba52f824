"""What only renderers say: headings, verdicts, names of columns. Never read backwards."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

LABELS: Final = {
    # verdicts, by their value in the report
    "verdict_passed": Sentence(en="passed", zh="通过"),
    "verdict_partial": Sentence(en="partial", zh="部分通过"),
    "verdict_failed": Sentence(en="FAILED", zh="未通过"),
    "verdict_raised": Sentence(en="RAISED", zh="抛出异常"),
    "verdict_missing": Sentence(en="MISSING", zh="未找到"),
    "verdict_timed_out": Sentence(en="TIMED OUT", zh="超时"),
    "verdict_over_limit": Sentence(en="OVER LIMIT", zh="超出限制"),
    "verdict_skipped": Sentence(en="skipped", zh="未检查"),
    "verdict_not_graded": Sentence(en="NOT GRADED", zh="未评分"),
    # the head of a report
    "no_assignment": Sentence(en="No assignment", zh="没有对应的作业"),
    "unreadable": Sentence(en="Not graded: the file could not be read.", zh="未评分：无法读取文件。"),
    "not_graded_in_full": Sentence(
        en="Not graded in full, for a reason that is not the student's.",
        zh="未能全部评分，原因不在学生。",
    ),
    "score": Sentence(
        en="{earned:number} of {possible:number} points ({percent:number} %).",
        zh="得分 {earned} / {possible}（{percent}%）。",
    ),
    "point_later": Sentence(
        en="1 more point depends on checks that are not shown.",
        zh="另有 1 分取决于未显示的检查。",
    ),
    "points_later": Sentence(
        en="{points:number} more points depend on checks that are not shown.",
        zh="另有 {points} 分取决于未显示的检查。",
    ),
    # an exercise
    "points": Sentence(en="{earned} of {possible:number}", zh="{earned} / {possible}"),
    "found_by_marker": Sentence(en="cell {cell:number}, found by its marker", zh="第 {cell} 个单元格（依据标记找到）"),
    "found_by_name": Sentence(en="cell {cell:number}, found by its name", zh="第 {cell} 个单元格（依据名称找到）"),
    "checks_after_due": Sentence(en="{checks} shown after the deadline.", zh="{checks}在截止之后显示。"),
    "checks_not_shown": Sentence(en="{checks} not shown.", zh="{checks}未显示。"),
    "printed": Sentence(en="Your code printed:", zh="你的代码打印了："),
    "note": Sentence(en="Note:", zh="注意："),
    # a check
    "call": Sentence(en="call", zh="调用"),
    "got": Sentence(en="returned", zh="返回值"),
    "name": Sentence(en="name", zh="名称"),
    "value": Sentence(en="value", zh="值"),
    "expected": Sentence(en="expected", zh="期望值"),
    "hint": Sentence(en="Hint: {hint}", zh="提示：{hint}"),
    "same_hint": Sentence(en="The hint above helps here too.", zh="上面的提示在这里也有用。"),
    "same_stop": Sentence(
        en="It stops as in the check above: what helps there helps here too.",
        zh="停下的原因与上面的检查相同：上面的办法在这里也有用。",
    ),
    # a model
    "your_layers": Sentence(
        en="Your layers; where one is not what was asked for, brackets say what was.",
        zh="你的各层；与要求不同之处，括号里写明要求。",
    ),
    "layer": Sentence(en="layer", zh="层"),
    "kind": Sentence(en="kind", zh="类型"),
    "units": Sentence(en="units", zh="单元数"),
    "activation_column": Sentence(en="activation", zh="激活函数"),
    "parameters": Sentence(en="parameters", zh="参数个数"),
    "frozen": Sentence(en="frozen", zh="冻结"),
    "asked_instead": Sentence(en="{found} ({asked})", zh="{found}（{asked}）"),
    "no_such_layer": Sentence(en="none", zh="无"),
    # a training
    "curve": Sentence(
        en="{title}: {first} at first, {last} after {steps}.", zh="{title}：开始时 {first}，{steps}后 {last}。"
    ),
    "curve_least": Sentence(en="Least: {least}, at step {step:number}.", zh="最小值：{least}（第 {step} 步）。"),
    "curve_target": Sentence(en="Target: {target}.", zh="目标：{target}。"),
}
