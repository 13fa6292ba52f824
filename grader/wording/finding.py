"""Sentences about how an answer was found in the notebook, or why none was."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    "nothing_defines": Sentence(
        en="No code cell defines `{target:word}`.",
        zh="没有代码单元格定义 `{target}`。",
    ),
    "hidden_defines": Sentence(
        en="Cell {cell:number} does, but it is a {kind:word} cell: change its type back to code and hand the notebook in "
        "again.",
        zh="第 {cell} 个单元格里有，但它的类型是 {kind}：请把类型改回代码（Code），然后重新提交笔记本。",
    ),
    "not_in_marked": Sentence(
        en="It is not in the marked {cells:phrase} either.",
        zh="带标记的{cells}里也没有。",
    ),
    "looked_for_marks": Sentence(
        en="We looked for the comments {marks}, then for a definition of `{target:word}` or an assignment to it.",
        zh="我们先查找注释 {marks}，再查找 `{target}` 的定义或对它的赋值。",
    ),
    "looked_for": Sentence(
        en="We looked for a definition of `{target:word}` or an assignment to it.",
        zh="我们查找了 `{target}` 的定义或对它的赋值。",
    ),
    "name_it": Sentence(
        en="Name your answer `{target:word}`, in a code cell, and hand the notebook in again.",
        zh="请在代码单元格中把你的答案命名为 `{target}`，然后重新提交笔记本。",
    ),
    "marked_unfinished": Sentence(
        en="There is no finished `{target:word}` in the marked {cells:phrase}; {graded:phrase} was graded.",
        zh="带标记的{cells}里没有完成的 `{target}`；评分的是{graded}。",
    ),
    "deletion_ignored": Sentence(
        en="`del {target:word}` in {cells:phrase} was ignored.",
        zh="{cells}中的 `del {target}` 已忽略。",
    ),
    "other_name": Sentence(
        en="Your graded cell defines `{found:word}`; the exercise asks for `{target:word}`. It was graded as it is.",
        zh="被评分的单元格定义的是 `{found}`，而题目要求的是 `{target}`。我们按现有内容评了分。",
    ),
    "defined_in_cells": Sentence(
        en="`{target:word}` is defined in {cells:phrase}; the last, {graded:phrase}, was graded.",
        zh="`{target}` 在{cells}中都有定义；评分的是最后一个，即{graded}。",
    ),
    "defined_times": Sentence(
        en="`{target:word}` is defined {times:number} times in {cell:phrase}; the last was graded.",
        zh="`{target}` 在{cell}中定义了 {times} 次；评分的是最后一次。",
    ),
    "passed_over": Sentence(
        en="Cell {cell:number} was passed over for `{target:word}`: {why:phrase}.",
        zh="为 `{target}` 评分时没有采用第 {cell} 个单元格：{why}。",
    ),
    "no_python_line": Sentence(
        en="Cell {cell:number} is not valid Python ({reason:phrase}, line {line:number}); only those parts of it that are "
        "were used.",
        zh="第 {cell} 个单元格不是合法的 Python 代码（{reason}，第 {line} 行）；只使用了其中合法的部分。",
    ),
    "no_python": Sentence(
        en="Cell {cell:number} is not valid Python ({reason:phrase}); only those parts of it that are were used.",
        zh="第 {cell} 个单元格不是合法的 Python 代码（{reason}）；只使用了其中合法的部分。",
    ),
    "more_no_python": Sentence(
        en="The same holds for {cells:phrase}.",
        zh="另有 {cells}也是如此。",
    ),
    "hidden_holds": Sentence(
        en="Cell {cell:number} holds `{target:word}` but is a {kind:word} cell; change it back to code if it is meant.",
        zh="第 {cell} 个单元格里有 `{target}`，但它的类型是 {kind}；如果它就是你的答案，请把类型改回代码（Code）。",
    ),
}
