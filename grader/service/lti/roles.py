"""What the roles of a platform mean here. Only roles in a course count: an administrator of the school is nobody in a
course whose people they are not among."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from grader.service.store.tables import Role

COURSE: Final = "http://purl.imsglobal.org/vocab/lis/v2/membership"
#: each role in a course, by its short name; Mentor (who looks after a student), Officer and Member are nobody here
ROLES: Final = {
    "Administrator": Role.INSTRUCTOR,
    "Manager": Role.INSTRUCTOR,
    "Instructor": Role.INSTRUCTOR,
    "ContentDeveloper": Role.GRADER,
    "TeachingAssistant": Role.GRADER,
    "Learner": Role.STUDENT,
}
#: these kinds of instructors grade and do not decide; platforms name `Instructor` beside them
ASSISTANTS: Final = frozenset(
    {
        "Instructor#Grader",
        "Instructor#TeachingAssistant",
        "Instructor#TeachingAssistantGroup",
        "Instructor#TeachingAssistantOffering",
        "Instructor#TeachingAssistantSection",
        "Instructor#TeachingAssistantSectionAssociation",
        "Instructor#TeachingAssistantTemplate",
    }
)
_RANK: Final = (Role.INSTRUCTOR, Role.GRADER, Role.STUDENT)


def role_of(said: Collection[str]) -> Role | None:
    """What somebody with these roles is in our course: of two the one that may do more; None for nobody.

    `membership#Instructor` beside an assistant's role alone is that assistant's: the standard wants a role's general
    form named with it.
    """
    names = {each.removeprefix(COURSE).lstrip("/#") for each in said if each.startswith(COURSE) or ":" not in each}
    kinds = {each for each in names if each.startswith("Instructor#")}
    if kinds and kinds <= ASSISTANTS:
        names = (names - kinds - {"Instructor"}) | {"TeachingAssistant"}
    found = {ROLES[each.partition("#")[0]] for each in names if each.partition("#")[0] in ROLES}
    return next((each for each in _RANK if each in found), None)
