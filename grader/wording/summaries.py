"""What the summary of a class says in a terminal, a log or a job summary, beyond what its page says. Never read backwards."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

LABELS: Final = {
    "summary_counts": Sentence(en="{students}: {counts}.", zh="{students}：{counts}。"),
    "summary_count": Sentence(en="{number} {what}", zh="{what} {number}"),
    "summary_scores": Sentence(en="Scores, in percent", zh="得分（百分比）"),
    "summary_nobody": Sentence(en="Nobody was graded.", zh="没有已评分的学生。"),
    "summary_six": Sentence(
        en="least {least}, first quartile {first}, median {median}, third quartile {third}, most {most}, mean {mean}",
        zh="最低 {least}，第一四分位数 {first}，中位数 {median}，第三四分位数 {third}，最高 {most}，平均 {mean}",
    ),
    "summary_tens": Sentence(en="{low} to {high}", zh="{low} 至 {high}"),
    "summary_share": Sentence(en="mean share", zh="平均得分率"),
    "summary_discrimination": Sentence(en="discrimination", zh="区分度"),
    "summary_verdicts": Sentence(en="verdicts", zh="结果"),
    "summary_slowest": Sentence(en="Slowest", zh="用时最长"),
    "summary_seconds": Sentence(en="{seconds} s", zh="{seconds} 秒"),
    "summary_more": Sentence(
        en="and {more:number} more; all of them stand in class.json.", zh="另有 {more} 项；全部内容见 class.json。"
    ),
    "summary_run": Sentence(
        en="{graded:number} graded now, {known:number} known from before, {seconds} s.",
        zh="本次评分 {graded} 份，{known} 份沿用以前的结果，用时 {seconds} 秒。",
    ),
    "summary_graded": Sentence(en="{graded:number} of {students} graded.", zh="{students}中已评分 {graded} 名。"),
    "summary_half": Sentence(en="Half of them have {percent} or more.", zh="其中一半的得分不低于 {percent}。"),
    "summary_begins": Sentence(
        en="{title}: {notebooks}, {workers}. Everything is written to {folder}.",
        zh="{title}：{notebooks}，{workers}。全部结果写入 {folder}。",
    ),
    "summary_own_output": Sentence(
        en="{folder} holds reports that the grader wrote, and no notebook; it is passed over.",
        zh="{folder} 中是评分程序写的报告，没有笔记本，已跳过。",
    ),
    "summary_check": Sentence(en="Check", zh="检查"),
    "summary_result": Sentence(en="Result", zh="结果"),
    "summary_status": Sentence(en="Status", zh="状态"),
    "summary_cut": Sentence(
        en="The rest is left out here: a job summary holds 1 MiB. The reports hold everything.",
        zh="其余内容在此省略：运行摘要最多容纳 1 MiB。完整内容见各份报告。",
    ),
}
