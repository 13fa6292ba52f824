"""Whoever asks for Chinese reads Chinese, in every format: no word of ours stands in a renderer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from grader.limits import NotebookLimits
from grader.messages import Words, prose
from grader.notebook.notebook import parse
from grader.render import RENDERERS, annotated, practice
from grader.render.class_text import MOST_TROUBLES
from grader.render.classes import CLASS_RENDERERS
from grader.report.report import Report, Status
from tests.notebooks import code, notebook
from tests.unit.classes import BROKEN, CLASS, HOSTILE, HOSTILE_CLASS, REPORTS, TROUBLES, class_of, row, work
from tests.unit.drawn_here import drawn_here
from tests.unit.gallery import GALLERY
from tests.unit.rewriting import read_by_people, rewritten

Golden = Callable[[str, str], None]
CHINESE = Words("zh")
#: names that are the same in every language
NAMES = {"Python", "NumPy", "TensorFlow", "Keras", "SHA", "MiB", "nan", "grader"}
LONG = class_of(*[row("甲" * 190, work(0, 0))] * 3_000, troubles=[TROUBLES[0]] * (MOST_TROUBLES + 1))
SHOWN = {**GALLERY, **REPORTS, "hostile": HOSTILE}
CLASSES = {"a class": CLASS, "hostile": HOSTILE_CLASS, "nobody": class_of(), "nobody graded": class_of(row("a", None))}
#: what the course and the class of the golden files are called in Chinese
COURSE = {
    "A lab": "一次实验",
    "Double it": "加倍",
    "Halve it": "减半",
    "cem.ipynb is not a notebook.": "cem.ipynb 不是笔记本。",
    "Ask for the file again.": "请重新索要文件。",
    "It is not JSON. Save it again.": "它不是 JSON。请重新保存。",
    "The sandbox broke.": "沙箱出了故障。",
    "The sandbox broke. Grade this submission again.": "沙箱出了故障。请对这份提交重新评分。",
    "Run the same command again.": "请再次运行同样的命令。",
}


def mute(text: str) -> str:
    """A text of somebody else's, without Latin letters: whatever is left of these is ours."""
    return "甲" if re.search("[A-Za-z]", text) else text


def english(text: str) -> set[str]:
    """The Latin words in a text, but for names and files of ours."""
    return set(re.findall("[A-Za-z]{2,}", text.replace("class.json", ""))) - NAMES


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize("format", RENDERERS)
def test_a_report_in_chinese_holds_no_english_word_of_ours(format: str, shown: Report) -> None:
    """Whatever the student and the course wrote is Chinese here, so an English word could only be the renderer's."""
    made = RENDERERS[format](rewritten(shown, mute), words=CHINESE)
    assert english(read_by_people(format, made)) == set()


@pytest.mark.parametrize("shown", CLASSES)
@pytest.mark.parametrize("format", CLASS_RENDERERS)
def test_a_class_in_chinese_holds_no_english_word_of_ours(format: str, shown: str) -> None:
    """Also of nobody, and of a class without a grade."""
    reports = {"a class": [*REPORTS.values()], "hostile": [HOSTILE]}.get(shown, [])
    quiet = [rewritten(each, mute) for each in reports]
    made = CLASS_RENDERERS[format](rewritten(CLASSES[shown], mute), quiet, words=CHINESE)
    assert english(read_by_people(format, made)) == set()


@pytest.mark.parametrize("format", ["text", "github_summary"])
def test_what_is_left_out_is_said_in_chinese(format: str) -> None:
    """Troubles beyond the first, a summary longer than GitHub takes."""
    made = CLASS_RENDERERS[format](rewritten(LONG, mute), (), words=CHINESE)
    assert english(read_by_people(format, made)) == set()


@pytest.mark.parametrize("shown", GALLERY.values(), ids=GALLERY)
def test_an_annotated_notebook_in_chinese_holds_no_english_word_of_ours(shown: Report) -> None:
    """The feedback between the student's cells, and its page."""
    report, source = rewritten(shown, mute), parse(notebook(code("甲 = 1")), NotebookLimits())
    cells = json.loads(annotated.render(source, report, words=CHINESE))["cells"]
    page = annotated.render_html(source, report, words=CHINESE, drawing=drawn_here)

    feedback = "\n".join("".join(cell["source"]) for cell in cells).replace("```text", "```")
    assert english(feedback) | english(read_by_people("html", page)) == set()


@pytest.mark.parametrize("shown", [each for each in GALLERY.values() if each.exercises], ids=lambda each: each.status)
def test_a_practice_card_in_chinese_holds_no_english_word_of_ours(shown: Report) -> None:
    """As text and as a piece of a page."""
    result = rewritten(shown, mute).exercises[0]
    view = practice.PracticeView(assignment="甲", title="甲", result=result, notes=(prose("甲"),))
    page = practice.render_html(view, words=CHINESE)

    assert english(practice.render(view, words=CHINESE)) | english(read_by_people("html", page)) == set()


def test_english_words_would_be_found() -> None:
    """Were the search to find nothing, the tests above would hold of anything."""
    assert {"graded", "median"} <= english(CLASS_RENDERERS["text"](rewritten(CLASS, mute), ()))
    annotations = read_by_people("github", RENDERERS["github"](rewritten(REPORTS["ben"], mute)))
    assert {"points", "expected", "cell", "Hint"} <= english(annotations)


@pytest.mark.parametrize("format", ["text", "html", "github_summary", "csv", "moodle"])
def test_a_class_in_chinese_is_its_golden_file(golden: Golden, format: str) -> None:
    """Read as a whole: what students wrote stays, all else is Chinese."""
    endings = {"text": "txt", "html": "html", "github_summary": "md"}
    made = CLASS_RENDERERS[format](CLASS, REPORTS.values(), words=Words("zh", COURSE))
    golden(f"formats/class_zh.{format}.{endings.get(format, 'csv')}", made)


@pytest.mark.parametrize("format", ["gradescope", "coursera", "github_summary"])
def test_a_report_in_chinese_is_its_golden_file(golden: Golden, format: str) -> None:
    """Of a submission that was not graded in full, which says most."""
    made = RENDERERS[format](BROKEN.model_copy(update={"status": Status.NOT_GRADED}), words=Words("zh", COURSE))
    golden(f"formats/not_graded_zh.{format}.txt", f"{read_by_people(format, made)}\n")


@pytest.mark.parametrize("format", ["json", "canvas"])
def test_what_programs_read_is_english_always(format: str) -> None:
    """Canvas finds an assignment by its title, and a report is kept in English."""
    assert CLASS_RENDERERS[format](CLASS, (), words=Words("zh", COURSE)) == CLASS_RENDERERS[format](CLASS, ())


def test_what_gradescope_stores_is_english_always() -> None:
    """It finds the submission, and how to grade it again alike."""
    made = [RENDERERS["gradescope"](BROKEN, words=words) for words in (Words(), Words("zh", COURSE))]
    stored = [json.loads(each)["extra_data"] for each in made]
    assert stored[0] == stored[1]


def test_columns_of_tables_are_called_alike_in_every_language() -> None:
    """Whoever reads class.csv by program need not know in which language it was made."""
    heads = [CLASS_RENDERERS["csv"](CLASS, (), words=words).splitlines()[0] for words in (Words(), CHINESE)]
    assert heads[0] == heads[1]
