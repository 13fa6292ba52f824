"""What pages take from a course's folder: its words, and the notebook it hands out."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from grader.service.courses.archive import packed, read
from grader.service.site import Site
from grader.service.store.tables import Revision
from grader.service.web.app import make_app
from grader.service.web.course_folders import CourseFolders
from tests.service.classroom import Classroom, furnish, signed_in


@pytest.fixture
def room(on_sqlite: Site, tmp_path: Path) -> Classroom:
    """A course with a small folder of its own: one assignment in two languages, with one file to go with it."""
    home = tmp_path / "course" / "assignments" / "digits"
    (home / "files").mkdir(parents=True)
    (tmp_path / "course" / "reference").mkdir()
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": [], "execution_count": 3}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (home / "starter.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (home / "files" / "data.csv").write_text("1,2\n", encoding="utf-8")
    (home / "words.zh.toml").write_text('"Softmax" = "归一化"\n', encoding="utf-8")
    made = furnish(on_sqlite)
    _given(on_sqlite, made, tmp_path / "course")
    return made


def _given(site: Site, room: Classroom, folder: Path) -> None:

    files = read(folder)
    with site.database.begin() as session:
        archive = site.blobs.put(session, packed(files), now=site.now())
        revision = session.get_one(Revision, room.revision_id)
        revision.archive, revision.digest = archive, files.digest


def test_students_begin_with_the_notebook_and_its_files(on_sqlite: Site, room: Classroom) -> None:
    """As one archive, the notebook called by the assignment and cleared of what running left."""
    answer = signed_in(make_app(on_sqlite), room, "ada").get("/courses/ml/digits/notebook")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        cells = json.loads(archive.read("digits.ipynb"))["cells"]

        assert answer.headers["content-disposition"].startswith('attachment; filename="digits.zip"')
        assert sorted(archive.namelist()) == ["data.csv", "digits.ipynb"]
        assert cells[0]["execution_count"] is None


def test_a_course_speaks_its_own_words(on_sqlite: Site, room: Classroom) -> None:
    """What its folder says in the reader's language; what it does not say stays as it is."""
    folders = CourseFolders(on_sqlite)
    with on_sqlite.database.read() as session:
        words = folders.words(session, room.revision_id, "digits", "zh")

    assert words.prose("Softmax") == "归一化"
    assert words.prose("The model") == "The model"


def test_a_course_that_cannot_be_had_costs_no_page(on_sqlite: Site) -> None:
    """Its archive is damaged: pages speak without its words, and there is no notebook to get."""
    room = furnish(on_sqlite)
    ada = signed_in(make_app(on_sqlite), room, "ada")

    assert ada.get("/courses/ml/digits", headers={"Accept-Language": "zh"}).status_code == 200
    assert ada.get("/courses/ml/digits/notebook").status_code == 404
