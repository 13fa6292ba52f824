"""A course's own texts in another language: files called `words.<language>.toml`, English on the left.

One lies beside `assignment.py`, for titles, sentences and hints; one may lie beside `solution.py`, for the hints of the
mistakes. A text without a translation is shown in English.
"""

from __future__ import annotations

from pathlib import Path

from grader.course.text_files import tables_in
from grader.errors import CourseError
from grader.messages import ENGLISH, Language, Words


def read_words(language: Language, folders: tuple[Path, ...]) -> Words:
    """The words of `language` with those files of `folders` that exist. Raises CourseError for one it cannot use."""
    if language == "en":
        return ENGLISH
    found: dict[str, str] = {}
    for folder in folders:
        found |= _texts(folder / f"words.{language}.toml")
    return Words(language, found)


def _texts(path: Path) -> dict[str, str]:
    try:
        texts = tables_in(path)
    except CourseError as error:
        raise CourseError(*error.lines, 'Each of its lines is "English text" = "translation".') from error
    if wrong := [english for english, text in texts.items() if not isinstance(text, str)]:
        raise CourseError(f"{path}: {wrong[0]!r} is not translated by a text. Put both sides into quotes.")
    return texts
