"""A whole run: take over what an earlier run left, do the rest, write everything."""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from extractor import __version__, reading, rulebook, writing
from extractor.batch import finish
from extractor.batch.crew import Lost, carry_out, cores
from extractor.batch.inputs import Input, WrongCall
from extractor.batch.keeping import Keeper, Tell
from extractor.batch.settings import SECONDS, Event, Settings, Summary
from extractor.batch.spool import HIDDEN, Spool, opened
from extractor.batch.work import Begin, End, Job, Text, digest, work
from extractor.reading import Limits, Options

SMALL = 256 * 1024
"""Bytes of plain texts up to which all is done in this process: starting others would take longer."""
SHARED_FROM = 1024 * 1024
"""Bytes from which a file with many texts is shared among the workers."""


def run(items: Iterable[Input], folder: Path, settings: Settings, tell: Tell = lambda event: None) -> Summary:
    """Process every input and write the files of the contract into a folder.

    Every input ends in `run.json` as done, done with warnings, set aside or left out. The same inputs, rules and
    options give the same bytes with any number of workers, and after any number of interruptions; only what stands
    under `timings` differs.

    Raises:
        WrongCall: an unknown format, a folder that cannot be written to or that another run writes to, a full disk.
        RuleError: a rule file is broken.
    """
    began = time.perf_counter()
    check(settings)
    head = heading(settings)
    with plainly(folder), opened(folder) as spool:
        take_over(spool, settings, head, tell)
        jobs = plan(items, spool, settings)
        taken = spool.texts
        keeper = Keeper(spool, jobs, tell)
        try:
            for found in carried_out(jobs, settings, spool):
                keeper.keep(found)
        finally:
            spool.commit()
        timings = {
            "seconds": round(time.perf_counter() - began, 3),
            "workers": crew_size(settings),
            "taken_over": taken,
        }
        summary = finish.write(spool, settings, head, timings)
        spool.finish(settings.update)
    return replace(summary, seconds=time.perf_counter() - began)


def check(settings: Settings) -> None:
    """Find what is wrong with a call before anything is written."""
    formats = settings.formats
    if not formats or not set(formats) <= set(writing.FORMATS):
        raise WrongCall(f"--formats {','.join(formats)}: choose from {', '.join(writing.FORMATS)}")


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Say in one line why a folder cannot be written to."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        code = getattr(error, "sqlite_errorcode", None) or getattr(error, "errno", None)
        if code in (sqlite3.SQLITE_FULL, errno.ENOSPC, errno.EDQUOT):
            advice = "no space left on the disk; make room, then run the same command with --resume"
        else:
            advice = f"cannot be written: {getattr(error, 'strerror', None) or error}; choose another -o"
        raise WrongCall(f"{folder}: {advice}") from None


def heading(settings: Settings) -> dict[str, object]:
    """What `run.json` says first: what the result was made with.

    Raises:
        RuleError: a rule file is broken.
    """
    return {"version": __version__, "rules": rulebook.load().digest, "options": options(settings)}


def options(settings: Settings) -> dict[str, object]:
    """The options as `run.json` names them: those that a result may depend on."""
    return {
        "formats": settings.formats,
        "header": settings.header,
        "date": settings.date.isoformat() if settings.date else None,
        "issuer": settings.issuer,
        "rules_only": not settings.arbiter,
        "reading": asdict(settings.reading),
        "seconds": settings.seconds,
        "characters": settings.characters,
        "clauses": settings.clauses,
        "paths": settings.paths,
    }


def settings_of(options: Mapping[str, Any]) -> Settings:
    """The settings that `options` named so; formats and whatever is not about the result are left as they are by default.

    Raises:
        KeyError, TypeError, ValueError: they are not what a run writes.
    """
    read = dict(options["reading"])
    return Settings(
        date=date.fromisoformat(options["date"]) if options["date"] else None,
        issuer=options["issuer"],
        arbiter=not options["rules_only"],
        reading=Options(**{**read, "limits": Limits(**read["limits"])}),
        seconds=options["seconds"],
        characters=options["characters"],
        clauses=options["clauses"],
        paths=tuple(options["paths"]),
    )


def take_over(spool: Spool, settings: Settings, head: Mapping[str, object], tell: Tell) -> None:
    """Begin with what an earlier run left, where that is wanted and was made with the same rules and options."""
    going_on = settings.resume or settings.update
    if spool.unfinished and not going_on:
        hidden = spool.folder / HIDDEN
        raise WrongCall(f"{spool.folder}: a run is unfinished; add --resume to go on, or delete {hidden} to start anew")
    essential = {**options(settings), "formats": settings.keeps_text, "header": None, "paths": None, "seconds": None}
    header = json.dumps({**head, "options": essential}, ensure_ascii=False)
    if going_on and spool.header not in (None, header):
        tell(Event("note", reason="rules, options or version are others than before: everything is read anew"))
    spool.begin(header, going_on and spool.header == header)


def plan(items: Iterable[Input], spool: Spool, settings: Settings) -> list[Job]:
    """Give every input its place in the spool; returns what is left to do, the biggest files first."""
    jobs = []
    for position, item in enumerate(items):
        key, before, complete = spool.enrol(position, item)
        now = digest(item.path) if before else None
        if item.left_out or now is None or now != before:
            spool.forget(key, bool(item.left_out))
            complete = bool(item.left_out)
        if not complete:
            size = item.path.stat().st_size if item.path.is_file() else 0
            shared = size >= SHARED_FROM and item.path.suffix.lower() in reading.MANY
            shares = crew_size(settings) if shared else 1
            jobs += [Job(key, item, size, share, shares, spool.done(key), now) for share in range(shares)]
    spool.drop_vanished()
    spool.commit()
    return sorted(jobs, key=lambda job: -job.size)


def crew_size(settings: Settings) -> int:
    """How many worker processes there may be."""
    return settings.workers or cores()


def carried_out(jobs: Sequence[Job], settings: Settings, spool: Spool) -> Iterator[Begin | Text | End | Lost]:
    """What all jobs give: pipes and a few small texts are read here, everything else by workers."""
    here = [job for job in jobs if not job.item.path.is_file()]
    away = [job for job in jobs if job.item.path.is_file()]
    plain = all(job.item.path.suffix.lower() in reading.PLAIN for job in away) and not settings.apart
    if plain and settings.seconds == SECONDS and sum(job.size for job in away) <= SMALL:
        here, away = list(jobs), []
    for job in here:
        yield from work(job, settings)
    if away:
        spool.outlast()
    yield from carry_out(away, settings, crew_size(settings), spool.done)
