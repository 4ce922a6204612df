"""A pattern tried on texts before it becomes a rule, in a process of its own: a pattern may run for ever, and is ended then."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from extractor import clauses, matching, reading, rulebook
from extractor.batch import crew
from extractor.review.answers import Hit, Tried
from extractor.review.asks import Trying
from extractor.review.correcting import Wrong
from extractor.review.texts import Texts
from extractor.rulebook import Rule, RuleError

SECONDS = 5.0
START = 20.0
"""Seconds that the process may take to start; the first one loads what all need."""
MOST = 200
"""Matches that are shown."""
CHARACTERS = 3_000_000
"""Code points that a pattern is tried on."""
AROUND = 30
"""Code points shown on either side."""
Named = tuple[str, str]
"""The name of a text, and the text."""


def tried(wanted: Trying, texts: Sequence[Named]) -> Tried:
    """Where a pattern hits in some texts, as it would as a rule: clause by clause, on folded text, with `unless`.

    Raises:
        Wrong: it does not compile, names a part that is not there, or takes too long.
    """
    context = crew.nursery()
    ours, theirs = context.Pipe()
    process = context.Process(target=search, args=(theirs, wanted, list(texts)), daemon=True)
    process.start()
    theirs.close()
    began = time.perf_counter()
    try:
        if not ours.poll(START):
            raise Wrong("pattern", "was not looked for: the machine is too busy; try again")
        ours.recv()
        began = time.perf_counter()
        answer = ours.recv() if ours.poll(SECONDS) else None
    except EOFError:
        answer = Wrong("pattern", "brought the search down; simplify it")
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if answer is None:
        raise Wrong("pattern", f"takes longer than {SECONDS:g} seconds on these texts; avoid nested repetition")
    if isinstance(answer, Wrong):
        raise answer
    total, hits = answer
    return Tried(matches=hits, total=total, texts=len(texts), seconds=round(time.perf_counter() - began, 3))


def search(pipe: Connection, wanted: Trying, texts: Sequence[Named]) -> None:
    """What the process does."""
    with suppress(OSError, EOFError):
        pipe.send(True)
        try:
            rule = rule_of(wanted)
            total, hits = 0, list[Hit]()
            for name, raw in texts:
                number, some = in_text(rule, name, raw, MOST - len(hits))
                total += number
                hits += some
            pipe.send((total, hits))
        except RuleError as error:
            pipe.send(Wrong("pattern", str(error).removeprefix("try: ").removeprefix("pattern: ")))
        except (RecursionError, OverflowError, MemoryError) as error:
            pipe.send(Wrong("pattern", f"is too large to be searched for ({type(error).__name__})"))


def rule_of(wanted: Trying) -> Rule:
    """The rule that a pattern would be.

    Raises:
        RuleError: it does not compile, or names a part that is not there.
    """
    book = rulebook.load()
    draft = Rule(
        id="pattern", description="", positive=(), negative=(), pattern=wanted.pattern, unless=tuple(wanted.unless)
    )
    rule = rulebook.filled(draft, {}, book.words, Path("try"))
    for source in (rule.source, *rule.unless):
        rulebook.compiled(source, rule.id)
    return rule


def in_text(rule: Rule, name: str, raw: str, most: int) -> tuple[int, list[Hit]]:
    """How often a rule hits in a text, and the first hits with what stands around."""
    text, view = clauses.seen(raw)
    matches = list(matching.find([rule], view))
    found = []
    for match in matches[:most]:
        start, end = text.raw_span(match.start, match.end)
        before, after = text.printed[max(0, match.start - AROUND) : match.start], text.printed[match.end :][:AROUND]
        words = text.printed[match.start : match.end]
        found.append(Hit(source=name, start=start, end=end, before=before, text=words, after=after))
    return len(matches), found


def of_run(texts: Texts, names: Sequence[str]) -> list[Named]:
    """The texts of a run that are at hand, as many as a pattern is tried on."""
    return bounded((name, raw) for name in names if (raw := texts.raw(name)) is not None)


def of_corpus(folder: Path) -> list[Named]:
    """The annotated texts beside the rules.

    Raises:
        Wrong: there are none, as in an installed package.
    """
    paths = sorted((folder.parent / "corpus").glob("*.txt"))
    if not paths:
        raise Wrong("on", "there is no corpus beside the rules; try the pattern on the run")
    return bounded((path.name, reading.read(path).raw) for path in paths)


def bounded(texts: Iterable[Named]) -> list[Named]:
    """The first texts, up to `CHARACTERS`."""
    found: list[Named] = []
    left = CHARACTERS
    for name, raw in texts:
        if len(raw) <= left:
            found.append((name, raw))
            left -= len(raw)
    return found
