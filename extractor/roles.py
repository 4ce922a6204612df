"""Decides the role of every clause: commitment, lead-in, tail, heading or other.

Three steps. The facts of a clause are the rules that fired in it and where it stands. The decision table
(`rules/roles.toml`) turns facts into a reading: its first row that holds decides. The neighbours settle it: a
lead-in needs a commitment behind it in its sentence, a tail one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, cast

from extractor import arbiter
from extractor.clauses import Clause
from extractor.facts import BITS, mask, names
from extractor.outline import Place
from extractor.rulebook import Decision, Rulebook
from extractor.tables import table
from extractor.wording import Wording

Role = Literal["commitment", "lead-in", "tail", "heading", "other"]


TOLD = [mask(facts) for facts in (["settled.review"], ["since.before"], ["voice.third", "stance.neutral", "at.start"])]
"""What the table calls `other` is not argued with under a heading that reviews the past, nor of third parties where nothing plans."""

HEADING = mask(["is.heading"])
SOLID = mask(["has.figure", "has.deadline", "form.end_state"])
"""One of these makes a commitment of what looks like a heading: so much, by when, or a state that can be checked."""
WEAK = ("roles.plan_document", "roles.plan_verb", "roles.future", "roles.directive", "roles.committed_strength")
"""Rows that are not enough for it: they hold for whatever stands in a plan, or for its title (…行动计划)."""
PLANNED = mask(["settled.plan"])
PLEDGES = [mask(facts) for facts in (["deadline.open"], ["has.figure", "verb.action"], ["voice.own", "verb.must"])]
"""Under a heading that plans, what the table calls a commitment for one of these is no `other`, whatever the model says."""


class Verdict(NamedTuple):
    """The role of a clause, the row that decided it, and the set of facts it was decided on."""

    role: Role
    rule: str
    known: int

    @property
    def facts(self) -> frozenset[str]:
        """The names of the facts."""
        return names(self.known)


def decide(
    clauses: Sequence[Clause],
    known: Sequence[int],
    wordings: Sequence[Wording],
    places: Sequence[Place],
    rulebook: Rulebook,
) -> list[Verdict]:
    """The verdict on every clause, from the facts known of it; its words too where a model arbitrates.

    The decision table reads every clause and its neighbours settle the reading; where there is a model, it has the last
    word, and a role that is not the table's names `arbiter.ROLE` as its rule. What looks like a heading and has no
    commitment under it is read once more, as the text that it is.
    """
    readings = table(rulebook, "roles").read(known)
    roles = settle(clauses, readings)
    informed = [
        facts | BITS["read." + reading.id] | BITS["gives." + role]
        for facts, reading, role in zip(known, readings, roles, strict=True)
    ]
    settled = [
        reading.final or (role == "other" and any(facts & told == told for told in TOLD))
        for reading, role, facts in zip(readings, roles, known, strict=True)
    ]
    final = arbitrated(clauses, informed, wordings, roles, settled, rulebook.arbiter) if rulebook.arbiter else roles
    verdicts = [
        Verdict(role, reading.id if role == first else "arbiter." + role, facts)
        for role, first, reading, facts in zip(final, roles, readings, informed, strict=True)
    ]
    if empty := bodiless(final, places):
        read_again(empty, clauses, known, verdicts, rulebook)
    return verdicts


def bodiless(roles: Sequence[Role], places: Sequence[Place]) -> list[int]:
    """The headings with no commitment under them, by clause number."""
    over = {
        heading.start
        for role, place in zip(roles, places, strict=True)
        if role == "commitment"
        for heading in place.headings
    }
    return [
        number
        for number, (role, place) in enumerate(zip(roles, places, strict=True))
        if role == "heading" and place.headings and place.headings[-1].start not in over
    ]


def read_again(
    numbers: Sequence[int], clauses: Sequence[Clause], known: Sequence[int], verdicts: list[Verdict], rulebook: Rulebook
) -> None:
    """Decide clauses that are no headings after all by the table, as running text."""
    plain = [known[number] & ~HEADING for number in numbers]
    readings = table(rulebook, "roles").read(plain)
    roles = [verdict.role for verdict in verdicts]
    for number, reading, facts in zip(numbers, readings, plain, strict=True):
        says = reading.gives == "lead-in" or (
            reading.gives == "commitment" and reading.id not in WEAK and facts & SOLID
        )
        roles[number] = cast(Role, reading.gives) if says else "other"
    for number, reading, facts in zip(reversed(numbers), reversed(readings), reversed(plain), strict=True):
        if roles[number] == "lead-in" and not leads(number, clauses, roles):
            roles[number] = "other"
        role = roles[number]
        verdicts[number] = Verdict(role, reading.id, facts | BITS["read." + reading.id] | BITS["gives." + role])


def stays(first: Role, judged: Role, facts: int) -> bool:
    """Whether the table's role stands against the model's: of headings, and of pledges that the model denies."""
    return "heading" in (first, judged) or ((first, judged) == ("commitment", "other") and pledged(facts))


def pledged(facts: int) -> bool:
    """Whether a clause under a heading that plans says so much or by when, or what its own side must do."""
    return bool(facts & PLANNED) and any(facts & pledge == pledge for pledge in PLEDGES)


def arbitrated(
    clauses: Sequence[Clause],
    facts: Sequence[int],
    wordings: Sequence[Wording],
    roles: Sequence[Role],
    settled: Sequence[bool],
    path: Path,
) -> list[Role]:
    """The trained model's roles; what a final row decided, headings by their form and pledges stay as they are.

    A tail that it leaves without a commitment in its sentence is one itself.
    """
    judged = cast(list[Role], arbiter.load(path).roles.decide(clauses, facts, wordings))
    merged = [
        first if final or stays(first, role, known) else role
        for first, role, final, known in zip(roles, judged, settled, facts, strict=True)
    ]
    settle_tails(clauses, merged, ["commitment"] * len(merged))
    return merged


def settle(clauses: Sequence[Clause], readings: Sequence[Decision]) -> list[Role]:
    """Roles in the light of their neighbours."""
    roles = [cast(Role, reading.gives) for reading in readings]
    alone = [cast(Role, reading.alone or "other") for reading in readings]
    settle_tails(clauses, roles, alone)
    for index in range(len(clauses) - 1, -1, -1):
        if roles[index] == "lead-in" and not leads(index, clauses, roles):
            roles[index] = alone[index]
    settle_tails(clauses, roles, ["commitment"] * len(roles))
    return roles


def settle_tails(clauses: Sequence[Clause], roles: list[Role], alone: Sequence[Role]) -> None:
    """A tail with no commitment before it in its sentence, or right behind a lead-in, is what it would be alone."""
    sentence, committed = -1, False
    for index, clause in enumerate(clauses):
        if clause.sentence != sentence:
            sentence, committed = clause.sentence, False
        if roles[index] == "tail" and (not committed or roles[index - 1] == "lead-in"):
            roles[index] = alone[index]
        committed = roles[index] != "other" and (committed or roles[index] == "commitment")


def leads(index: int, clauses: Sequence[Clause], roles: Sequence[Role]) -> bool:
    """Whether a commitment follows in the sentence, or behind the colon that closes the clause."""
    after = index + 1
    if after == len(clauses):
        return False
    announces = clauses[index].closer in ("：", ":")
    if announces:
        return roles[after] in ("commitment", "lead-in", "heading")
    return clauses[after].sentence == clauses[index].sentence and roles[after] in ("commitment", "lead-in")
