"""Sentences about student code that was run: what it raised, which limit it met, why nothing could be graded."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    "raised": Sentence(
        en="{target:word} raised {error:phrase}.",
        zh="{target} 抛出了异常 {error}。",
    ),
    "stopped_before": Sentence(
        en="Your code stopped before `{target:word}` was defined: {error:phrase}.",
        zh="你的代码在定义 `{target}` 之前就停止了：{error}。",
    ),
    "before_that": Sentence(en="Before that: {error:phrase}.", zh="在此之前：{error}。"),
    "on_the_way": Sentence(
        en="While your notebook's code was run: {error:phrase}.",
        zh="运行你的笔记本代码时出现：{error}。",
    ),
    "not_defined": Sentence(
        en="Cell {cell:number} ran, but `{target:word}` was not defined afterwards.",
        zh="第 {cell} 个单元格已运行，但之后仍没有定义 `{target}`。",
    ),
    "newer_python": Sentence(
        en="Cell {cell:number} is written for a newer Python than the one that grades, so it could not be read. This is "
        "not counted against you: your instructor can grade it with a newer Python.",
        zh="第 {cell} 个单元格使用了比评分环境更新的 Python 语法，因此无法读取。这不会扣你的分：老师可以用更新的 Python "
        "为它评分。",
    ),
    "cell_no_python": Sentence(
        en="Cell {cell:number} is not valid Python: {error:phrase}.",
        zh="第 {cell} 个单元格不是合法的 Python 代码：{error}。",
    ),
    "widened": Sentence(
        en="A name your answer needs was found only by running all cells before cell {cell:number}; so they were run.",
        zh="你的答案所需的一个名称，只有运行第 {cell} 个单元格之前的所有单元格才能找到；所以我们运行了它们。",
    ),
    "over_memory": Sentence(
        en="Your code asked for more memory than the limit of {most:number} MB.",
        zh="你的代码申请的内存超过了 {most} MB 的上限。",
    ),
    "answer_too_large": Sentence(
        en="Your answer is larger than the limit of {most:number} MB.",
        zh="你的答案超过了 {most} MB 的上限。",
    ),
    "answers_too_large": Sentence(
        en="Your answers together are larger than the limit of {most:number} MB.",
        zh="你的所有答案合计超过了 {most} MB 的上限。",
    ),
    "files_too_large": Sentence(
        en="Your code wrote more than {most:number} MB of files.",
        zh="你的代码写入的文件超过了 {most} MB。",
    ),
    "printed_too_much": Sentence(
        en="Your code printed more than {most:number} bytes.",
        zh="你的代码打印的内容超过了 {most} 字节。",
    ),
    "over_clock": Sentence(
        en="Your code was not done after {time:phrase} on the clock.",
        zh="你的代码运行了 {time}仍未结束。",
    ),
    "over_computing_time": Sentence(
        en="Your code used more than {time:phrase} of computing time.",
        zh="你的代码使用的计算时间超过了 {time}。",
    ),
    "quit": Sentence(
        en="Your code ended the process (exit or quit) before the grader could look at its answer.",
        zh="你的代码在评分程序查看答案之前就结束了进程（exit 或 quit）。",
    ),
    "crashed": Sentence(
        en="The process that ran your code crashed ({signal}).",
        zh="运行你的代码的进程崩溃了（{signal}）。",
    ),
    "forged": Sentence(
        en="The answers that came back were not in the form the grader uses, so none of them counts.",
        zh="返回的答案不符合评分程序使用的格式，因此都不计入。",
    ),
    "not_graded_because": Sentence(
        en="This exercise was not graded, for a reason that is not yours: {reason:sentences}",
        zh="这道题没有评分，原因不在你：{reason}",
    ),
    "machine_busy": Sentence(
        en="this machine was too busy to give the code its time within {time:phrase}. Grade it again when the machine is "
        "less busy.",
        zh="这台机器太忙，{time}内没能给代码足够的运行时间。请等机器空闲一些再评分。",
    ),
    "opener_ended": Sentence(
        en="the process that opens rooms ended while a room was in use. Grade this submission again.",
        zh="评分用的进程中途结束了。请对这份提交重新评分。",
    ),
    "no_boundary": Sentence(
        en="Student code ran without a sandbox: limits on time and memory, but no security boundary. Use this only for "
        "code you trust.",
        zh="学生代码是在没有沙箱的情况下运行的：限制了时间和内存，但没有安全边界。请只用于你信任的代码。",
    ),
    "one_element": Sentence(
        en="A one-element array was used as a number; NumPy 2.4 and newer refuse that, older versions did not. Accepted.",
        zh="只有一个元素的数组被当作数字使用；NumPy 2.4 及更新的版本不允许这样做，旧版本可以。已接受。",
    ),
    "bare_shape": Sentence(
        en="An input shape was given as a bare number; Keras 3 wants a tuple such as (400,). Accepted.",
        zh="输入形状写成了单个数字；Keras 3 要求写成元组，例如 (400,)。已接受。",
    ),
    "shape_without_batch": Sentence(
        en="`build` was given a shape without the batch axis; Keras 3 wants (None, 400). Accepted.",
        zh="传给 `build` 的形状缺少批次维；Keras 3 要求写成 (None, 400)。已接受。",
    ),
    "old_learning_rate": Sentence(
        en="The optimizer's `lr` is called `learning_rate` in Keras 3. Accepted.",
        zh="优化器的参数 `lr` 在 Keras 3 中叫作 `learning_rate`。已接受。",
    ),
}
