"""Sentences about a whole class: files set aside, students without a grade, and what the instructor should do."""

from __future__ import annotations

from typing import Final

from grader.wording.sentence import Sentence

SENTENCES: Final = {
    # beside a student's score
    "handed_in_late": Sentence(en="Handed in late.", zh="迟交。"),
    "not_on_roster": Sentence(en="Not on the roster.", zh="不在名单上。"),
    "others_set_aside": Sentence(en="{files:phrase} of this student set aside.", zh="这名学生的 {files}未采用。"),
    "looks_like": Sentence(en="Looks like the assignment {assignment:word}.", zh="看起来是作业 {assignment}。"),
    "no_reason_known": Sentence(en="No reason is known.", zh="原因不明。"),
    "no_notebook_among_files": Sentence(
        en="There is no notebook among the files. Hand in the .ipynb file.",
        zh="提交的文件中没有笔记本。请提交 .ipynb 文件。",
    ),
    "lies_too_deep": Sentence(
        en="It lies below more than {most:number} folders, and is not looked into.",
        zh="它位于超过 {most} 层文件夹之下，未被查看。",
    ),
    "another_counts": Sentence(
        en="{file} counts for this student: {because:phrase}.", zh="这名学生以 {file} 为准：{because}。"
    ),
    "instructor_knows": Sentence(
        en="two attempts to grade it failed. Your instructor knows why.",
        zh="两次尝试评分都失败了。老师知道原因。",
    ),
    "two_attempts_failed": Sentence(
        en="Two attempts to grade it failed: {reason:phrase}.", zh="两次尝试评分都失败了：{reason}。"
    ),
    # what happened
    "roster_lacks_student": Sentence(
        en="The roster does not name this student. The work was graded all the same.",
        zh="名单上没有这名学生。作业仍已评分。",
    ),
    "answers_another": Sentence(
        en="It answers nothing of this assignment, and looks like {assignment:word}.",
        zh="它没有回答这份作业的任何题目，看起来是 {assignment}。",
    ),
    "answers_nothing": Sentence(
        en="It answers nothing of this assignment: no name that is asked for is defined.",
        zh="它没有回答这份作业的任何题目：要求的名称都没有定义。",
    ),
    "was_stopped": Sentence(
        en='Its code was stopped in "{exercise:phrase}", which cost nobody else anything: {reason:sentences}',
        zh="它的代码在“{exercise}”中被停止，没有影响其他人：{reason}",
    ),
    "name_alike": Sentence(
        en="Another student's name differs from this one in capital letters or spelling of accents alone.",
        zh="另一名学生的名字与此仅大小写或重音的写法不同。",
    ),
    "name_is_odd": Sentence(
        en="The name holds characters that cannot be seen, or begins as a formula does. In tables it is made harmless.",
        zh="名字含有不可见的字符，或以公式的写法开头。在表格中已作无害处理。",
    ),
    # what to do
    "run_again": Sentence(
        en="Run the same command again: what is done is not repeated. If it stays so, see `grader doctor`, and report it.",
        zh="请再次运行同样的命令：已完成的不会重复。如果仍然如此，请运行 `grader doctor` 查看，并报告这个问题。",
    ),
    "ask_to_hand_in_again": Sentence(
        en="Ask the student to hand in the notebook again, and run the same command.",
        zh="请让学生重新提交笔记本，然后运行同样的命令。",
    ),
    "permit_and_run": Sentence(
        en="Give the permission, and run the same command. The student need not do anything.",
        zh="请加上权限，然后运行同样的命令。学生不需要做任何事。",
    ),
    "look_for_missing_work": Sentence(
        en="Look whether a student's work is missing; if so, export it again.",
        zh="请查看是否缺少某名学生的作业；如果缺少，请重新导出。",
    ),
    "delete_what_shall_not_count": Sentence(
        en="Nothing, if that is right. Else delete the file that shall not count, and run the same command.",
        zh="如果没有问题，就不用处理。否则请删除不应采用的文件，然后运行同样的命令。",
    ),
    "compare_with_roster": Sentence(
        en="Compare the spelling with the roster, or add the student to it.",
        zh="请与名单核对拼写，或把这名学生加入名单。",
    ),
    "two_or_one": Sentence(
        en="Nothing if they are two people; each has a report. If they are one, keep one of the names, and run the same "
        "command.",
        zh="如果是两个人，就不用处理，各有一份报告。如果是同一个人，请只保留一个名字，然后运行同样的命令。",
    ),
    "whose_name": Sentence(
        en="Make sure whose work it is, and that the name is not made to look like another's.",
        zh="请确认这是谁的作业，并确认这个名字不是在冒充他人。",
    ),
    "use_newer_python": Sentence(
        en="Run the grader with the Python that the notebook names in its metadata, or a newer one. Running it again as it "
        "is will change nothing.",
        zh="请用笔记本元数据中写明的 Python 版本或更新的版本运行评分程序。照原样再运行一次不会有变化。",
    ),
    "read_the_cell": Sentence(
        en="Nothing has to be done. Read the cell if it looks like more than a mistake.",
        zh="不需要处理。如果看起来不只是失误，请阅读这个单元格。",
    ),
    "ask_whether_right_notebook": Sentence(
        en="Ask the student whether the right notebook was handed in.",
        zh="请询问学生提交的是不是正确的笔记本。",
    ),
}

PHRASES: Final = {
    # why a worker did not come through a submission
    "took_longer": Sentence(en="it took longer than {time:phrase}", zh="用时超过 {time}"),
    "process_ended": Sentence(en="the process that graded it ended", zh="评分进程中途结束"),
    "process_ended_by": Sentence(en="the process that graded it ended, by {signal}", zh="评分进程被 {signal} 结束"),
    "grader_failed": Sentence(
        en="the grader failed with {error} ({file:word}, line {line:number})",
        zh="评分程序出错：{error}（{file}，第 {line} 行）",
    ),
    # why one of several files counts
    "canvas_got_it_later": Sentence(en="Canvas got it later", zh="Canvas 收到它的时间更晚"),
    "gradescope_got_it_later": Sentence(en="Gradescope got it later", zh="Gradescope 收到它的时间更晚"),
    "timestamp_later": Sentence(en="its timestamp.txt is later", zh="它的 timestamp.txt 更晚"),
    "named_like": Sentence(en="it is named like the {what:phrase}", zh="它的名称与{what}一致"),
    "an_assignment": Sentence(en="assignment", zh="作业"),
    "a_submission": Sentence(en="submission", zh="提交"),
    "changed_last": Sentence(
        en="it was changed last, by the files' dates, which copying and unpacking may change",
        zh="按文件日期，它的修改时间最晚（复制和解压可能会改变日期）",
    ),
    "last_by_name": Sentence(
        en="nothing else tells them apart, so the last by name was taken",
        zh="没有其他区别，因此采用名称排序最后的一个",
    ),
}
