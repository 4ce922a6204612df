"""From the spool to the files of the contract: all of them are made aside, and put into their place when all are whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from extractor import writing
from extractor.batch.inputs import RESULTS
from extractor.batch.settings import Settings, Summary
from extractor.batch.spool import HIDDEN, Records, Spool
from extractor.writing import Material, files

SHOWN = 20
"""Texts set aside that are named at the end of a run; `errors.jsonl` names all."""
ENTRIES = """
SELECT inputs.name,
    CASE WHEN left_out NOT NULL THEN 'left out' WHEN count(reason) = count(*) THEN 'set aside'
         WHEN count(reason) + count(warnings) = 0 THEN 'done' ELSE 'done with warnings' END AS outcome,
    CASE WHEN left_out NOT NULL THEN left_out WHEN count(*) = 1 THEN ifnull(min(reason), min(warnings))
         WHEN count(reason) > 0 THEN count(reason) || ' of ' || count(*) || ' texts set aside: see errors.jsonl'
         ELSE min(warnings) END,
    sha256, CASE WHEN min(encoding) = max(encoding) THEN min(encoding) END, count(ordinal),
    ifnull(sum(characters), 0), ifnull(sum(commitments), 0), ifnull(sum(pledges), 0)
FROM inputs LEFT JOIN texts ON input = key GROUP BY key ORDER BY position
"""
ERRORS = (
    "SELECT texts.name, reason FROM inputs JOIN texts ON input = key WHERE reason NOT NULL ORDER BY position, ordinal"
)
FIELDS = ("source", "outcome", "reason", "sha256", "encoding", "texts", "characters", "commitments", "pledges")
SUMS = FIELDS[5:]
Entry = dict[str, str | int | None]
"""What became of an input, by `FIELDS`."""


def entries(spool: Spool) -> Iterator[Entry]:
    """What became of every input, in order."""
    for row in spool.database.execute(ENTRIES):
        yield dict(zip(FIELDS, row, strict=True))


def errors(spool: Spool) -> Iterator[tuple[str, str]]:
    """Name and reason of every text that was set aside."""
    yield from spool.database.execute(ERRORS)


def error_lines(errors: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names and reasons as `errors.jsonl` holds them."""
    for source, reason in errors:
        yield json.dumps({"source": source, "reason": reason}, ensure_ascii=False) + "\n"


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many inputs ended how, and what they hold: `files` are all inputs but those left out."""
    total = dict.fromkeys(("files", "done", "done with warnings", "set aside", "left out", *SUMS), 0)
    for entry in entries:
        total[str(entry["outcome"])] += 1
        for name in SUMS:
            total[name] += int(entry[name] or 0)
    total["files"] = total["done"] + total["done with warnings"] + total["set aside"]
    return {name.replace(" ", "_"): number for name, number in total.items()}


def write(spool: Spool, settings: Settings, head: Mapping[str, object], timings: Mapping[str, object]) -> Summary:
    """Write all files; an older result stays as it is until the last of them is whole.

    Raises:
        OSError: something cannot be written; the spool still holds everything.
    """
    draft = spool.folder / HIDDEN / "out"
    shutil.rmtree(draft, ignore_errors=True)
    records = Records(spool)
    material = Material(records, spool.text, records.lines, records.printed)
    written = writing.write(material, draft, settings.formats, settings.header)
    with files.text_file(draft / "errors.jsonl") as stream:
        stream.writelines(error_lines(errors(spool)))
    counted = counts(entries(spool))
    names = sorted(path.name for path in (*written, draft / "errors.jsonl"))
    head = {**head, "files": names}
    former = set(written_before(spool.folder))
    with files.text_file(draft / "run.json") as stream:
        stream.writelines(report({**head, "counts": counted, "timings": timings}, entries(spool)))
    for path in (*written, draft / "errors.jsonl"):
        path.replace(spool.folder / path.relative_to(draft))
    for name in former.difference(names):
        (spool.folder / name).unlink(missing_ok=True)
    (draft / "run.json").replace(spool.folder / "run.json")  # last: until then the former one names what has to go
    draft.rmdir()
    files.settle(spool.folder)
    shown = [reason for _, reason in islice(errors(spool), SHOWN)]
    return Summary(spool.folder, counted, tuple(shown), sum(1 for _ in errors(spool)))


def written_before(folder: Path) -> Iterator[str]:
    """The names of the outputs of an earlier run in a folder: those that are not written anew would be taken for this one's."""
    try:
        named = json.loads((folder / "run.json").read_text(encoding="utf-8")).get("files", [])
    except (OSError, ValueError, AttributeError):
        return
    for name in named:
        if isinstance(name, str) and Path(name).name == name and Path(name).stem.partition("-")[0] in RESULTS:
            yield name


def report(head: Mapping[str, object], inputs: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """The text of `run.json`: what holds for the run, then one line an input."""
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "inputs": ['
    for number, entry in enumerate(inputs):
        yield (",\n  " if number else "\n  ") + json.dumps(entry, ensure_ascii=False)
    yield "\n ]\n}\n"
