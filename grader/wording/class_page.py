"""What only the page of a class says: its headings, what its numbers mean. Never read backwards."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

LABELS: Final = {
    "class_empty": Sentence(en="Nobody is in this class yet.", zh="这个班级还没有人。"),
    "class_graded": Sentence(en="graded", zh="已评分"),
    "class_unreadable": Sentence(en="unreadable", zh="无法读取"),
    "class_not_graded": Sentence(en="not graded", zh="未评分"),
    "class_never_submitted": Sentence(en="never submitted", zh="未提交"),
    "class_scores": Sentence(en="Scores", zh="得分"),
    "class_five": Sentence(
        en="Half of the class lies between {first} % and {third} %, the median is {median} %, the mean {mean} %.",
        zh="班级的一半在 {first}% 与 {third}% 之间，中位数 {median}%，平均 {mean}%。",
    ),
    "class_histogram": Sentence(
        en="Graded students by percent of the points: {counts}", zh="按得分百分比统计的学生人数：{counts}"
    ),
    "class_tens": Sentence(en="{percent} %: {students}", zh="{percent}%：{students}"),
    "class_exercises": Sentence(en="Exercises", zh="题目"),
    "class_exercise": Sentence(en="Exercise", zh="题目"),
    "class_share": Sentence(en="Mean share of the points", zh="平均得分率"),
    "class_share_short": Sentence(en="Points", zh="得分"),
    "class_discrimination": Sentence(en="Goes with the rest", zh="与其余题目的相关"),
    "class_verdicts": Sentence(en="Verdicts", zh="结果"),
    "class_figures_mean": Sentence(
        en="A low share marks a hard exercise. The second figure is the correlation with the points of all other "
        "exercises: near 0 or below, those who do well elsewhere do not do better here, and the exercise deserves a look.",
        zh="得分率低说明题目难。第二个数是与其余题目得分的相关系数：接近或低于 0 时，其他题目做得好的学生在这里并不更好，这道题值得检查。",
    ),
    "class_strong": Sentence(en="{figure}, clearly", zh="{figure}，明显"),
    "class_some": Sentence(en="{figure}, somewhat", zh="{figure}，有一些"),
    "class_weak": Sentence(en="{figure}, hardly", zh="{figure}，几乎没有"),
    "class_mistakes": Sentence(en="Known mistakes", zh="已知错误"),
    "class_mistake": Sentence(en="Mistake", zh="错误"),
    "class_students_count": Sentence(en="Students", zh="人数"),
    "class_troubles": Sentence(en="To look at", zh="需要查看"),
    "class_whose": Sentence(en="What", zh="对象"),
    "class_happened": Sentence(en="What happened", zh="发生了什么"),
    "class_to_do": Sentence(en="What to do", zh="该做什么"),
    "class_everyone": Sentence(en="Everyone", zh="全部学生"),
    "class_matrix": Sentence(
        en="Points of every student in every exercise, with a word where the exercise did not pass",
        zh="每名学生每道题的得分；未通过的题目附有说明",
    ),
    "class_student": Sentence(en="Student", zh="学生"),
    "class_percent": Sentence(en="Percent", zh="百分比"),
    "class_notes": Sentence(en="Notes", zh="说明"),
    "class_sorting": Sentence(
        en="The headings sort the table where scripts are allowed.", zh="允许脚本时，点击表头可以排序。"
    ),
    "class_run": Sentence(
        en="{graded} graded in this run, {known} known from before. Begun {started}, took {seconds} s.",
        zh="本次评分 {graded} 份，{known} 份沿用以前的结果。开始于 {started}，用时 {seconds} 秒。",
    ),
    "class_version": Sentence(en="Assignment {id}, version {version}.", zh="作业 {id}，版本 {version}。"),
}
