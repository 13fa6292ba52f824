"""Every sentence the grader says to a student or an instructor, once, in English and in Simplified Chinese.

`say(key, ...)` makes the English that a report keeps; `Words(language).text(...)` is how a renderer shows it. A new
sentence is one row in the table of its topic, a module beside this one; `labels` and `pages` hold what only renderers
say, `phrases` what stands within sentences. What a course says of its own is translated there, see `course_words`.
"""

from grader.wording.catalogue import say
from grader.wording.sentence import LANGUAGES, Language
from grader.wording.translation import ENGLISH, Words

__all__ = ["ENGLISH", "LANGUAGES", "Language", "Words", "say"]
