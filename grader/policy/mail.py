"""What somebody may be sent mail about, and whether they are unless they say so. It imports nothing of a site."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class About(StrEnum):
    """What happened to somebody's work: an attempt was graded, results were published, points changed by a regrade, a
    request was answered, an extension was granted."""

    GRADED = "graded"
    PUBLISHED = "published"
    REGRADED = "regraded"
    ANSWERED = "answered"
    EXTENDED = "extended"


#: whoever hands in looks at the page on which the report comes a moment later: mail of that is for those who ask
WANTED: Final = frozenset(About) - {About.GRADED}
