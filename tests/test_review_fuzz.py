"""Whatever is sent to the API, it answers as `/openapi.json` says, and never with a fault of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import bench as benches
import pytest
import schemathesis
from bench import HEADERS, PORT, Json, made
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
"""A call and mode."""
CALLS = 14
LEAST = {GenerationMode.POSITIVE: CALLS, GenerationMode.NEGATIVE: 6}
"""Calls that can be made, and made wrongly."""
SENT = {**HEADERS, "Host": f"127.0.0.1:{PORT}"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API of a desk, by its own documentation."""
    with benches.bench(made(tmp_path_factory.mktemp("fuzzed"))) as opened:
        yield schemathesis.openapi.from_asgi("/openapi.json", opened.client.app, headers=SENT)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_call_breaks_the_server(api: Json, mode: GenerationMode) -> None:
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) == CALLS
    tried = 0
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def attempt(case: Json) -> None:
            case.call_and_validate(headers=SENT, checks=CHECKS)

        with suppress(Unsatisfiable):  # a call that takes nothing, or any string, cannot be called wrongly
            attempt()
            tried += 1
    assert tried >= LEAST[mode]
