"""A message: what we say, as data. No sentence stands here and nothing is drawn; catalogues and languages are
`messages/`. This file is one of the few that exist in the room, so it imports nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, TypeAlias

#: keys that no catalogue holds: a course's own prose, a text that is nobody's to translate, messages in a row
PROSE: Final = "prose"
TEXT: Final = "text"
SENTENCES: Final = "sentences"

#: what may stand in a field: text of others as it is, whole numbers, or again what we say
Field: TypeAlias = "str | int | Message | tuple[Message, ...]"


@dataclass(frozen=True, slots=True)
class Message:
    """The key of a sentence in the catalogues, and what fills its fields. Equal keys and fields, equal messages."""

    key: str
    fields: Mapping[str, Field] = field(default_factory=dict)

    #: a stored message may have its English beside it, which is for people alone
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "ignore"}

    def __hash__(self) -> int:
        return hash((self.key, frozenset(self.fields.items())))

    @property
    def parts(self) -> tuple[Message, ...]:
        """The messages in a row that this one is made of: of most, itself alone."""
        if self.key != SENTENCES:
            return (self,)
        parts = self.fields.get("parts")
        return parts if isinstance(parts, tuple) else ()

    @property
    def everything(self) -> Iterator[Message]:
        """This message and all that stand in its fields."""
        yield self
        for value in self.fields.values():
            inner = (value,) if isinstance(value, Message) else value if isinstance(value, tuple) else ()
            for each in inner:
                yield from each.everything


#: adds nothing to what is said already
NOTHING: Final = Message(SENTENCES, {"parts": ()})


def say(key: str, /, **fields: Field) -> Message:
    """The message `key` of the catalogues, with its fields."""
    return Message(key, fields)


def counted(number: int, noun: str) -> Message:
    """A number with its noun, as each language counts it: `counted(2, "second")` is "2 seconds"."""
    return Message(f"count_{noun.replace(' ', '_')}", {"n": number})


def prose(text: str) -> Message:
    """What a course says, in English, which is the key to its own translations."""
    return Message(PROSE, {"text": text})


def literal(text: str) -> Message:
    """A text that nobody translates: what Python said, or a report of version 1."""
    return Message(TEXT, {"text": text})


def joined(*messages: Message) -> Message:
    """Messages in a row, as one; of one alone, that one."""
    parts = tuple(part for message in messages for part in message.parts)
    return parts[0] if len(parts) == 1 else Message(SENTENCES, {"parts": parts})
