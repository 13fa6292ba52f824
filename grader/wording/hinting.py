"""Hints by kind of failure, said where no known mistake fits: what the answers have in common. See `checks/detectors`."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # the form
    "hint_none": Sentence(
        en="What a function prints or assigns is lost when it ends; it gives back only what stands after `return`.",
        zh="函数中打印或赋值的内容在函数结束后就消失了；它只会返回 `return` 后面的内容。",
    ),
    "hint_key": Sentence(
        en="One key of your dictionary is spelled almost as it was asked for, but not quite: compare letters and capitals.",
        zh="你的字典里有一个键与要求的拼写很接近，但并不相同：请比较字母和大小写。",
    ),
    "hint_value_order": Sentence(
        en="The values are right, but in another order: compare what stands after `return` with the order asked for.",
        zh="各个值都是对的，但顺序不同：请把 `return` 后面的顺序与要求的顺序比较一下。",
    ),
    "hint_transposed": Sentence(
        en="Your answer is the right one transposed: its rows and columns are exchanged.",
        zh="你的答案是正确答案的转置：行和列对调了。",
    ),
    "hint_unit_axis": Sentence(
        en="The numbers are right; only an axis of length one is missing, too many, or in another place. `keepdims` and "
        "`reshape` can set that right.",
        zh="数字都对，只是有一个长度为 1 的轴缺少、多余或位置不对。可以用 `keepdims` 或 `reshape` 来调整。",
    ),
    "hint_other_shape": Sentence(
        en="The numbers are right and in the right order; only the shape is another one.",
        zh="数字和顺序都对，只是形状不同。",
    ),
    "hint_one_short": Sentence(
        en="Your answer is one entry too short, and right otherwise: look at where a loop, range or slice begins and ends.",
        zh="你的答案少了一个元素，其余都对：请检查循环、range 或切片的起点和终点。",
    ),
    "hint_one_long": Sentence(
        en="Your answer is one entry too long, and right otherwise: look at where a loop, range or slice begins and ends.",
        zh="你的答案多了一个元素，其余都对：请检查循环、range 或切片的起点和终点。",
    ),
    "hint_reversed": Sentence(
        en="The numbers are right, but stand in the reverse order.",
        zh="数字都对，但顺序是反的。",
    ),
    "hint_decimals": Sentence(
        en="The numbers are right, but without what comes after the decimal point. An array of whole numbers has no room for "
        "it: what is the dtype of yours?",
        zh="数字都对，但丢失了小数部分。整数数组放不下小数：你的数组是什么 dtype？",
    ),
    # the numbers
    "hint_not_divided": Sentence(
        en="Your answer is too large by the very number of entries or examples in an input: is a division by that number "
        "missing, or a sum taken where a mean is asked for?",
        zh="你的答案偏大，倍数恰好是某个输入的元素个数或样本数：是不是漏了除以这个数，或者该求平均值却求了和？",
    ),
    "hint_divided_twice": Sentence(
        en="Your answer is too small by the very number of entries or examples in an input: is it divided by that number once "
        "too often, or a mean taken where a sum is asked for?",
        zh="你的答案偏小，倍数恰好是某个输入的元素个数或样本数：是不是多除了一次这个数，或者该求和却求了平均值？",
    ),
    "hint_one_less": Sentence(
        en="Your answer is what a division by one less or one more than the number of entries gives: which number is to be "
        "divided by?",
        zh="你的答案相当于除数比元素个数少 1 或多 1：应该除以哪个数？",
    ),
    "hint_negated": Sentence(en="Your numbers have the wrong sign.", zh="你的数字符号反了。"),
    "hint_doubled": Sentence(
        en="Your numbers are all twice as large as asked for: is something counted twice, or a factor 1/2 missing?",
        zh="你的数字都是要求的两倍：是不是有什么被计算了两次，或者漏了系数 1/2？",
    ),
    "hint_halved": Sentence(
        en="Your numbers are all half as large as asked for: is there a factor 1/2 too many, or a factor 2 missing?",
        zh="你的数字都是要求的一半：是不是多了系数 1/2，或者漏了系数 2？",
    ),
    "hint_log_base": Sentence(
        en="Your numbers are off by what lies between logarithms of two bases. In NumPy, `np.log` is the natural one.",
        zh="你的数字所差的倍数正好是不同底的对数之间的倍数。在 NumPy 中，`np.log` 是自然对数。",
    ),
    "hint_factor": Sentence(
        en="Your numbers are off by the same factor for every input: which constant is in the formula, and which in your code?",
        zh="对每个输入，你的数字都差同一个倍数：公式里的常数是什么，你的代码里又是什么？",
    ),
    "hint_offset": Sentence(
        en="Your numbers are off by the same amount for every input: is a constant added that does not belong there, or one "
        "left out?",
        zh="对每个输入，你的数字都差同一个量：是不是多加或漏加了一个常数？",
    ),
    "hint_absolute": Sentence(
        en="Your numbers are right but for the sign: where a minus belongs, it is lost.",
        zh="除了符号，你的数字都对：该有负号的地方丢了负号。",
    ),
    "hint_square": Sentence(
        en="Your numbers are the squares of the right ones: is a root missing, or a square too many?",
        zh="你的数字是正确数字的平方：是不是漏了开方，或者多了一次平方？",
    ),
    "hint_root": Sentence(
        en="Your numbers are the square roots of the right ones: is a root too many, or a square missing?",
        zh="你的数字是正确数字的平方根：是不是多了一次开方，或者漏了平方？",
    ),
    "hint_reciprocal": Sentence(
        en="Your numbers are one divided by the right ones: is a fraction upside down?",
        zh="你的数字是正确数字的倒数：是不是有一个分数的分子和分母颠倒了？",
    ),
    "hint_complement": Sentence(
        en="Your numbers are one minus the right ones: is the other of two cases meant?",
        zh="你的数字等于 1 减去正确的数字：是不是应该取两种情况中的另一种？",
    ),
    "hint_exponential": Sentence(
        en="Your numbers are e to the power of the right ones: is a logarithm missing?",
        zh="你的数字是以 e 为底、正确数字为指数的幂：是不是漏了取对数？",
    ),
    "hint_logarithm": Sentence(
        en="Your numbers are the logarithms of the right ones: is `np.exp` missing, or a logarithm too many?",
        zh="你的数字是正确数字的对数：是不是漏了 `np.exp`，或者多取了一次对数？",
    ),
    "hint_overflow": Sentence(
        en="For large inputs a number on the way grows too large to be held, and NaN or an infinity comes out. Can the formula "
        "be written so that no large power is taken?",
        zh="输入很大时，中间的某个数超出了可以表示的范围，于是得到 NaN 或无穷大。能不能改写公式，避免计算很大的幂？",
    ),
    "hint_zero": Sentence(
        en="NaN or an infinity comes out just where an input holds a 0 or a 1: is there a logarithm of zero, or a division by "
        "zero?",
        zh="恰好在输入含有 0 或 1 时得到 NaN 或无穷大：是不是出现了零的对数，或者除以零？",
    ),
    # the inputs
    "hint_example": Sentence(
        en="Your function answers every call with what is right for one example: where does it use its arguments?",
        zh="无论怎么调用，你的函数都返回某一个例子的答案：它在哪里用到了参数？",
    ),
    "hint_one_answer": Sentence(
        en="Your function answers every call alike: where does it use its arguments?",
        zh="无论怎么调用，你的函数都返回同样的结果：它在哪里用到了参数？",
    ),
    "hint_one_number": Sentence(
        en="All entries of all your answers are the same number: is an array never filled, or a number divided by itself?",
        zh="你所有答案中的所有元素都是同一个数：是不是数组没有填入数值，或者某个数除以了它自己？",
    ),
    "hint_argument": Sentence(
        en="Your function gives back one of its arguments just as it came.",
        zh="你的函数把其中一个参数原样返回了。",
    ),
    "hint_single": Sentence(
        en="Your function is right, except where an input has just one entry, row or column. Does something drop that axis, or "
        "divide by a length minus one?",
        zh="你的函数是对的，除非输入只有一个元素、一行或一列。是不是有什么去掉了这个轴，或者除以了“长度减一”？",
    ),
    "hint_square_only": Sentence(
        en="Your function is right only for matrices with as many rows as columns: is the number of rows taken where that of "
        "the columns is meant, or the other way round?",
        zh="只有当矩阵的行数等于列数时，你的函数才是对的：是不是把行数和列数弄混了？",
    ),
    "hint_integers": Sentence(
        en="Your function goes wrong just where an input holds whole numbers: does the array you fill take over their dtype?",
        zh="恰好在输入是整数时，你的函数出错：你填写的数组是不是沿用了它们的 dtype？",
    ),
    "hint_at_zero": Sentence(
        en="Your function goes wrong just for entries that are 0: on which side does 0 belong?",
        zh="你的函数只在元素为 0 时出错：0 应该归到哪一边？",
    ),
    "hint_negative": Sentence(
        en="Your function goes wrong just for negative entries.",
        zh="你的函数只在元素为负数时出错。",
    ),
    "hint_two_axes": Sentence(
        en="Your function is right for vectors and goes wrong just for matrices: along which axis does it work?",
        zh="对向量，你的函数是对的，对矩阵却会出错：它是沿哪个轴计算的？",
    ),
    "hint_in_place": Sentence(
        en="The array that was passed in is another one after the call: assigning to its entries, `+=` and `sort()` change it. "
        "Work on a copy, or make a new array.",
        zh="调用之后，传入的数组变了：给它的元素赋值、`+=` 和 `sort()` 都会改变它。请在副本上操作，或者新建一个数组。",
    ),
}
