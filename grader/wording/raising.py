"""Hints by kind of exception, said where code raised and no known mistake fits. See `checks/detectors/raised`."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # names and calls
    "hint_library": Sentence(
        en="A library is used under a name that nothing imports: is the cell with its `import` still in the notebook?",
        zh="代码用到了一个没有导入的库：含有 `import` 的单元格还在笔记本里吗？",
    ),
    "hint_name": Sentence(
        en="At that point Python does not know the name. Is it spelled alike everywhere, and given a value before it is "
        "used? What a function needs from outside, it gets as an argument.",
        zh="运行到那里时，Python 不认识这个名称。它的拼写处处一致吗？使用之前赋过值吗？函数需要的外部内容要作为参数传入。",
    ),
    "hint_local": Sentence(
        en="A name that is assigned somewhere in a function has no value there until then. Is it assigned only in one "
        "branch, or is another name meant?",
        zh="在函数中赋值的名称，在赋值之前没有值。它是不是只在某个分支里赋了值，或者这里应该用另一个名称？",
    ),
    "hint_is_none": Sentence(
        en="Something on that line is None: a function that ends without `return` gives None, and a place that is not "
        "filled in yet may hold it.",
        zh="那一行里有某个值是 None：没有 `return` 的函数会返回 None，还没有填写的地方也可能是 None。",
    ),
    "hint_definition": Sentence(
        en="The call is the one that was asked for, but your definition takes other arguments: compare its `def` line with "
        "the one that was handed out.",
        zh="调用方式符合题目要求，但你的定义接收的参数不同：请把 `def` 那一行与发下来的比较一下。",
    ),
    "hint_arguments": Sentence(
        en="On that line a function gets other arguments than it takes: compare the call with its definition, in number, "
        "order and names.",
        zh="那一行调用函数时给的参数与它接收的不符：请对照它的定义，检查参数的个数、顺序和名称。",
    ),
    "hint_not_callable": Sentence(
        en="Round brackets after a value call it like a function. Is a `*` missing, are square brackets meant, or was a "
        "function's name given to a value?",
        zh="值后面的圆括号表示把它当作函数来调用。是不是漏了 `*`，应该用方括号，或者把函数的名称赋给了某个值？",
    ),
    # kinds of values
    "hint_takes_one_number": Sentence(
        en="This function takes one number and got an array: those of `math` know single numbers only, those of NumPy, as "
        "`np.exp`, take whole arrays.",
        zh="这个函数只接受单个数，却得到了数组：`math` 中的函数只能处理单个数，NumPy 的函数（如 `np.exp`）可以处理整个数组。",
    ),
    "hint_list_index": Sentence(
        en="A list takes one index at a time. `np.array` makes an array of it, which takes a row and a column together.",
        zh="列表一次只能用一个下标。用 `np.array` 把它变成数组后，就可以同时给出行和列。",
    ),
    "hint_whole_number": Sentence(
        en="Sizes and indices are whole numbers. `/` always gives a decimal one; `//` and `int` give whole ones.",
        zh="大小和下标必须是整数。`/` 总是得到小数；`//` 和 `int` 得到整数。",
    ),
    "hint_list_computes": Sentence(
        en="A list does not compute entry by entry: make an array of it with `np.array`.",
        zh="列表不会逐个元素计算：请用 `np.array` 把它变成数组。",
    ),
    "hint_operands": Sentence(
        en="The values beside an operator on that line do not go together: print the `type` of each.",
        zh="那一行里，运算符两边的值不能一起运算：请打印它们各自的 `type`。",
    ),
    "hint_unpack": Sentence(
        en="Left of the `=` there are more or fewer names than values on its right: print what the right side gives.",
        zh="等号左边的名称个数与右边的值的个数不同：请打印右边得到的结果。",
    ),
    "hint_no_entries": Sentence(
        en="Square brackets, `len` and loops need something with entries, and that value has none. Is it a single number, "
        "or a function whose round brackets are missing?",
        zh="方括号、`len` 和循环需要含有元素的值，而这个值没有元素。它是单个数，还是漏写了圆括号的函数？",
    ),
    "hint_library_lacks": Sentence(
        en="The library has nothing of that name: compare the spelling with its documentation.",
        zh="这个库里没有这个名称：请对照文档检查拼写。",
    ),
    "hint_attribute": Sentence(
        en="A value of that type has no such attribute. Print its `type`: a list, for one, has no `shape`, and `np.array` "
        "makes an array of it.",
        zh="这种类型的值没有这个属性。请打印它的 `type`：例如列表没有 `shape`，可以用 `np.array` 把它变成数组。",
    ),
    # indices, keys, zero
    "hint_shape_entry": Sentence(
        en="A tuple has fewer entries than that. Is it the `shape` of a vector? It has one entry, and no `shape[1]`.",
        zh="这个元组没有那么多元素。它是不是向量的 `shape`？向量的 `shape` 只有一个元素，没有 `shape[1]`。",
    ),
    "hint_too_many_indices": Sentence(
        en="There are more indices in the brackets than the array has axes: print its `shape`.",
        zh="方括号里的下标比数组的轴多：请打印它的 `shape`。",
    ),
    "hint_index": Sentence(
        en="Indices count from 0, so the last of n entries is n - 1. Print the length beside the index, and look at where "
        "the loop or range ends.",
        zh="下标从 0 开始，所以 n 个元素中最后一个的下标是 n - 1。请把长度和下标一起打印出来，并检查循环或 range 的终点。",
    ),
    "hint_axis": Sentence(
        en="A vector has axis 0 only, a matrix has the axes 0 and 1: print the `shape` of the array.",
        zh="向量只有轴 0，矩阵有轴 0 和轴 1：请打印数组的 `shape`。",
    ),
    "hint_no_key": Sentence(
        en="The dictionary has no such key: print its keys, and compare letters and capitals.",
        zh="字典里没有这个键：请打印所有的键，并比较字母和大小写。",
    ),
    "hint_divisor": Sentence(
        en="For this call a divisor is 0: which one is it, and what is to come out then?",
        zh="对这次调用，有一个除数是 0：是哪一个？这时应该得到什么？",
    ),
    # shapes
    "hint_product": Sentence(
        en="In a matrix product the left array needs as many columns as the right one has rows. Print both shapes: is a "
        "transpose, `.T`, missing or too many, or the order exchanged?",
        zh="矩阵相乘时，左边的列数要等于右边的行数。请打印两边的形状：是不是漏了或多了转置 `.T`，或者顺序反了？",
    ),
    "hint_broadcast": Sentence(
        en="Arrays of these shapes do not go together entry by entry: along each axis their lengths have to be equal, or "
        "one of them 1. Print the shapes before that line.",
        zh="这样形状的数组不能逐个元素运算：每个轴上的长度要相等，或者其中一个是 1。请在那一行之前打印它们的形状。",
    ),
    "hint_assigned_shape": Sentence(
        en="What is assigned has another shape than the place it is to go to: print the shapes of both.",
        zh="所赋的值与它要放入的位置形状不同：请打印两者的形状。",
    ),
    "hint_truth": Sentence(
        en="`if`, `and` and `or` need one True or False, and an array holds many. `np.where`, `&` and `|` work entry by "
        "entry; `np.any` and `np.all` make one of many.",
        zh="`if`、`and` 和 `or` 需要单个 True 或 False，而数组里有很多个。`np.where`、`&` 和 `|` 逐个元素运算；`np.any` 和 "
        "`np.all` 把很多个合成一个。",
    ),
    "hint_reshape": Sentence(
        en="`reshape` keeps every entry: the lengths of the new axes, multiplied, have to give their number.",
        zh="`reshape` 会保留所有元素：新的各轴长度相乘，必须等于元素的个数。",
    ),
    "hint_layer_input": Sentence(
        en="A layer gets numbers in another shape than it was built for: compare the input shape of the model with the data.",
        zh="某一层得到的数据形状与它建立时的不同：请比较模型的输入形状和数据的形状。",
    ),
    "hint_casting": Sentence(
        en="An array of whole numbers cannot hold decimal ones. Make a new array with the result, or one of decimals with "
        "`astype`.",
        zh="整数数组放不下小数。请用结果新建一个数组，或用 `astype` 把它变成小数数组。",
    ),
    # what is not there, what does not end
    "hint_module": Sentence(
        en="Only the libraries of this course are there when work is graded: is the name right, and is the import needed?",
        zh="评分时只有本课程用到的库：名称写对了吗？这个导入是必需的吗？",
    ),
    "hint_file": Sentence(
        en="Only files that were handed out are there when work is graded, under the names they were handed out with.",
        zh="评分时只有随作业发下来的文件，文件名也与发下来时相同。",
    ),
    "hint_recursion": Sentence(
        en="A function calls itself again and again: which case ends that, and is it ever reached?",
        zh="有一个函数不断调用自己：哪种情况会让它停下来？能到达那种情况吗？",
    ),
    "hint_assertion": Sentence(
        en="An `assert` was not true: print the values it looks at.",
        zh="有一个 `assert` 不成立：请打印它检查的值。",
    ),
    "hint_memory": Sentence(
        en="Something grows too large: is a list or an array made longer in a loop, or each entry set beside all others?",
        zh="有什么东西变得太大了：是不是在循环里不断加长列表或数组，或者把每个元素与所有其他元素配对？",
    ),
    "hint_too_slow": Sentence(
        en="Is there a loop that never ends, or one over single entries where NumPy can take the whole array at once?",
        zh="是不是有永远不会结束的循环，或者逐个元素循环，而 NumPy 可以一次处理整个数组？",
    ),
    # no Python
    "hint_indentation": Sentence(
        en="Blanks at the beginning of a line say what belongs together: all lines of a block begin in the same column.",
        zh="行首的空格表示哪些语句属于同一块：同一块的各行要从同一列开始。",
    ),
    "hint_syntax": Sentence(
        en="The cause may stand a little before the place where Python gives up: on that line and the one before, look for a "
        "bracket or quote left open, or a missing colon.",
        zh="原因可能就在 Python 读不下去的地方之前：请在那一行和上一行找找没有闭合的括号或引号，或者漏掉的冒号。",
    ),
}
