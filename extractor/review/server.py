"""The page and the API of a desk, as a FastAPI application behind the guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

from extractor import __version__
from extractor.batch import WrongCall
from extractor.reading import Unreadable
from extractor.review import calls, documentation, receiving, sending, views
from extractor.review.answers import Problem
from extractor.review.assets import asset
from extractor.review.correcting import Wrong
from extractor.review.desk import Desk, Unknown
from extractor.review.guarding import Guard
from extractor.review.store import BrokenReview, Stale


def application(desk: Desk, token: str, port: int, reviewer: str) -> Guard:
    """The page and the API of a desk at this port of 127.0.0.1; who decides is `reviewer` until the page says another name."""
    app = FastAPI(
        title="commitment-extractor: review",
        version=__version__,
        description=documentation.INTRODUCTION,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        responses=calls.REFUSALS,
        dependencies=[
            Depends(HTTPBearer(auto_error=False, description="The token of the address; the guard asks for it."))
        ],
    )
    guard = Guard(app, token, port)
    answer_plainly(app, desk)

    def who(request: Request) -> str:
        return calls.who(request, guard, reviewer)

    calls.to_read(app, desk, who)
    calls.to_decide(app, desk, who)
    calls.to_name(app, desk, guard)
    calls.about_rules(app, desk)
    sending.extracting(app, desk)
    page(app)
    return guard


def problem(status: int, detail: str, field: str | None = None) -> JSONResponse:
    """An answer that says what is wrong in one line."""
    line = " ".join(detail.encode("utf-8", "replace").decode().split())
    return JSONResponse(Problem(detail=line, field=field).model_dump(), status)


def answer_plainly(app: FastAPI, desk: Desk) -> None:
    """What the application answers where a call cannot be carried out."""

    def answers(kind: type[Exception], answer: Callable[[Request, Any], JSONResponse]) -> None:
        async def handler(request: Request, error: Exception) -> Response:
            return answer(request, error)

        app.add_exception_handler(kind, handler)

    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        return problem(422, f"{place or 'body'}: {first['msg']}", place or None)

    def stale(request: Request, error: Stale) -> JSONResponse:
        now = views.shown(desk, desk.case(request.path_params["id"]))
        return JSONResponse(now.model_dump(mode="json"), 409)

    answers(RequestValidationError, invalid)
    answers(HTTPException, lambda request, error: problem(error.status_code, str(error.detail)))
    answers(Stale, stale)
    answers(Unknown, lambda request, error: problem(404, str(error.args[0])))
    answers(Wrong, lambda request, error: problem(422, str(error), error.field))
    answers(Unreadable, lambda request, error: problem(422, str(error)))
    answers(receiving.Refused, lambda request, error: problem(error.status, error.reason))
    answers(WrongCall, lambda request, error: problem(503, str(error)))
    answers(BrokenReview, lambda request, error: problem(503, str(error)))


def page(app: FastAPI) -> None:
    """The page itself, and the documentation of the API."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(documentation.page(app.openapi()))

    @app.get("/{name:path}", include_in_schema=False)
    def file(name: str) -> Response:
        found = asset(name or "index.html")
        if found is None:
            return problem(404, "there is no such page here")
        content, kind = found
        return Response(content, media_type=kind)
