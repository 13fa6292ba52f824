"""Sentences about what an answer is and what was asked for instead."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # functions and values
    "returned_none": Sentence(
        en="It returned None: is there a `return` at the end, on every way through?",
        zh="它返回了 None：每条执行路径的最后都有 `return` 吗？",
    ),
    "returned": Sentence(en="It returned {got:phrase}.", zh="它返回的是{got}。"),
    "returned_no_numbers": Sentence(
        en="It returned {got:phrase} where numbers were asked for.",
        zh="它返回的是{got}，而要求的是数字。",
    ),
    "returned_no_numbers_at_all": Sentence(en="It did not return numbers.", zh="它返回的不是数字。"),
    "other_form": Sentence(
        en="It returned {got:phrase}; {asked:phrase} was asked for.",
        zh="它返回的是{got}，而要求的是{asked}。",
    ),
    "other_numbers": Sentence(
        en="It returned {got:phrase}; {asked:phrase} were asked for.",
        zh="它返回的是{got}，而要求的是{asked}。",
    ),
    "float16": Sentence(
        en="It returned numbers of float16, too coarse to compare.",
        zh="它返回的数字类型是 float16，精度太低，无法比较。",
    ),
    "some_entries_differ": Sentence(en="Some entries differ.", zh="有些元素不同。"),
    "number_differs": Sentence(en="The number differs.", zh="这个数不对。"),
    "one_entry_differs": Sentence(en="The one entry differs.", zh="唯一的元素不对。"),
    "entry_differs": Sentence(
        en="1 of {all:number} entries differs.",
        zh="{all} 个元素中有 1 个不对。",
    ),
    "entries_differ": Sentence(
        en="{wrong:number} of {all:number} entries differ.",
        zh="{all} 个元素中有 {wrong} 个不对。",
    ),
    "returned_nan": Sentence(en="It returned NaN, which is no number.", zh="它返回了 NaN（不是数字）。"),
    "returned_infinity": Sentence(en="It returned an infinity.", zh="它返回了无穷大。"),
    "asked_not_finite": Sentence(
        en="An infinity or NaN was asked for.",
        zh="要求的结果是无穷大或 NaN。",
    ),
    "no_dictionary": Sentence(
        en="It returned {got:phrase} where a dictionary was asked for.",
        zh="它返回的是{got}，而要求的是字典。",
    ),
    "no_key": Sentence(en="The dictionary has no key {key:quoted}.", zh="字典中没有键 {key}。"),
    "at_key": Sentence(en="Entry {key:quoted}: {detail:sentences}", zh="键 {key}：{detail}"),
    "no_values": Sentence(
        en="It returned {got:phrase} where {asked:number} values were asked for.",
        zh="它返回的是{got}，而要求的是 {asked} 个值。",
    ),
    "other_length": Sentence(
        en="It returned {got:phrase} instead of {asked:number}.",
        zh="它返回了 {got}，而不是 {asked} 个。",
    ),
    "at_value": Sentence(en="Value {number:number}: {detail:sentences}", zh="第 {number} 个值：{detail}"),
    "second_call": Sentence(en="The second call did not return.", zh="第二次调用没有返回。"),
    "no_call": Sentence(en="No call was made.", zh="没有进行任何调用。"),
    "cannot_compare": Sentence(
        en="You returned {what:phrase}; that is nothing the grader can compare.",
        zh="你返回的是{what}，评分程序无法比较它。",
    ),
    "called_as": Sentence(
        en="{target:word} was called with {names}, the way your definition asks for.",
        zh="按照你的定义，{target} 是以 {names} 为参数调用的。",
    ),
    "list_accepted": Sentence(
        en="{target:word} returns a plain list; an array was asked for. It is accepted here.",
        zh="{target} 返回的是普通列表，而要求的是数组。这里可以接受。",
    ),
    "tensor_accepted": Sentence(
        en="{target:word} returns a TensorFlow tensor; a NumPy array was asked for. It is accepted here.",
        zh="{target} 返回的是 TensorFlow 张量，而要求的是 NumPy 数组。这里可以接受。",
    ),
    # models
    "is_another_thing": Sentence(en="`{target:word}` is {what:phrase}.", zh="`{target}` 是{what}。"),
    "model_unreadable": Sentence(
        en="`{target:word}` could not be read as a model: {reason:phrase}.",
        zh="无法把 `{target}` 当作模型读取：{reason}。",
    ),
    "other_class": Sentence(
        en="It is of class {found:word}; a Sequential was asked for.",
        zh="它的类型是 {found}，而要求的是 Sequential。",
    ),
    "other_layer": Sentence(
        en="Besides Dense layers there is one of class {found:word}.",
        zh="除了 Dense 层，还有一个 {found} 层。",
    ),
    "layer_count": Sentence(
        en="It has {found:phrase} instead of {asked:number}.",
        zh="它有 {found}，而不是 {asked} 层。",
    ),
    "no_layers": Sentence(en="It has no layers.", zh="它没有任何层。"),
    "model_refused": Sentence(
        en="Given inputs of shape {shape}, it raised {error}",
        zh="输入形状为 {shape} 时，它抛出了异常 {error}",
    ),
    "cannot_recompute": Sentence(
        en="Its layers do not fit together, or are of kinds the grader cannot recompute.",
        zh="它的各层无法衔接，或含有评分程序无法重新计算的层。",
    ),
    "predicts_otherwise": Sentence(
        en="Its predictions are not what its own weights give.",
        zh="它的预测结果与它自己的权重算出的不一致。",
    ),
    "no_bias": Sentence(en="Layer {layer:number} has no bias vector.", zh="第 {layer} 层没有偏置向量。"),
    "layer_activation": Sentence(
        en="Layer {layer:number}: activation {found:word}; {asked:word} was asked for.",
        zh="第 {layer} 层：激活函数是 {found}，而要求的是 {asked}。",
    ),
    "layer_shape": Sentence(
        en="Layer {layer:number}: weight shape {found}; {asked} was asked for.",
        zh="第 {layer} 层：权重形状是 {found}，而要求的是 {asked}。",
    ),
    "layer_units": Sentence(
        en="Layer {layer:number} has {found:number} units; {asked:number} were asked for.",
        zh="第 {layer} 层有 {found} 个单元，而要求的是 {asked} 个。",
    ),
    "parameter_count": Sentence(
        en="It has {found:number} parameters; {asked:number} were asked for.",
        zh="它有 {found} 个参数，而要求的是 {asked} 个。",
    ),
    "frozen_layers": Sentence(
        en="Frozen (trainable=False): layer {layers}.",
        zh="被冻结（trainable=False）的层：第 {layers} 层。",
    ),
    # results
    "skipped": Sentence(
        en='Not looked at: "{check:phrase}" has to pass first.',
        zh="没有检查：“{check}”要先通过。",
    ),
    "all_passed": Sentence(en="All checks passed.", zh="所有检查均已通过。"),
    "some_passed": Sentence(
        en="{passed:number} of {all:number} checks passed.",
        zh="{all} 项检查中有 {passed} 项通过。",
    ),
    "none_passed": Sentence(en="No check passed.", zh="没有检查通过。"),
    "details_not_shown": Sentence(
        en="What this check asks, and what came out, is not shown.",
        zh="这项检查的内容和结果细节不显示。",
    ),
    "not_shown_yet": Sentence(en="Its checks are not shown yet.", zh="它的检查暂不显示。"),
}
