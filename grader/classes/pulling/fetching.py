"""Files, one after another: what is there already is not asked for, what cannot be had costs the others nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from grader.classes.platform_api.asking import Declined
from grader.classes.progress import Lines, Silent, Tally, Watcher
from grader.classes.pulling.folder import Wanted
from grader.classes.pulling.handed_in import Work
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.limits import MEGABYTE
from grader.messages import Message, Words, say, terminal
from grader.messages.visible import one_line

MOST_FILE: Final = 256 * MEGABYTE
#: of a class: thousands with some megabytes each
MOST_IN_ALL: Final = 100_000 * MEGABYTE


def fetch_all(work: Work, wanted: Sequence[Wanted], words: Words, *, quiet: bool) -> list[Message]:
    """Fetch what is not there; what could not be had, each with the reason. Raises UsageError and SiteFailed."""
    lacking = [each for each in wanted if not each.is_there]
    if sum(each.attachment.bytes or 0 for each in lacking) > MOST_IN_ALL:
        raise UsageError(say("pull_too_much", most=MOST_IN_ALL // MEGABYTE))
    missed = [say("pull_kept", file=_shown(each)) for each in wanted if each.is_there and each.is_another]
    tally = Tally(total=len(wanted), done=len(wanted) - len(lacking), known=len(wanted) - len(lacking))
    watcher: Watcher = Silent() if quiet or not lacking else Lines(terminal.progress(), total=len(wanted))
    for each in lacking:
        missed += _fetched(work, each, words)
        tally = replace(tally, done=tally.done + 1)
        watcher.saw(tally)
    return missed


def _fetched(work: Work, each: Wanted, words: Words) -> Iterator[Message]:
    """Nothing, once the file is there; else why it is not."""
    said = each.attachment.bytes
    if said is not None and said > MOST_FILE:
        yield say("pull_too_large", file=_shown(each), most=MOST_FILE // MEGABYTE)
        return
    try:
        body = work.file(each.attachment, most=MOST_FILE)
    except Declined as declined:
        yield say("pull_declined", file=_shown(each), reason=declined.message)
        return
    if said is not None and len(body) != said:
        yield say("pull_other_size", file=_shown(each), there=said, came=len(body))
        return
    write_whole(each.path, body, otherwise=words.say("pull_elsewhere"))


def _shown(each: Wanted) -> str:
    return one_line("/".join(each.path.parts[-3:]), most=200)
