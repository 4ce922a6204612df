"""The calls of the API about a run: what they take and give, and no more; what they do stands in `desk`, `views` and `ruling`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import FastAPI, Query, Request, Response

from extractor.review import deciding, ruling, trying, views
from extractor.review.answers import Document, Lists, Overview, Problem, Rows, Ruled, RulePage, Shown, Text, Tried
from extractor.review.asks import Addition, Reviewer, Seen, Trying, Verdict
from extractor.review.desk import Desk
from extractor.review.guarding import Guard

MOST_ROWS = 10_000
REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "No token, or another one."},
    403: {
        "model": Problem,
        "description": "Another page or another name asks, or a call that writes does not say who it is.",
    },
    422: {"model": Problem, "description": "A value that cannot be: which field and why."},
}
UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such thing in this run."}
}
WRITES: dict[int | str, dict[str, Any]] = {
    **UNKNOWN,
    400: {"model": Problem, "description": "The body is no JSON."},
    409: {"model": Shown, "description": "Somebody has decided since: the case as it is now."},
    413: {"model": Problem, "description": "The body is too large."},
    503: {
        "model": Problem,
        "description": "The decision could not be kept: the disk is full or another process holds the file.",
    },
}
Filter = Annotated[str, Query(max_length=2000)]
Who = Callable[[Request], str]
"""Tells who decides in the browser that asks."""


def name_cookie(guard: Guard) -> str:
    """The cookie that keeps who decides."""
    return f"{guard.cookie}-reviewer"


def who(request: Request, guard: Guard, reviewer: str) -> str:
    """Who decides in this browser."""
    return unquote(request.cookies.get(name_cookie(guard), "")).strip()[:100] or reviewer


def to_read(app: FastAPI, desk: Desk, who: Who) -> None:
    """The calls that only read."""

    @app.get("/api/run")
    def run(request: Request) -> Overview:
        """The run and how far its review has come."""
        return views.overview(desk, who(request))

    @app.get("/api/options")
    def options() -> Lists:
        """The closed lists: kinds, strengths, types of entities, roles, topics."""
        return views.lists()

    @app.get("/api/cases", responses=UNKNOWN)
    def cases(
        state: Filter = "all",
        document: Filter = "",
        rule: Filter = "",
        q: Filter = "",
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 200,
    ) -> Rows:
        """The cases that the filters let through: those with a reason for review first, then by document and place."""
        return views.rows(desk.fresh(), state, document, rule, q, offset, limit)

    @app.get("/api/cases/{id}", responses=UNKNOWN)
    def case(id: str) -> Shown:
        """A case: what holds, what the machine says, and its history."""
        return views.shown(desk, desk.case(id))

    @app.get("/api/documents")
    def documents() -> list[Document]:
        """The texts of the run."""
        return views.documents(desk.fresh())

    @app.get("/api/documents/text", responses=UNKNOWN)
    def text(source: Filter, clauses: bool = True) -> Text:
        """A text with its clauses and cases; offsets are code points of it."""
        return views.text(desk, source, clauses)


def to_decide(app: FastAPI, desk: Desk, who: Who) -> None:
    """The calls that keep a decision; it is on the disk when they answer."""

    @app.post("/api/cases/{id}/decisions", responses=WRITES)
    def decide(id: str, verdict: Verdict, request: Request) -> Shown:
        """Accept, adopt, reject or correct a case as its version was seen."""
        return views.shown(desk, deciding.decide(desk, id, verdict, who(request)))

    @app.post("/api/cases/{id}/undo", responses=WRITES)
    def undo(id: str, seen: Seen, request: Request) -> Shown:
        """Take back the last decision that stands, an addition too."""
        return views.shown(desk, deciding.undo(desk, id, seen.version, who(request)))

    @app.post("/api/cases", responses={status: said for status, said in WRITES.items() if status != 409})
    def add(addition: Addition, request: Request) -> Shown:
        """Add a commitment that was missed; what is not named is what the machine makes of the words."""
        return views.shown(desk, deciding.add(desk, addition, who(request)))


def to_name(app: FastAPI, desk: Desk, guard: Guard) -> None:
    """The call that says who decides."""

    @app.post("/api/reviewer", responses={400: WRITES[400], 413: WRITES[413]})
    def name(said: Reviewer, response: Response) -> Overview:
        """Say who decides in this browser."""
        value = quote(said.name, safe="")
        response.set_cookie(name_cookie(guard), value, max_age=10**8, httponly=True, samesite="strict")
        return views.overview(desk, said.name)


def about_rules(app: FastAPI, desk: Desk) -> None:
    """The calls about rules."""

    @app.get("/api/rules")
    def rules() -> list[Ruled]:
        """Every rule with its matches in the run and what people said of them."""
        return ruling.rules(desk)

    @app.get("/api/rules/{id}", responses=UNKNOWN)
    def rule(id: str) -> RulePage:
        """A rule with its pattern, its examples and its first matches."""
        return ruling.rule_page(desk, id)

    @app.post("/api/rules/try", responses={400: WRITES[400], 413: WRITES[413]})
    def try_pattern(wanted: Trying) -> Tried:
        """Where a pattern would hit as a rule; nothing is saved."""
        shelf = desk.fresh()
        if wanted.on == "corpus":
            return trying.tried(wanted, trying.of_corpus(shelf.texts.book.folder))
        return trying.tried(wanted, trying.of_run(shelf.texts, [names[0] for names in shelf.names.values()]))
