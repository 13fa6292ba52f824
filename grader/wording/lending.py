"""Sentences about functions that are borrowed: whose place the reference took, and what was too much to ask of it."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    "judged_with": Sentence(
        en="Judged with a correct {name:word}, so that a mistake there is charged only once.",
        zh="评分时使用了正确的 {name}，因此那里的错误只扣一次分。",
    ),
    "judged_with_several": Sentence(
        en="Judged with correct versions of {names}, so that a mistake there is charged only once.",
        zh="评分时使用了 {names} 的正确版本，因此那里的错误只扣一次分。",
    ),
    "own_works": Sentence(en="With your own {names} it also works.", zh="使用你自己的 {names} 时也能正确运行。"),
    "own_does_not_work": Sentence(
        en="With your own {names} it does not work yet.",
        zh="使用你自己的 {names} 时还不能正确运行。",
    ),
    "borrowed_too_often": Sentence(
        en="Your code called {name:word} and other earlier functions more than {most:number} times.",
        zh="你的代码调用 {name} 等前面的函数超过了 {most} 次。",
    ),
    "borrowed_too_much": Sentence(
        en="What your code passed to {name:word} and other earlier functions, and got back, is more than {most:number} MB.",
        zh="你的代码传给 {name} 等前面的函数以及从中得到的数据超过了 {most} MB。",
    ),
    "borrowed_too_long": Sentence(
        en="Your code kept {name:word} and other earlier functions busy for more than {time:phrase}.",
        zh="你的代码让 {name} 等前面的函数计算了超过 {time}。",
    ),
    "borrowed_call_too_long": Sentence(
        en="Your code called {name:word} with arguments that keep it busy for more than {time:phrase}.",
        zh="你的代码调用 {name} 时传入的参数使它计算了超过 {time}。",
    ),
    "lender_busy": Sentence(
        en="this machine was too busy to call a reference in time. Grade it again when the machine is less busy.",
        zh="这台机器太忙，没能及时调用参考函数。请等机器空闲一些再评分。",
    ),
    "lender_lost": Sentence(
        en="the process that calls references ended or did not answer as it should. Grade this submission again.",
        zh="调用参考函数的进程意外结束或没有正常应答。请对这份提交重新评分。",
    ),
}
