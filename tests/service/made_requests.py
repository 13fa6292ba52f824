"""Requests made from the document of the API, as it says they are and otherwise. No test lives here.

What makes them takes seconds to import, so whoever asks imports this where it asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS: Final = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: of an operation, as one role, in one of both ways of making requests
FEW: Final = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(app: FastAPI, document: str) -> list[Any]:
    """All that the document says can be asked."""
    found = []
    for result in schemathesis.openapi.from_asgi(document, app).get_all_operations():
        assert isinstance(result, Ok)
        found.append(result.ok())
    return found


def try_out(operation: Any, places: Mapping[str, str], tokens: Sequence[Mapping[str, str]]) -> None:
    """Requests as the document says they are, and others; half of them of things that are there. Making one takes
    longer than answering it, so everybody sends each."""
    names = {parameter.name for parameter in operation.path_parameters}
    there = {"path_parameters": {name: places[name] for name in names}} if names and names <= places.keys() else {}
    for mode in GenerationMode:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode, **there))
        def asked(case: Case[Any]) -> None:
            for token in tokens:
                case.call_and_validate(headers=dict(token), checks=CHECKS)

        with suppress(Unsatisfiable):  # nothing in it could be wrong
            asked()
