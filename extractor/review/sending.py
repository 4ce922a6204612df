"""`POST /extract`: a text or a file in, commitments out."""

from __future__ import annotations

import json
from typing import IO, Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from extractor.review import receiving
from extractor.review.answers import Extracted, Problem
from extractor.review.asks import Pasted
from extractor.review.correcting import Wrong
from extractor.review.desk import Desk

SENT: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The form cannot be read."},
    413: {"model": Problem, "description": "The text or file is larger than a run may read."},
    415: {"model": Problem, "description": "Neither JSON nor a form, or a file of a kind that is not read."},
}
SENDING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": Pasted.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "date": {"type": "string", "format": "date"},
                        "issuer": {"type": "string"},
                    },
                }
            },
        },
    }
}


def extracting(app: FastAPI, desk: Desk) -> None:
    """The call that takes a text or a file, one at a time: the others wait and keep nobody from reviewing."""
    one = CapacityLimiter(1)

    def pasted(sent: Pasted) -> Extracted:
        with desk.pipeline:
            return receiving.from_text(sent)

    def uploaded(stream: IO[bytes], name: str, said: Pasted) -> Extracted:
        return receiving.from_file(stream, name, said.date, said.issuer)

    @app.post("/extract", responses=SENT, openapi_extra=SENDING)
    async def extract(request: Request) -> Extracted:
        """The commitments of a text (JSON) or of a file of any kind that a run reads (a form with `file`)."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            return await to_thread.run_sync(pasted, validated(await request.body()), limiter=one)
        if kind != "multipart/form-data":
            raise receiving.Refused(415, "send application/json with `text`, or multipart/form-data with `file`")
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Wrong("file", "the form holds no file under this name")
            said = validated(json.dumps({"text": "", **{k: v for k, v in form.items() if isinstance(v, str)}}).encode())
            return await to_thread.run_sync(uploaded, file.file, file.filename or "", said, limiter=one)


def validated(body: bytes) -> Pasted:
    """What is sent beside or as a text.

    Raises:
        RequestValidationError: it is not what the documentation says.
    """
    try:
        return Pasted.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_context=False)) from None
