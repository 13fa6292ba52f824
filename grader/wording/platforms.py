"""What CI servers and learning platforms are told beyond what a report says anyway. Never read backwards."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

LABELS: Final = {
    # what plain lines say
    "plain_place": Sentence(en="cell {cell:number}, line {line:number}", zh="第 {cell} 个单元格第 {line} 行"),
    "plain_titled": Sentence(en="{title}: {text}", zh="{title}：{text}"),
    "plain_in": Sentence(en="{title} ({where})", zh="{title}（{where}）"),
    "plain_where": Sentence(en="In {where}.", zh="位置：{where}。"),
    # CI servers
    "junit_readable": Sentence(en="The notebook can be graded", zh="笔记本可以评分"),
    # learning platforms
    "platform_graded": Sentence(en="{title}: {where} was graded.", zh="{title}：评分的是{where}。"),
    "platform_our_failure": Sentence(
        en="Something failed on our side, so your work was not graded in full. This is no judgement of it, and not your "
        "final score.",
        zh="评分系统出了故障，因此你的作业未能全部评分。这不是对作业的评价，也不是你的最终成绩。",
    ),
    "platform_submit_again": Sentence(en="Submit again.", zh="请重新提交。"),
    "platform_submit_soon": Sentence(en="Submit again in a few minutes.", zh="请过几分钟重新提交。"),
    "platform_tell_staff": Sentence(
        en="If it happens twice, tell the course staff.", zh="如果再次发生，请告诉教学人员。"
    ),
    "platform_cut": Sentence(
        en="The rest of this feedback is left out, because it is too long.", zh="反馈太长，其余部分已省略。"
    ),
}
