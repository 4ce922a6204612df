"""The end of a run on a cluster: what all partitions came to as one `errors.jsonl` and `run.json`, which is written last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from extractor.batch.finish import SHOWN, SUMS, Entry, counts, error_lines, report
from extractor.batch.settings import Settings, Summary
from extractor.cluster.carrying import MARKS, Carried
from extractor.cluster.storage import Folder
from extractor.columns import TABLES
from extractor.writing.sheets import DICTIONARY, as_csv, dictionary

FORMATS = ("csv", "json", "jsonl", "parquet")
"""Those that parts can be made of."""
RESULTS = frozenset(f"{table}.{ending}" for table in TABLES for ending in FORMATS)
"""The folders of part files."""


def write(
    output: Folder,
    carried: Sequence[Carried],
    settings: Settings,
    head: Mapping[str, object],
    timings: Mapping[str, object],
) -> Summary:
    """Write what a run has one of, then drop the part files that are none of its own.

    `carried` stand in the order of the inputs. What is set aside is named there as on one machine.

    Raises:
        OSError: the store cannot be written to; all parts are still there.
    """
    errors = [error for each in carried for error in each.errors]
    entries = list(inputs(carried))
    counted = counts(entries)
    parts = [each.part for each in carried if each.part]
    files = {name for each in carried for name in each.files}
    alone = ["errors.jsonl", *(["columns.csv"] if "csv" in settings.formats else [])]
    output.write("errors.jsonl", "".join(error_lines(errors)))
    if "csv" in settings.formats:
        output.write("columns.csv", "\ufeff" + as_csv(DICTIONARY, *dictionary()))
    said = {**head, "files": sorted([*files, *alone]), "parts": parts, "counts": counted, "timings": timings}
    output.write("run.json", "".join(report(said, entries)))
    drop_others(output, files, set(parts))
    output.remove(MARKS)
    return Summary(output.url, counted, tuple(reason for _, reason in errors[:SHOWN]), len(errors))


def drop_others(output: Folder, files: set[str], parts: set[str]) -> None:
    """Drop the part files of earlier runs, and what workers that were killed had begun to write."""
    for folder in RESULTS.intersection(output.names("")):
        if folder not in files:
            output.remove(folder)
            continue
        for name in output.names(folder):
            if name.rpartition(".")[0] not in parts:
                output.remove(f"{folder}/{name}")


def inputs(carried: Iterable[Carried]) -> Iterator[Entry]:
    """What became of every input, in order; the pieces of a table make up one."""
    found = ((entry, each) for each in carried for entry in each.inputs)
    for (_, cut), group in groupby(found, key=lambda pair: (pair[0]["source"], pair[1].cut)):
        some = list(group)
        if cut:
            yield whole([entry for entry, _ in some], sum(len(each.errors) for _, each in some))
        else:
            yield from (entry for entry, _ in some)


def whole(pieces: Sequence[Entry], set_aside: int) -> Entry:
    """The entry of a table, as `batch.finish.ENTRIES` has it, out of those of its pieces."""
    sums = {name: sum(int(piece[name] or 0) for piece in pieces) for name in SUMS}
    encodings = {piece["encoding"] for piece in pieces if piece["encoding"]}
    warnings = [str(piece["reason"]) for piece in pieces if piece["outcome"] == "done with warnings"]
    outcome = "done with warnings" if set_aside or warnings else "done"
    if sums["texts"] == set_aside:
        outcome = "set aside"
    told = (
        f"{set_aside} of {sums['texts']} texts set aside: see errors.jsonl"
        if set_aside
        else min(warnings, default=None)
    )
    encoding = encodings.pop() if len(encodings) == 1 else None
    return {**pieces[0], "outcome": outcome, "reason": told, "encoding": encoding, **sums}
