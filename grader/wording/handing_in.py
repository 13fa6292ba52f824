"""Sentences about zips and folders that were handed in: why something in them is not graded, and what to do."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # what to do
    "notebook_instead": Sentence(en="Hand in the .ipynb file itself.", zh="请直接提交 .ipynb 文件。"),
    "give_permission": Sentence(en="Give it read permission and run again.", zh="请加上读取权限后再运行一次。"),
    "clear_and_hand_in": Sentence(
        en="Clear the notebook's outputs and hand it in again.", zh="请清除笔记本的所有输出后重新提交。"
    ),
    # files and folders
    "no_link_followed": Sentence(en="It is a link, and links are not followed.", zh="它是一个链接，我们不跟随链接。"),
    "name_is_link": Sentence(en="{file:quoted} is a link.", zh="{file} 是一个链接。"),
    "is_not_regular": Sentence(en="It is not a regular file.", zh="它不是普通文件。"),
    "folder_unreadable": Sentence(en="The folder cannot be read ({reason}).", zh="无法读取文件夹（{reason}）。"),
    "too_large_to_read": Sentence(
        en="It is larger than the {most:number} MB we read.", zh="它超过了我们读取的上限 {most} MB。"
    ),
    # zips
    "zip_not_regular": Sentence(en="The zip is not a regular file.", zh="这个 zip 不是普通文件。"),
    "zip_unreadable": Sentence(en="The zip cannot be read ({reason}).", zh="无法读取这个 zip（{reason}）。"),
    "named_zip_unreadable": Sentence(
        en="The zip {file:quoted} cannot be read ({reason}).", zh="无法读取 zip {file}（{reason}）。"
    ),
    "zip_unpacks_not": Sentence(
        en="The zip is damaged: a file in it cannot be unpacked.", zh="这个 zip 已损坏：其中有文件无法解压。"
    ),
    "zip_lies": Sentence(
        en="The zip is damaged: a file in it is not what its list of contents says.",
        zh="这个 zip 已损坏：其中有文件与目录不符。",
    ),
    "zip_cannot_be_opened": Sentence(
        en="The zip is damaged or cut off and cannot be opened.", zh="这个 zip 已损坏或不完整，无法打开。"
    ),
    "zip_without_list": Sentence(
        en="The zip is damaged or cut off: its list of contents is missing.",
        zh="这个 zip 已损坏或不完整：缺少目录。",
    ),
    "zip_overlaps": Sentence(
        en="The zip claims to hold more than it can: its files overlap.",
        zh="这个 zip 声称的内容超过了它能容纳的：其中的文件相互重叠。",
    ),
    "zip_too_large": Sentence(
        en="The zip would unpack to more than {most:number} GB.", zh="这个 zip 解压后会超过 {most} GB。"
    ),
    "zip_too_many": Sentence(en="The zip holds more than {files:phrase}.", zh="这个 zip 含有超过 {files}。"),
    "too_many_zips": Sentence(
        en="There are more than {most:number} zips of one student.", zh="同一名学生的 zip 超过 {most} 个。"
    ),
    # one file in a zip
    "member_twice": Sentence(en="The zip holds several files of that name.", zh="这个 zip 中有多个同名文件。"),
    "member_leads_out": Sentence(en="Its name leads out of the zip.", zh="它的路径指向 zip 之外。"),
    "member_encrypted": Sentence(en="It is encrypted.", zh="它是加密的。"),
    "member_method": Sentence(
        en="It is packed by a method that we do not read.", zh="它使用了我们无法读取的压缩方法。"
    ),
    "member_bomb": Sentence(
        en="It would unpack to {times:phrase} its size, as no notebook does.",
        zh="它解压后会是原来的 {times}，笔记本不会这样。",
    ),
    "zip_in_zip_in_zip": Sentence(en="It is a zip in a zip in a zip.", zh="它是 zip 里的 zip 里的 zip。"),
}
