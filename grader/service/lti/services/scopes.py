"""The names that the standards give: scopes that a platform gives a tool, and media types."""

from __future__ import annotations

from typing import Final

_AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/scope"
LINE_ITEMS: Final = f"{_AGS}/lineitem"
SCORES: Final = f"{_AGS}/score"
RESULTS: Final = f"{_AGS}/result.readonly"
MEMBERS: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"

LINE_ITEM_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"
MEMBERS_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
