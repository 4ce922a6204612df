"""A run as people left it: the same outputs by the same writers, corrected."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import writing
from extractor.batch import WrongCall, finish
from extractor.evaluation.runs import input_of
from extractor.records import Commitment
from extractor.review.case import Case, stretches
from extractor.review.desk import Desk, Shelf
from extractor.review.views import overview
from extractor.writing import Header, Material, files


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files, commitments, and how many of them nobody has decided on."""

    files: tuple[Path, ...]
    commitments: int
    open: int


def standing(cases: Iterable[Case]) -> list[Case]:
    """The cases of a text that are commitments by what is known now, in text order.

    Where the machine's words lie in a commitment that a person stands by, that one counts.
    """
    stand = sorted((case for case in cases if case.stands), key=lambda case: case.record.head.start)
    decided = sorted(place for case in stand if case.outcome for place in stretches(case.record))
    return [
        case for case in stand if case.outcome or not any(touched(decided, *place) for place in stretches(case.record))
    ]


def touched(places: Sequence[tuple[int, int]], start: int, end: int) -> slice | None:
    """Which of some stretches, in order and apart from one another, share a character with a stretch; None where none does.

    >>> touched([(0, 4), (5, 9), (9, 12)], 8, 10), touched([(0, 4), (5, 9)], 4, 5)
    (slice(1, 3, None), None)
    """
    first = bisect_right(places, start, key=lambda place: place[1])
    behind = bisect_left(places, end, key=lambda place: place[0])
    return slice(first, behind) if first < behind else None


def by_text(shelf: Shelf) -> dict[str, list[Case]]:
    """The cases of every text by its digest, in the order of the run."""
    found: dict[str, list[Case]] = defaultdict(list, {sha256: [] for sha256 in shelf.names})
    for case in shelf.cases.values():
        found[case.key.sha256].append(case)
    return found


def reviewed(shelf: Shelf) -> Iterator[Commitment]:
    """The commitments of a run as people left them: `review` is empty where something was decided; copies of a text follow suit."""
    for sha256, cases in by_text(shelf).items():
        stand = standing(cases)
        for name in shelf.names[sha256]:
            yield from (record for case in stand if (record := of_copy(case, name)))


def of_copy(case: Case, name: str) -> Commitment | None:
    """The record of a case in the copy of its text that has this name; None where the machine found it in the other copies alone."""
    record = case.record
    if record.source == name:
        return record
    own = next((copy for copy in case.copies if copy.source == name), None)
    if case.outcome is None or own is None:
        return own if case.outcome is None else record.model_copy(update={"source": name})
    return record.model_copy(update={"source": name, "document": own.document, "locator": own.locator})


def export(
    desk: Desk, output: Path, formats: Sequence[str], header: Header = "en", as_reviewed: bool = True
) -> Exported:
    """Write a run anew, as people left it or as it was.

    Raises:
        WrongCall: the output folder is the run's own, or an unknown format.
        OSError: something cannot be written.
    """
    if output.resolve() == desk.folder.resolve():
        raise WrongCall(f"-o {output}: is the run itself, which stays as it is; choose another folder")
    if not formats or not set(formats) <= set(writing.FORMATS):
        raise WrongCall(f"--formats {','.join(formats)}: choose from {', '.join(writing.FORMATS)}")
    shelf = desk.fresh()
    records = list(reviewed(shelf) if as_reviewed else shelf.records)
    written = writing.write(Material(records, shelf.texts.raw), output, formats, header)
    states = {"reviewed": overview(desk, "-").states} if as_reviewed else {}
    report(shelf, records, written, output, states)
    undecided = sum(case.outcome is None for cases in by_text(shelf).values() for case in standing(cases))
    return Exported((*written, output / "run.json"), len(records), undecided if as_reviewed else len(records))


def report(
    shelf: Shelf, records: Sequence[Commitment], written: Sequence[Path], output: Path, more: Mapping[str, object]
) -> None:
    """Write `run.json` with the counts of these records, and take away what an earlier export wrote in other formats."""
    names = sorted(path.name for path in written)
    for name in set(finish.written_before(output)).difference(names):
        (output / name).unlink(missing_ok=True)
    homes = {record.source: input_of(record.source, shelf.run.inputs) for record in records}
    commitments = Counter(homes[record.source] for record in records)
    items = {(record.source, record.pledge.id) for record in records if record.pledge}
    pledges = Counter(homes[source] for source, _ in items)
    entries = [
        {**entry, "commitments": commitments[entry["source"]], "pledges": pledges[entry["source"]]}
        for entry in shelf.run.entries
    ]
    counts = {**shelf.run.head.get("counts", {}), "commitments": len(records), "pledges": len(items)}
    with files.text_file(output / "run.json") as stream:
        stream.writelines(finish.report({**shelf.run.head, "files": names, "counts": counts, **more}, entries))
