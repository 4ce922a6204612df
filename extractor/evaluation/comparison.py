"""What a new run gains, loses and changes against an older one, grouped by the rules that decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from extractor.evaluation.runs import Entry, Run, input_of
from extractor.evaluation.spans import Stretch, half, iou, matched, span
from extractor.grids import Grid

What = Literal["gained", "lost", "changed"]
MOST = 50
"""How many cases are shown of a comparison."""
LONGEST = 80
"""Characters of a commitment that are shown."""
BOOKKEEPING = {"schema_version", "id", "source", "source_sha256", "rules", "text", "start", "end"}
"""What a record says of itself: not compared; the words of a commitment are compared by its head, lead-ins and tails."""
NOTHING = "(no rule)"


@dataclass(frozen=True, slots=True)
class Case:
    """A record that only one run has, or that both have in different words; `start` is a code point of the source.

    `rule` is what decided it (in the new run where both have it), `fields` what differs with the values before and after.
    """

    what: What
    source: str
    start: int
    text: str
    rule: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Comparison:
    """All cases, in the order of the sources and their texts, and how many records are the same in both runs.

    `apart` counts the texts with records that only one of the runs read; their records are no cases.
    """

    cases: list[Case] = field(default_factory=list)
    same: int = 0
    apart: int = 0

    def count(self, what: What) -> int:
        """How many were gained, lost or changed."""
        return sum(case.what == what for case in self.cases)

    def by_field(self) -> dict[str, int]:
        """How many records changed in each field, the most frequent first."""
        return dict(Counter(name for case in self.cases for name, _, _ in case.fields).most_common())

    def as_json(self) -> dict[str, Any]:
        """Counts, and all cases."""
        counts: dict[str, Any] = {what: self.count(what) for what in ("gained", "lost", "changed")}
        cases = [
            {name: getattr(case, name) for name in ("what", "source", "start", "text", "rule")}
            | {"fields": {name: {"base": old, "new": new} for name, old, new in case.fields}}
            for case in self.cases
        ]
        return counts | {"same": self.same, "texts_in_one_run": self.apart, "by_field": self.by_field(), "cases": cases}


def compare(base: Run, new: Run) -> Comparison:
    """Pair the records of two runs by text and head, and tell what differs.

    A text is the same when its path is, else when its bytes are. A head is the same when it stands on the same
    characters, else when the two overlap by half of their union.
    """
    paths = moved(base, new)
    old, young = grouped(base, {}), grouped(new, paths)
    told_of = base.inputs is not None and new.inputs is not None
    both = base.known.keys() & {paths.get(path, path) for path in new.known}
    found = Comparison()
    for text in old.keys() | young.keys():
        if told_of and input_of(text, both) is None:
            found.apart += 1
            continue
        for before, after in pairs(old.get(text, []), young.get(text, [])):
            case = told(before, after)
            found.same += case is None
            found.cases += [case] if case else []
    found.cases.sort(key=lambda case: (case.source, case.start))
    return found


def moved(base: Run, new: Run) -> dict[str, str]:
    """New path to old of what lies elsewhere now: the same bytes, at paths that only one of the runs knows."""
    homes: dict[str | None, list[str]] = defaultdict(list)
    for path, digest in base.known.items():
        if path not in new.known:
            homes[digest].append(path)
    gone = {digest: iter(paths) for digest, paths in homes.items() if digest}
    return {
        path: home
        for path, digest in new.known.items()
        if path not in base.known and digest in gone and (home := next(gone[digest], None))
    }


def grouped(run: Run, paths: Mapping[str, str]) -> dict[str, list[Entry]]:
    """Records by the path of their text, of texts that moved by the old one."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in run.entries:
        source = entry.seen.source
        path = input_of(source, paths)
        groups[source if path is None else paths[path] + source.removeprefix(path)].append(entry)
    return groups


def pairs(base: Sequence[Entry], new: Sequence[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Records of one text side by side; None where a run has none."""
    spans: dict[Stretch, list[Entry]] = defaultdict(list)
    for entry in reversed(new):
        spans[span(entry.seen.head)].append(entry)
    exact = [(entry, spans[place].pop()) for entry in base if spans[place := span(entry.seen.head)]]
    settled = {id(entry) for pair in exact for entry in pair}
    old, young = ([entry for entry in entries if id(entry) not in settled] for entries in (base, new))
    near = matched(old, young, lambda b, n: half(iou(span(b.seen.head), span(n.seen.head))))
    settled |= {id(entry) for pair in near for entry in pair}
    yield from (*exact, *near)
    yield from ((entry, None) for entry in base if id(entry) not in settled)
    yield from ((None, entry) for entry in new if id(entry) not in settled)


def told(base: Entry | None, new: Entry | None) -> Case | None:
    """What became of a record; None where nothing differs."""
    entry = new or base
    assert entry is not None
    differing = tuple(differences(base.written, new.written)) if base and new else ()
    if base and new and not differing:
        return None
    what: What = "changed" if differing else "gained" if new else "lost"
    text = " ".join(str(entry.written.get("text") or entry.seen.head.text).split())
    return Case(what, entry.seen.source, entry.seen.head.start, shortened(text), decider(entry), differing)


def differences(base: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The fields that both records have and that differ, with their values; entities type by type."""
    for name in base:
        if name in new and name not in BOOKKEEPING and base[name] != new[name]:
            if name == "entities":
                yield from entity_differences(base[name], new[name])
            else:
                yield name, shown(base[name]), shown(new[name])


def entity_differences(base: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The types of entities that differ."""
    for kind in dict.fromkeys(entity["type"] for entity in chain(base, new)):
        old, young = ([entity for entity in entities if entity["type"] == kind] for entities in (base, new))
        if old != young:
            yield kind, shown(old), shown(young)


def shown(value: object) -> str:
    """A value in a few words: spans and entities by their text and norm, lists joined."""
    if isinstance(value, list):
        return "；".join(map(shown, value)) or "none"
    if isinstance(value, dict):
        norm = value.get("norm")
        words = value.get("text") or "/".join(str(part) for part in value.values() if part)
        return shortened(f"{words} [{shown(norm)}]" if norm else str(words))
    return "none" if value is None else shortened(str(value))


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def decider(entry: Entry) -> str:
    """The rule that decided the role of a record's head; it stands first."""
    rules = entry.written.get("rules") or (NOTHING,)
    return str(rules[0])


def grids(found: Comparison) -> list[Grid]:
    """Counts, changes by field, cases by rule, and the first cases grouped by rule."""
    whats: tuple[What, ...] = ("gained", "lost", "changed")
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for case in found.cases:
        rules[case.rule][case.what] += 1
    order = sorted(rules, key=lambda rule: (-rules[rule].total(), rule))
    by_rule = [(rule, *(str(rules[rule][what]) for what in whats)) for rule in order]
    records = (*(str(found.count(what)) for what in whats), str(found.same), str(found.apart))
    tables = [
        Grid("Records", (*whats, "same", "texts in one run"), [records], words=0),
        Grid("Changed by field", ("field", "records"), [(name, str(n)) for name, n in found.by_field().items()]),
        Grid("By deciding rule", ("rule", *whats), by_rule),
        cases_grid(found, order),
    ]
    return [table for table in tables if table.rows]


def cases_grid(found: Comparison, order: Sequence[str]) -> Grid:
    """The first cases, those of the rule that decides most of them first."""
    place = {rule: number for number, rule in enumerate(order)}
    cases = sorted(found.cases, key=lambda case: place[case.rule])[:MOST]
    rows = [
        (case.rule, case.what, f"{case.source}:{case.start}", case.text, "; ".join(map(change, case.fields)))
        for case in cases
    ]
    title = f"The first {len(cases)} of {len(found.cases)}" if len(found.cases) > len(cases) else "All cases"
    return Grid(title, ("rule", "what", "where", "text", "changes"), rows, words=5)


def change(field: tuple[str, str, str]) -> str:
    """One changed field."""
    name, base, new = field
    return f"{name}: {base} → {new}"
