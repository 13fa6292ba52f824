"""The catalogues: every sentence by its key, gettext files for each language in `catalogues/`. Nothing is drawn here.

What grading says stands in `<language>.po`; what the service says beside it, a file for each of its parts, in the
folder of that language.

English decides which keys there are and which fields they have. A catalogue is read when the first sentence of its
language is asked for, the service's when one of those is. Where it was compiled beforehand, as for students, whose
Python may lack what reads the sources, the compiled one is taken.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

#: what a lab says where its author says nothing: title, of right work, of wrong work; and two hints of a quiz. An
#: assignment holds their English, as it holds its author's
STOCK: Final[tuple[str, ...]] = (
    *("arguments_left_title", "arguments_left", "arguments_changed"),
    *("repeats_title", "repeats", "does_not_repeat"),
    *("drawn_title", "drawn_right", "drawn_wrong"),
    *("examples_title", "examples_right", "examples_wrong"),
    *("as_asked_title", "as_asked", "not_as_asked"),
    *("chosen_right", "chosen_wrong", "read_once_more", "each_marked"),
)

_FOLDER: Final = files(__package__) / "catalogues"


def sentence(language: Language, key: str, number: int | None = None) -> str | None:
    """The sentence `key`, fields in braces; of one that is counted, the form for `number`. None if there is none."""
    if not key:  # gettext keeps what it says of the file itself there
        return None
    return next((found for read in (_of_grading, _of_service) if (found := _found(read(language), key, number))), None)


def _found(catalogue: gettext.NullTranslations, key: str, number: int | None) -> str | None:
    found = key if number is not None else catalogue.gettext(key)
    if found == key:  # the form for one, where none is asked for: before 3.11.4, gettext does not find it by itself
        found = catalogue.ngettext(key, key, 1 if number is None else number)
    return None if found == key else found


@cache
def stock(language: Language) -> Mapping[str, str]:
    """What labs say by themselves, in that language, by its English."""
    english = {key: sentence("en", key) or key for key in STOCK}
    return {text: sentence(language, key) or text for key, text in english.items()}


def compiled(language: Language) -> bytes:
    """What grading says, as gettext's binary file, which Python reads by itself."""
    return _compiled(_FOLDER / f"{language}.po")


def _compiled(source: Traversable) -> bytes:
    import polib  # a student's Python does without

    return bytes(polib.pofile(source.read_text(encoding="utf-8")).to_binary())


@cache
def _of_grading(language: Language) -> gettext.NullTranslations:
    ready = _ready(language)
    return gettext.GNUTranslations(io.BytesIO(ready.read_bytes() if ready.is_file() else compiled(language)))


@cache
def _of_service(language: Language) -> gettext.NullTranslations:
    """Its parts as one; none where grading's was compiled beforehand. Together they are longer than grading's, and most
    processes grade."""
    parts = gettext.NullTranslations()
    sources = () if _ready(language).is_file() else sorted((_FOLDER / language).iterdir(), key=lambda each: each.name)
    for part in sources:
        parts.add_fallback(gettext.GNUTranslations(io.BytesIO(_compiled(part))))
    return parts


def _ready(language: Language) -> Traversable:
    return _FOLDER / f"{language}.mo"
