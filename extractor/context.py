"""What surrounds a clause: the kind of document, its calendar, the way its section faces, its first word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial

from extractor import frontmatter, matching
from extractor.clauses import SENTENCE_END, Clause
from extractor.folding import fold
from extractor.matching import Match
from extractor.normalisation import Text
from extractor.outline import Outline
from extractor.periods import Period
from extractor.quantities import Quantity
from extractor.rulebook import Rulebook
from extractor.segmentation import Words
from extractor.stance import bearings

OPENING = 700
"""Characters of running text that may tell the kind of a document without a title."""

KINDS = ("reply", "report", "news", "plan", "speech")
YEAR_HEADING = re.compile(r"(20\d\d|19\d\d)年")
SPAN = re.compile(r"\d{4}年?[-—–~至到一 ]+\d{4}年|[十五]年(?:规划|计划)")
"""A heading over several years names no year that the text plans for."""
UNIT = re.compile(r"^.*?(?:省|市|县|区|州)(?=.{2,})(.{2,}(?:街道|镇|乡|局|委|厅|部|办|院|村|社区|县|区|市))$")
PAST = ("tense.perfective", "tense.already", "tense.achieved", "tense.comparison", "tense.in_progress")
AHEAD = ("tense.future", "tense.plan_time", "tense.again")
JUDGING = ("formula.copula", "formula.reason")
CARRIED = {
    "support.before": ("verb.support",),
    "urge.before": ("verb.urge",),
    "view.before": ("voice.view", "voice.third", "voice.others_plan"),
    "if.before": ("formula.if",),
    "duty.before": ("verb.must", "verb.modal", "tense.future"),
    "directive.before": ("voice.directive",),
}
DIGIT = re.compile("[0-9]")
BASE = re.compile("(?:[比较由自从与在和超对把将以]|相比|基于|按照|根据|依据|参照)$")
CLOSING = (
    ("：:", "closes.colon"),
    ("？?", "closes.question"),
    ("；;", "closes.semicolon"),
    (SENTENCE_END, "closes.sentence"),
)
CLOSERS = {
    sign: frozenset(name for signs, name in CLOSING if sign in signs) for sign in "".join(signs for signs, _ in CLOSING)
}
"""What a mark at the end of a clause says."""
SKIPPED = frozenset({"d", "ad", "c", "x", "uv", "zg"})
FAMILIES = ("tense", "verb", "voice", "formula", "section", "turn", "form", "strength")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative times refer to; None where neither caller nor text says."""

    reference: date | None
    plan_year: int | None


def calendar(outline: Outline, given: date | None) -> Calendar:
    """The caller's date, else the document's; the plan year of its title, else of a heading that faces forward."""
    reference = given or outline.front.date
    year = frontmatter.titled_year(outline.front.title, reference)
    if year is None:
        headings = {heading.title for place in outline.places for heading in place.headings}
        planned = [title for title in headings if not SPAN.search(title)]
        years = [int(found[1]) + ("回顾" in title) for title in planned if (found := YEAR_HEADING.search(title))]
        year = max(years, default=reference.year if reference else None)
    return Calendar(reference, year)


def document_kind(outline: Outline, folded: str, rulebook: Rulebook) -> str:
    """`plan`, `report`, `reply`, `news`, `speech` or `unknown`, from the title, else from the opening lines."""
    rules = rulebook.family("document")
    title = outline.front.title or ""
    found = {match.rule for match in matching.find(rules, title)}
    kinds = [kind for kind in KINDS if f"document.{kind}" in found]
    if kinds:
        return kinds[0]
    opening = re.sub(r"[,，。；：:]", "\n", folded[:OPENING])
    found = {match.rule for match in matching.find(rulebook.family("opening"), opening)}
    return next((kind for kind in KINDS if f"opening.{kind}" in found), "unknown")


def heading_cues(rulebook: Rulebook, title: str) -> frozenset[str]:
    """The rules that fire in the words of a heading."""
    lines = re.sub(r"[,，。；：:]", "\n", fold(title))
    return frozenset(match.rule for match in matching.finder(rulebook, "section", "verb").find(lines))


def facts(
    text: Text,
    view: str,
    clauses: Sequence[Clause],
    outline: Outline,
    matches: Sequence[Match],
    figures: Sequence[Quantity],
    periods: Sequence[Period],
    dates: Calendar,
    words: Words,
    rulebook: Rulebook,
) -> list[frozenset[str]]:
    """Everything that the decision table may ask of each clause: see the head of `rules/roles.toml`."""
    cues = gathered(clauses, matches, figures, periods, view)
    date_cues(clauses, periods, dates, cues, view)
    name_own_side(clauses, outline, cues, view)
    kind = document_kind(outline, text.folded, rulebook)
    faces = bearings(outline, clauses, cues, partial(heading_cues, rulebook), kind)
    tags = first_words(clauses, words)
    found: list[frozenset[str]] = []
    for first, stop in sentences(clauses):
        enacts = any("formula.enact" in cues[number] for number in range(first, stop))
        carried: set[str] = {"enact.sentence"} if enacts else set()
        for number in range(first, stop):
            fired = cues[number]
            here = fired | carried | standing(number, clauses, outline, view)
            here |= {f"doc.{kind}", f"stance.{faces[number].stance}", f"tag.{tags[number][1]}"}
            if tags[number][0] in rulebook.verbs:
                here.add(f"word.{tags[number][0]}")
            if faces[number].settled:
                here.add(f"settled.{faces[number].stance}")
            if number + 1 < stop and not cues[number + 1].isdisjoint(JUDGING):
                here.add("judged.after")
            found.append(frozenset(here))
            carried = carry(carried, fired)
            if "closes.colon" in here:
                carried -= {"enact.sentence"}
    return found


def carry(carried: set[str], fired: Set[str]) -> set[str]:
    """What the rest of a sentence knows of a clause: tense, duty, support and others' views reach to its end."""
    if "voice.own" in fired:
        carried = carried - {"view.before"}
    carried = carried | {fact for fact, rules in CARRIED.items() if not fired.isdisjoint(rules)}
    if not fired.isdisjoint(AHEAD):
        return (carried | {"ahead.before"}) - {"past.before"}
    if not fired.isdisjoint(PAST):
        return (carried | {"past.before"}) - {"ahead.before"}
    return carried


def gathered(
    clauses: Sequence[Clause],
    matches: Sequence[Match],
    figures: Sequence[Quantity],
    periods: Sequence[Period],
    view: str,
) -> list[set[str]]:
    """What was matched inside each clause: rule ids, and whether a figure or a time stands in it."""
    starts = [clause.start for clause in clauses]
    found: list[set[str]] = [set() for _ in clauses]
    for match in matches:
        found[bisect_right(starts, match.start) - 1].add(match.rule)
    for figure in figures:
        number = bisect_right(starts, figure.start) - 1
        found[number].add("has.figure")
        if figure.comparator != "=" or figure.upper is not None:
            found[number].add("figure.bounded")
        if re.fullmatch(r"[)）”]?(?:目标|任务)?", view[figure.end : clauses[number].end]):
            found[number].add("figure.final")
    for period in periods:
        number = bisect_right(starts, period.start) - 1
        found[number].add("has.deadline")
        if period.start_date is None and period.end_date is not None:
            found[number].add("deadline.open")
        if period.start == clauses[number].start and period.end == clauses[number].end:
            found[number].add("is.period")
    return found


def date_cues(
    clauses: Sequence[Clause], periods: Sequence[Period], dates: Calendar, cues: Sequence[set[str]], view: str
) -> None:
    """Add `period.past` where a time ends before the year that the text plans, `period.ahead` where it ends later.

    A time that something is compared with, counted from or named after (`比2020年`, `自去年起`, `2020年的规划`) says neither.
    """
    year = dates.plan_year or (dates.reference.year if dates.reference else None)
    if year is None:
        return
    starts = [clause.start for clause in clauses]
    for period in periods:
        based = BASE.search(view, max(0, period.start - 2), period.start) or view.startswith("的", period.end)
        if period.end_date and not based:
            cue = "period.past" if period.end_date.year < year else "period.ahead"
            cues[bisect_right(starts, period.start) - 1].add(cue)
        if dates.reference and not based:
            cues[bisect_right(starts, period.start) - 1] |= side(period, dates.reference)


def side(period: Period, reference: date) -> set[str]:
    """`time.over` where a time lies before the date of the text, `time.later` where it begins or ends after it."""
    if period.end_date and period.end_date < reference:
        return {"time.over"}
    if (period.start_date and period.start_date > reference) or (not period.start_date and period.end_date):
        return {"time.later"}
    return set()


def name_own_side(clauses: Sequence[Clause], outline: Outline, cues: Sequence[set[str]], view: str) -> None:
    """Add `voice.own` where a clause names the issuer or the speaker's own organization (`柳行街道将…`)."""
    front = outline.front
    owners = [front.issuer, *(speech.organization for speech in front.speeches)]
    names = {UNIT.sub(r"\1", owner) for owner in owners if owner}
    if not names:
        return
    own = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for clause, fired in zip(clauses, cues, strict=True):
        if own.search(view, clause.start, clause.end):
            fired.add("voice.own")


def standing(number: int, clauses: Sequence[Clause], outline: Outline, view: str) -> set[str]:
    """The facts that come from a clause's form and place."""
    clause, place = clauses[number], outline.places[number]
    text = view[clause.start : clause.end]
    opens = number == 0 or clauses[number - 1].sentence != clause.sentence
    closes = number + 1 == len(clauses) or clauses[number + 1].sentence != clause.sentence
    closer = clause.closer
    found = set()
    if place.is_front:
        found.add("is.front")
    if place.is_heading:
        found.add("is.heading")
    if text[0] in "([〔【" and text[-1] in ")]〕】":
        found.add("is.bracketed")
    if text[0] in "“「『":
        found.add("is.quoted")
    if len(text) in (4, 8, 9) and not DIGIT.search(text):
        found.add("is.phrase")
    if len(text) <= 4:
        found.add("is.short")
    if len(text) >= 24:
        found.add("is.long")
    if opens:
        found.add("at.start")
    if closes:
        found.add("at.end")
    if clause.opens_line:
        found.add("at.line")
    if clause.enumerator:
        found.add("enumerated")
    if closer in CLOSERS:
        found |= CLOSERS[closer]
    if place.headings and place.headings[-1].label:
        found.add("pledge.open")
    return found


def first_words(clauses: Sequence[Clause], words: Words) -> list[tuple[str, str]]:
    """The first word of each clause that is no adverb, conjunction or mark, and its tag; empty where there is none."""
    found = []
    number, starts, pairs = 0, words.starts, words.pairs
    for clause in clauses:
        while number < len(pairs) and starts[number] < clause.start:
            number += 1
        while number < len(pairs) and starts[number] < clause.end and pairs[number][1] in SKIPPED:
            number += 1
        inside = number < len(pairs) and starts[number] < clause.end
        found.append(pairs[number] if inside else ("", ""))
    return found


def sentences(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """The stretches `[first, stop)` of clause numbers that make a sentence."""
    first = 0
    for index in range(1, len(clauses) + 1):
        if index == len(clauses) or clauses[index].sentence != clauses[first].sentence:
            yield first, index
            first = index
