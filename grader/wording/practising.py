"""Sentences of practice in the notebook: what it is, what only the grader can look at."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    "practice_later": Sentence(en="Looked at when it is graded: {titles}.", zh="评分时才检查：{titles}。"),
    "practice_graded_only": Sentence(
        en="Nothing can be tried here: this exercise is looked at when it is graded.",
        zh="这里无法试做：这道题只在评分时检查。",
    ),
    "practice_own": Sentence(
        en="Tried with your own {names}; the grader puts correct versions in their place.",
        zh="这里使用你自己的 {names}；评分时会换成正确的版本。",
    ),
    "practice_other_form": Sentence(
        en="Your answer has another form than the one expected here. The grader knows more forms, so this stays open.",
        zh="你的答案与这里期望的形式不同。评分时会接受更多形式，因此这里暂不判断。",
    ),
}

LABELS: Final = {
    "practice_title": Sentence(en="Practice, not a grade.", zh="练习，不是评分。"),
    "practice_about": Sentence(
        en="Tried here on a few inputs. The grader tries others and may look at more.",
        zh="这里只用少量输入试做。评分时会用其他输入，并可能检查更多内容。",
    ),
}
