"""Sentences about answers other than functions and models: choices, values, trainings."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # choices
    "answers_no_dictionary": Sentence(
        en="`{target:word}` is {got:phrase}; a dictionary from each question to its letter was asked for.",
        zh="`{target}` 是{got}，而要求的是从题号到选项字母的字典。",
    ),
    "no_answer_yet": Sentence(en="This question is not answered yet.", zh="这道题还没有作答。"),
    "answered_twice": Sentence(
        en="This question is answered twice, in different ways: keep one entry.",
        zh="这道题有两个不同的答案：请只保留一个。",
    ),
    "chosen": Sentence(
        en="In {question:word} you chose {letters}.",
        zh="在 {question} 中你选择了 {letters}。",
    ),
    "chosen_option": Sentence(
        en='In {question:word} you chose {letter:word}, "{option:phrase}".',
        zh="在 {question} 中你选择了 {letter}“{option}”。",
    ),
    "chosen_not_all": Sentence(
        en="What you chose belongs to the answer, but something is missing.",
        zh="你选的都对，但还不完整。",
    ),
    "no_letter": Sentence(
        en="The answer is {got:phrase}; the letter of an option was asked for.",
        zh="答案是{got}，而要求的是选项的字母。",
    ),
    "no_such_option": Sentence(
        en="{letter} is none of the options {options}: write the letter alone.",
        zh="{letter} 不在选项 {options} 之中：请只写字母。",
    ),
    "one_letter_only": Sentence(
        en="You gave {given:number} letters; this question has one answer.",
        zh="你给了 {given} 个字母，而这道题只有一个答案。",
    ),
    "no_such_question": Sentence(
        en="The entry {key} of your answers is no question of this exercise, so it was left out.",
        zh="你的答案中的 {key} 不是本题的题号，因此没有计入。",
    ),
    # values of names
    "is_value": Sentence(en="It is {got:phrase}.", zh="它是{got}。"),
    "is_other_value": Sentence(
        en="It is {got:phrase}; {asked:phrase} was looked for.",
        zh="它是{got}，而这里应为{asked}。",
    ),
    "is_another": Sentence(en="It is {what:phrase}, but not the right one.", zh="它是{what}，但不是正确的那一个。"),
    "is_not_finite": Sentence(
        en="There is a NaN or an infinity where a number should be.",
        zh="应该是数字的地方出现了 NaN 或无穷大。",
    ),
    # trainings
    "too_many_weights": Sentence(
        en="It returned more than {most:number} weights, too many for this exercise.",
        zh="它返回的权重超过 {most} 个，对本题来说太多了。",
    ),
    "weights_unusable": Sentence(
        en="What `{target:word}` returned does not have the form of the weights that were asked for.",
        zh="`{target}` 返回的内容不符合所要求的权重形式。",
    ),
    "outputs_not_finite": Sentence(
        en="With its weights, some outputs are NaN or infinite: the training ran away.",
        zh="用它的权重计算时，有些输出是 NaN 或无穷大：训练发散了。",
    ),
    "no_probabilities": Sentence(
        en="Its outputs are not probabilities, as they were asked for.",
        zh="它的输出不是所要求的概率。",
    ),
    "outputs_other_shape": Sentence(
        en="Its outputs have shape {shape}, which does not fit the labels.",
        zh="它的输出形状是 {shape}，与标签不匹配。",
    ),
    "learned_little": Sentence(
        en="On examples it has not seen, its loss is {found}; always giving the same best answer would have {constant}.",
        zh="在没有见过的样本上，它的损失是 {found}；而总是给出同一个最佳答案时损失为 {constant}。",
    ),
    "loss_too_high": Sentence(
        en="On examples it has not seen, its loss is {found}; at most {goal} was asked for.",
        zh="在没有见过的样本上，它的损失是 {found}，而要求不超过 {goal}。",
    ),
    "too_often_wrong": Sentence(
        en="Of {all:number} examples it has not seen, it gets {right:number} right; {needed:number} were asked for.",
        zh="在 {all} 个没有见过的样本中，它答对了 {right} 个，而要求答对 {needed} 个。",
    ),
    "held_loss": Sentence(en="Loss on examples it has not seen", zh="在没有见过的样本上的损失"),
    # models of other than Dense layers
    "layer_of_class": Sentence(
        en="Layer {layer:number} is of class {found:word}; {asked:word} was asked for.",
        zh="第 {layer} 层的类型是 {found}，而要求的是 {asked}。",
    ),
    "layer_output": Sentence(
        en="Layer {layer:number} turns one example into shape {found}; {asked} was asked for.",
        zh="第 {layer} 层对一个样本的输出形状是 {found}，而要求的是 {asked}。",
    ),
    "layer_learns": Sentence(
        en="Layer {layer:number} is not frozen, so training would change its weights.",
        zh="第 {layer} 层没有冻结，训练会改变它的权重。",
    ),
    "predictions_of_shape": Sentence(
        en="Its predictions have shape {found}; {asked} was asked for.",
        zh="它的预测结果形状是 {found}，而要求的是 {asked}。",
    ),
    "predictions_not_finite": Sentence(
        en="Some of its predictions are NaN or infinite.",
        zh="它的预测结果中有 NaN 或无穷大。",
    ),
    "trainable_count": Sentence(
        en="Training would change {found:number} of its parameters; {asked:number} were asked for.",
        zh="训练会改变它的 {found} 个参数，而要求的是 {asked} 个。",
    ),
    "frozen_count": Sentence(
        en="{found:number} of its parameters are frozen; {asked:number} were asked for.",
        zh="它有 {found} 个参数被冻结，而要求的是 {asked} 个。",
    ),
}
