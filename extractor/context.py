"""What surrounds a clause: the kind of document, its times, the way its section faces, its form and its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial

from extractor import matching
from extractor.carrying import GRANTS, PREDICATE, before_grant, before_predicate, listed, looking_back
from extractor.clauses import SENTENCE_END, Clause, sentences
from extractor.facts import BITS, mask
from extractor.folding import fold
from extractor.horizon import Horizon
from extractor.matching import Match
from extractor.normalisation import Text
from extractor.outline import Outline
from extractor.periods import Period
from extractor.quantities import Quantity
from extractor.rulebook import Rulebook
from extractor.stance import Bearing, bearings
from extractor.wording import Wording

OPENING = 700
"""Characters of running text that may tell the kind of a document without a title."""

KINDS = ("reply", "report", "news", "plan", "speech")
UNIT = re.compile(r"^.*?(?:省|市|县|区|州)(?=.{2,})(.{2,}(?:街道|镇|乡|局|委|厅|部|办|院|村|社区|县|区|市))$")
PAST = mask(
    ["tense.habit", "tense.perfective", "tense.already", "tense.achieved", "tense.comparison", "tense.in_progress"]
)
AHEAD = mask(["tense.future", "tense.plan_time", "tense.again"])
JUDGING = mask(["formula.copula", "formula.reason"])
OWN, VIEWED = BITS["voice.own"], BITS["view.before"]
OBLIGES = mask(["verb.must"])
ENACTS, ENACTED = BITS["formula.enact"], BITS["enact.sentence"]
LISTED = BITS["listed.before"]
LOOKING_BACK = BITS["since.before"]
PAST_BEFORE, AHEAD_BEFORE = BITS["past.before"], BITS["ahead.before"]
CARRIED = [
    (mask(rules), mask([fact]))
    for fact, rules in {
        "support.before": ("verb.support",),
        "urge.before": ("verb.urge",),
        "view.before": ("voice.view", "voice.third", "voice.others_plan"),
        "if.before": ("formula.if",),
        "suggestion.before": ("voice.suggestion",),
        "duty.before": ("verb.must", "verb.modal", "tense.future"),
        "directive.before": ("voice.directive",),
        "claimant.before": ("form.claimant",),
    }.items()
]
"""Rules, and the fact that holds for the rest of a sentence once one of them fired."""
DIGIT = re.compile("[0-9]")
BASE = re.compile(
    "(?:[比较由自从与在和超对把将以]|[高低多少快好优]于|不超过|控制在|相比|基于|按照|根据|依据|参照"
    "|兑现|清理|消化|化解|巩固|用好|处置|盘活|偿还|归还|结清|补发|续建)$"
)
FINAL = re.compile("[)）”]?(?:目标|任务)?")
CLOSING = (
    ("：:", "closes.colon"),
    ("？?", "closes.question"),
    ("；;", "closes.semicolon"),
    (SENTENCE_END, "closes.sentence"),
)
CLOSERS = {
    sign: mask(name for signs, name in CLOSING if sign in signs) for sign in "".join(signs for signs, _ in CLOSING)
}
"""What a mark at the end of a clause says."""
CELL_END = BITS["closes.sentence"]
"""A cell of tasks ends as a sentence does, with a full stop or without."""
COLON = BITS["closes.colon"]
IS_FRONT, IS_HEADING = BITS["is.front"], BITS["is.heading"]
IS_BRACKETED, IS_QUOTED = BITS["is.bracketed"], BITS["is.quoted"]
IS_PHRASE, IS_SHORT, IS_LONG = BITS["is.phrase"], BITS["is.short"], BITS["is.long"]
IS_WORDLESS = BITS["is.wordless"]
WORD = re.compile(r"[^\W\d_]|\d[%‰]")
AT_START, AT_END, AT_LINE = BITS["at.start"], BITS["at.end"], BITS["at.line"]
ENUMERATED, PLEDGE_OPEN = BITS["enumerated"], BITS["pledge.open"]
FAMILIES = ("tense", "verb", "voice", "formula", "section", "turn", "form", "strength")


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


def heading_cues(rulebook: Rulebook, title: str) -> int:
    """The rules that fire in the words of a heading."""
    lines = re.sub(r"[,，。；：:]", "\n", fold(title))
    return mask(match.rule for match in matching.finder(rulebook, "section", "verb").find(lines))


def facts(
    text: Text,
    view: str,
    clauses: Sequence[Clause],
    outline: Outline,
    matches: Sequence[Match],
    figures: Sequence[Quantity],
    periods: Sequence[Period],
    times: Horizon,
    wordings: Sequence[Wording],
    rulebook: Rulebook,
) -> list[int]:
    """Everything that the decision table may ask of each clause, as sets of `facts`: see the head of `rules/roles.toml`."""
    cues = gathered(clauses, matches, figures, periods, view)
    date_cues(clauses, periods, times, cues, view)
    name_own_side(clauses, outline, cues, view)
    kind = document_kind(outline, text.folded, rulebook)
    faces = bearings(outline, clauses, cues, partial(heading_cues, rulebook), kind)
    found = [
        fired | stands | BITS["tag." + wording.opener] | faced(face)
        for fired, stands, wording, face in zip(cues, standing(clauses, outline, view), wordings, faces, strict=True)
    ]
    for number in listed(clauses, cues):
        found[number] |= LISTED
    for number in looking_back(clauses, cues):
        found[number] |= LOOKING_BACK
    for number, cue in enumerate(cues):
        if cue & GRANTS:
            before_grant(number, clauses, found)
        if cue & PREDICATE:
            before_predicate(number, clauses, found)
    of_kind, judged = BITS[f"doc.{kind}"], BITS["judged.after"]
    for first, stop in sentences(clauses):
        fired = cues[first:stop]
        carried = ENACTED if any(cue & ENACTS for cue in fired) else 0
        for number in range(first, stop):
            if cues[number] & OBLIGES and not cues[number] & ENACTS:
                carried &= ~ENACTED
            found[number] |= carried | of_kind
            if number + 1 < stop and cues[number + 1] & JUDGING:
                found[number] |= judged
            carried = carry(carried, cues[number])
            if found[number] & COLON:
                carried &= ~ENACTED
    return found


@cache
def faced(face: Bearing) -> int:
    """The facts that a bearing makes."""
    return mask([f"stance.{face.stance}", *([f"settled.{face.stance}"] if face.settled else ())])


def carry(carried: int, fired: int) -> int:
    """What the rest of a sentence knows of a clause: tense, duty, support and others' views reach to its end."""
    if fired & OWN:
        carried &= ~VIEWED
    for rules, fact in CARRIED:
        if fired & rules:
            carried |= fact
    if fired & AHEAD:
        return (carried | AHEAD_BEFORE) & ~PAST_BEFORE
    if fired & PAST:
        return (carried | PAST_BEFORE) & ~AHEAD_BEFORE
    return carried


def gathered(
    clauses: Sequence[Clause],
    matches: Sequence[Match],
    figures: Sequence[Quantity],
    periods: Sequence[Period],
    view: str,
) -> list[int]:
    """What was matched inside each clause: the rules, and whether a figure or a time stands in it."""
    starts = [clause.start for clause in clauses]
    found = [0] * len(clauses)
    for match in matches:
        found[bisect_right(starts, match.start) - 1] |= BITS[match.rule]
    for figure in figures:
        number = bisect_right(starts, figure.start) - 1
        found[number] |= BITS["has.figure"]
        if figure.comparator != "=" or figure.upper is not None:
            found[number] |= BITS["figure.bounded"]
        if FINAL.fullmatch(view, figure.end, clauses[number].end):
            found[number] |= BITS["figure.final"]
    for period in periods:
        number = bisect_right(starts, period.start) - 1
        found[number] |= BITS["has.deadline"]
        if period.start_date is None and period.end_date is not None:
            found[number] |= BITS["deadline.open"]
        if period.start == clauses[number].start and period.end == clauses[number].end:
            found[number] |= BITS["is.period"]
    return found


def date_cues(clauses: Sequence[Clause], periods: Sequence[Period], times: Horizon, cues: list[int], view: str) -> None:
    """Add `period.past` where a time ends before the year that the text plans, `period.ahead` where it ends later.

    A time that something is compared with, counted from or named after (`比2020年`, `自去年起`, `2020年的规划`) says neither.
    """
    starts = [clause.start for clause in clauses]
    for period in periods:
        based = BASE.search(view, max(0, period.start - 3), period.start) or view.startswith("的", period.end)
        year = times.at(period.start).own
        if year and period.end_date and not based:
            cue = "period.past" if period.end_date.year < year else "period.ahead"
            cues[bisect_right(starts, period.start) - 1] |= BITS[cue]
        reference = times.at(period.start).reference
        if reference and not based:
            cues[bisect_right(starts, period.start) - 1] |= side(period, reference)


def side(period: Period, reference: date) -> int:
    """`time.over` where a time lies before the date of the text, `time.later` where it begins or ends after it."""
    if period.end_date and period.end_date < reference:
        return BITS["time.over"]
    if (period.start_date and period.start_date > reference) or (not period.start_date and period.end_date):
        return BITS["time.later"]
    return 0


def name_own_side(clauses: Sequence[Clause], outline: Outline, cues: list[int], view: str) -> None:
    """Add `voice.own` where a clause names the issuer or the speaker's own organization (`柳行街道将…`)."""
    front = outline.front
    owners = [front.issuer, *(speech.organization for speech in front.speeches)]
    names = {UNIT.sub(r"\1", owner) for owner in owners if owner}
    if not names:
        return
    own = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    starts = [clause.start for clause in clauses]
    for found in own.finditer(view):
        number = bisect_right(starts, found.start()) - 1
        if found.end() <= clauses[number].end:
            cues[number] |= OWN


def standing(clauses: Sequence[Clause], outline: Outline, view: str) -> Iterator[int]:
    """The facts that come from each clause's form and place."""
    sentence = -1
    for number, (clause, place) in enumerate(zip(clauses, outline.places, strict=True)):
        start, end = clause.start, clause.end
        length, first = end - start, view[start]
        found = CLOSERS.get(clause.closer, 0)
        if place.is_task and clause.closes_line:
            found |= CELL_END
        if place.is_front:
            found |= IS_FRONT
        if place.is_heading:
            found |= IS_HEADING
        if first in "([〔【" and view[end - 1] in ")]〕】":
            found |= IS_BRACKETED
        if first in "“「『":
            found |= IS_QUOTED
        if length in (4, 8, 9) and not DIGIT.search(view, start, end):
            found |= IS_PHRASE
        if length <= 4:
            found |= IS_SHORT
        if not WORD.search(view, start, end):
            found |= IS_WORDLESS
        if length >= 24:
            found |= IS_LONG
        if clause.sentence != sentence:
            found |= AT_START
        sentence = clause.sentence
        if number + 1 == len(clauses) or clauses[number + 1].sentence != sentence:
            found |= AT_END
        if clause.opens_line:
            found |= AT_LINE
        if clause.enumerator:
            found |= ENUMERATED
        if place.headings and place.headings[-1].label:
            found |= PLEDGE_OPEN
        yield found
