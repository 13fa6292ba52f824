"""Every sentence the grader says to a student or an instructor, once for each language, and how messages are drawn.

`say(key, ...)` makes a message, which is data; `Words(language).text(message)` draws it, at the very end. The sentences
stand in `catalogues/`, by their keys. What a course says of its own is translated there, see `course/words`.
"""

from grader.message import NOTHING, Message, counted, joined, literal, prose, say
from grader.messages.catalogue import LANGUAGES, Language
from grader.messages.words import ENGLISH, Words, english

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "NOTHING",
    "Language",
    "Message",
    "Words",
    "counted",
    "english",
    "joined",
    "literal",
    "prose",
    "say",
]
