"""Sentences about the file that was handed in: why it cannot be read, and what to do."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    "download_again": Sentence(
        en="In Jupyter choose File > Download and hand that file in.",
        zh="请在 Jupyter 中选择 File > Download，然后提交下载的文件。",
    ),
    "clear_outputs": Sentence(
        en="Clear its outputs, save it and hand it in again.",
        zh="请清除所有输出，保存后重新提交。",
    ),
    "too_many_cells": Sentence(
        en="The notebook holds {cells:number} cells, more than the {most:number} we read.",
        zh="笔记本有 {cells} 个单元格，超过了我们读取的上限 {most} 个。",
    ),
    "delete_empty_cells": Sentence(
        en="Delete the empty ones and hand it in again.",
        zh="请删除空的单元格后重新提交。",
    ),
    "is_a_folder": Sentence(
        en="{file} is a folder, not a notebook. Hand in the .ipynb file inside it.",
        zh="{file} 是文件夹，不是笔记本。请提交其中的 .ipynb 文件。",
    ),
    "no_regular_file": Sentence(
        en="{file} is not a regular file. Hand in the .ipynb file itself.",
        zh="{file} 不是普通文件。请直接提交 .ipynb 文件。",
    ),
    "file_too_large": Sentence(
        en="{file} is larger than the {most:number} MB we read.",
        zh="{file} 超过了我们读取的上限 {most} MB。",
    ),
    "broken_link": Sentence(
        en="{file} is a link to a file that is not there. Hand in the notebook itself, not a link.",
        zh="{file} 是一个链接，指向的文件不存在。请提交笔记本本身，而不是链接。",
    ),
    "no_file": Sentence(
        en="There is no file {file}. Check the path and the spelling.",
        zh="没有找到文件 {file}。请检查路径和拼写。",
    ),
    "no_permission": Sentence(
        en="{file} may not be read by the grader. Give it read permission and try again.",
        zh="评分程序没有读取 {file} 的权限。请加上读取权限后再试一次。",
    ),
    "cannot_be_read": Sentence(
        en="{file} cannot be read ({reason}). Check that the path names your notebook.",
        zh="无法读取 {file}（{reason}）。请检查路径是否指向你的笔记本。",
    ),
    "file_is_empty": Sentence(en="The file is empty (0 bytes).", zh="文件是空的（0 字节）。"),
    "file_is_blank": Sentence(en="The file holds nothing but white space.", zh="文件里只有空白字符。"),
    "is_utf_16": Sentence(
        en="The file looks like UTF-16 text; a notebook is UTF-8. Save it with the encoding UTF-8, or download it afresh.",
        zh="文件看起来是 UTF-16 编码，而笔记本应为 UTF-8。请用 UTF-8 编码保存，或重新下载。",
    ),
    "no_notebook": Sentence(en="The file is not a notebook.", zh="这个文件不是笔记本。"),
    "no_notebook_but": Sentence(
        en="The file is not a notebook but {what:phrase}.",
        zh="这个文件不是笔记本，而是{what}。",
    ),
    "not_utf_8": Sentence(
        en="It is not UTF-8 text (line {line:number}, byte {byte:number}).",
        zh="它不是 UTF-8 文本（第 {line} 行，第 {byte} 字节）。",
    ),
    "nested_deeply": Sentence(
        en="The file nests its data too deeply to be a notebook (line {line:number}).",
        zh="文件的数据嵌套过深，不可能是笔记本（第 {line} 行）。",
    ),
    "nested_often": Sentence(
        en="The file nests its data too often to be a notebook (line {line:number}).",
        zh="文件的嵌套数据过多，不可能是笔记本（第 {line} 行）。",
    ),
    "json_without_object": Sentence(
        en="The file is JSON but not a notebook: it holds {what:phrase} where a notebook is an object with cells.",
        zh="文件是 JSON，但不是笔记本：笔记本应是一个含有单元格的对象，而这里是{what}。",
    ),
    "json_without_cells": Sentence(
        en="The file is JSON but not a notebook: it has no list of cells.",
        zh="文件是 JSON，但不是笔记本：其中没有单元格列表。",
    ),
    "ends_early": Sentence(
        en="The file ends early, in line {line:number}: it looks cut off, as by a broken download.",
        zh="文件不完整，在第 {line} 行就结束了：看起来是下载中断造成的。",
    ),
    "not_json": Sentence(
        en="It is not JSON (line {line:number}, column {column:number}: {reason}).",
        zh="它不是 JSON（第 {line} 行，第 {column} 列：{reason}）。",
    ),
    "too_much_code": Sentence(
        en="The code cells hold {characters:number} characters, more than the {most:number} we read.",
        zh="代码单元格共有 {characters} 个字符，超过了我们读取的上限 {most} 个。",
    ),
    "move_data_out": Sentence(
        en="Move data out of the code (into a file, say) and hand the notebook in again.",
        zh="请把数据从代码中移出去（例如放进文件），然后重新提交笔记本。",
    ),
    "damaged_cells": Sentence(
        en="{cells:number} of the notebook's cells are damaged and were passed over.",
        zh="笔记本中有 {cells} 个单元格已损坏，已跳过。",
    ),
    "damaged_cell": Sentence(
        en="One of the notebook's cells is damaged and was passed over.",
        zh="笔记本中有一个单元格已损坏，已跳过。",
    ),
    "no_notebook_handed_in": Sentence(
        en="No notebook was handed in: there is no .ipynb file among what you handed in.",
        zh="没有提交笔记本：你提交的内容中没有 .ipynb 文件。",
    ),
    "graded_of_several": Sentence(
        en="You handed in several notebooks. {file:quoted} was graded; these were not: {others}.",
        zh="你提交了多个笔记本。已评分的是 {file}；未评分的有：{others}。",
    ),
}
