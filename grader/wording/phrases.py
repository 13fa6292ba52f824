"""Pieces of sentences: things, cells, errors, and nouns that are counted."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

PHRASES: Final = {
    # cells
    "cell": Sentence(en="cell {cell:number}", zh="第 {cell} 个单元格"),
    "cells": Sentence(en="cells {cells} and {last:number}", zh="第 {cells} 和 {last} 个单元格"),
    "cells_many": Sentence(
        en="cells {cells}, {others:number} others and {last:number}",
        zh="第 {cells}、{last} 个以及另外 {others} 个单元格",
    ),
    # why a cell was passed over
    "only_in_passing": Sentence(en="it sets the name only in passing", zh="它只是顺带用到了这个名称"),
    "is_no_python": Sentence(en="it is not valid Python", zh="它不是合法的 Python 代码"),
    "is_no_python_line": Sentence(
        en="it is not valid Python (line {line:number})", zh="它不是合法的 Python 代码（第 {line} 行）"
    ),
    "as_handed_out": Sentence(en="it is still as it was handed out", zh="它还是发下来时的样子"),
    "is_ungraded": Sentence(en="it is marked as ungraded", zh="它被标记为不评分"),
    "tag_says": Sentence(en="its tag says {word}", zh="它的标签写着 {word}"),
    "comment_says": Sentence(en="its first comment says {word}", zh="它的第一条注释写着 {word}"),
    "defines_other": Sentence(en="it defines another name, `{name:word}`", zh="它定义的是另一个名称 `{name}`"),
    # why a cell is no Python, where Python itself does not say
    "nested_too_deeply": Sentence(en="the code is nested too deeply to be read", zh="代码嵌套过深，无法读取"),
    "too_many_statements": Sentence(
        en="the notebook holds more than {most:number} statements before it",
        zh="在它之前，笔记本已有超过 {most} 条语句",
    ),
    "cell_too_long": Sentence(
        en="the cell holds {characters:number} characters, more than the {most:number} that are read",
        zh="这个单元格有 {characters} 个字符，超过了读取的上限 {most} 个",
    ),
    # what was handed in instead of a notebook
    "zip_archive": Sentence(
        en="a zip archive: unpack it and hand in the .ipynb inside",
        zh="zip 压缩包：请解压后提交其中的 .ipynb 文件",
    ),
    "pdf": Sentence(en="a PDF: hand in the .ipynb itself", zh="PDF：请直接提交 .ipynb 文件"),
    "web_page": Sentence(
        en="a web page: download the notebook in its raw form",
        zh="网页：请下载笔记本的原始文件",
    ),
    # an exception, its name and text kept as Python says them
    "error_at": Sentence(
        en="{error} (cell {cell:number}, line {line:number})",
        zh="{error}（第 {cell} 个单元格，第 {line} 行）",
    ),
    # what a value is
    "none": Sentence(en="None", zh="None"),
    "true": Sentence(en="True", zh="True"),
    "false": Sentence(en="False", zh="False"),
    "number": Sentence(en="a single number", zh="单个数字"),
    "array": Sentence(en="an array of shape {shape}", zh="形状为 {shape} 的数组"),
    "a_text": Sentence(en="a text", zh="一段文本"),
    "a_set": Sentence(en="a set", zh="集合"),
    "a_list": Sentence(en="a list", zh="列表"),
    "single_value": Sentence(en="a single value", zh="单个值"),
    "container": Sentence(en="a {type:word} of {values:phrase}", zh="含有 {values}的 {type}"),
    "booleans": Sentence(en="True and False", zh="True 和 False"),
    "integers": Sentence(en="whole numbers", zh="整数"),
    "reals": Sentence(en="real numbers", zh="实数"),
    "complexes": Sentence(en="complex numbers", zh="复数"),
    "array_cut_short": Sentence(
        en="{entries} and {more:number} more, in an array of shape {shape}",
        zh="{entries} 以及另外 {more} 个元素，数组形状为 {shape}",
    ),
    # what an object is that cannot cross the wall
    "object": Sentence(en="an object of type {type}", zh="{type} 类型的对象"),
    "function": Sentence(en="a function", zh="函数"),
    "array_of_dtype": Sentence(en="an array of dtype {dtype}", zh="数据类型为 {dtype} 的数组"),
    "many_dimensions": Sentence(en="an array of {dimensions:number} dimensions", zh="{dimensions} 维数组"),
    "large_integer": Sentence(en="an integer beyond 64 bits", zh="超过 64 位的整数"),
    "long_text": Sentence(en="a text of more than {most:number} characters", zh="超过 {most} 个字符的文本"),
    "symbolic": Sentence(
        en="a SymPy formula with symbols still in it",
        zh="仍含有符号的 SymPy 公式",
    ),
    "half_a_character": Sentence(en="a text with half a character in it", zh="含有半个字符的文本"),
    "odd_key": Sentence(
        en="a dictionary or set with {what:phrase} in it where only text and whole numbers are understood",
        zh="字典或集合，其中含有{what}，而那里只能是文本或整数",
    ),
    "nested_containers": Sentence(
        en="containers nested more than {most:number} deep",
        zh="嵌套超过 {most} 层的容器",
    ),
    "many_entries": Sentence(
        en="lists, tuples or dictionaries of more than {most:number} entries in all (an array may have more)",
        zh="总共超过 {most} 个元素的列表、元组或字典（数组可以有更多元素）",
    ),
    "many_arrays": Sentence(en="more than {most:number} arrays at once", zh="同时超过 {most} 个数组"),
    "not_a_model": Sentence(en="{what:phrase}, not a Keras model", zh="{what}，不是 Keras 模型"),
    # why the description of a model was not believed
    "many_layers": Sentence(en="it has more than {most:number} layers", zh="它的层数超过 {most}"),
    "incomplete": Sentence(en="its description is incomplete", zh="对它的描述不完整"),
    "wide_layer": Sentence(en="one of its layers is wider than {most:number}", zh="其中一层的宽度超过 {most}"),
    "bias_misfit": Sentence(en="a bias does not fit its layer", zh="有一个偏置与所在的层不匹配"),
    "layer_incomplete": Sentence(en="one of its layers is described incompletely", zh="对其中一层的描述不完整"),
    "other_array": Sentence(
        en="an array of {dimensions:number} dimensions and real numbers was expected",
        zh="这里应为 {dimensions} 维的实数数组",
    ),
    "empty_array": Sentence(en="one of its arrays is empty", zh="其中一个数组是空的"),
}

#: how Chinese counts a thing, by its English singular; the braces take the number
NOUNS: Final = {
    "second": "{} 秒",
    "check": "{} 项检查",
    "value": "{} 个值",
    "entry": "{} 个元素",
    "layer": "{} 层",
    "Dense layer": "{} 个 Dense 层",
    "point": "{} 分",
    "step": "{} 步",
    "exercise": "{} 道题",
    "student": "{} 名学生",
    "notebook": "{} 个笔记本",
    "worker": "{} 个工作进程",
    "other cell": "{} 个其他单元格",
    "other file": "{} 个其他文件",
    "file": "{} 个文件",
    "time": "{} 倍",
}
