"""Staff's pages on both databases: all are there, and no address or form that anybody may send is an error of ours."""

from __future__ import annotations

from grader.service.site import Site
from tests.service.lively import lively
from tests.service.staff import at_desk, attempt_of
from tests.service.test_staff_pages import PAGES

HUGE = str(2**70)
STRANGE = (
    f"/courses/ml/people/{HUGE}",
    "/courses/ml/people/0",
    "/courses/ml/people?text=%00&section=%00",
    f"/courses/ml/people?section={HUGE}&page={HUGE}",
    "/courses/ml/people?text=%25_%5C",
    f"/courses/ml/audit?before={HUGE}",
    "/courses/ml/audit?action=%00&person=%00",
    "/courses/ml/gradebook?sort=%00&text=%00&section=%00&page=-1",
    "/courses/ml/gradebook/export/%00/csv",
    "/courses/ml/openings/%00",
    "/courses/ml/openings/%00/extensions",
    "/courses/ml/%00/statistics",
    "/courses/ml/teach?done=%00",
    f"/site/audit?before={HUGE}&action=%00",
)
SENT = (
    (f"/courses/ml/people/{HUGE}/leave", None),
    ("/courses/ml/people/1/role", {"role": "student", "section": "Mon\0day"}),
    ("/courses/ml/openings", {"zone": "\0"}),
    ("/courses/ml/openings/digits", {"due": "\0", "attempts": HUGE}),
    ("/courses/ml/openings/digits/extensions", {"who": "\0", "extra_attempts": "1"}),
    ("/courses/ml/openings/digits/extensions", {"who": "Ada", "extra_attempts": "1", "reason": "\0"}),
    ("/courses/ml/openings/digits/extensions", {"section": HUGE, "extra_attempts": "1"}),
    ("/courses/ml/openings/digits/extensions/revoke", {"extension_id": HUGE}),
    ("/courses/ml/people/invitations", {"section": "\0", "uses": HUGE}),
    ("/courses/ml/people/invitations", {"section": "\0"}),
    ("/courses/ml/people/invitations/revoke", {"digest": "\0"}),
    ("/courses/ml/people/roster", {"table": "AAAA", "digest": "\0", "name": "\0"}),
    (f"/site/courses/{HUGE}/archive", None),
    ("/site/tokens/revoke", {"token_id": HUGE}),
)


def test_every_page_is_there(site: Site) -> None:
    """Whatever the database."""
    room = lively(site)
    olga = at_desk(room, "olga")
    paths = [*PAGES.values(), f"/attempts/{attempt_of(room, 'ada').id}/staff", "/site/tokens", "/site/audit"]

    assert {path: olga.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_nothing_that_is_asked_or_sent_is_an_error_of_ours(site: Site) -> None:
    """Numbers without end, characters that a database does not take, places that are none."""
    olga = at_desk(lively(site), "olga", fails=False)
    answered = {path: olga.get(path).status_code for path in STRANGE}
    answered |= {f"{path} {form}": olga.post(path, data=form).status_code for path, form in SENT}

    assert {path: status for path, status in answered.items() if status >= 500} == {}
