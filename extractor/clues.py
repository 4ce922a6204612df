"""What stands around a piece of a clause: what the model of names sees besides the words themselves.

A clue is a pair of what is looked at and what is found there: `("gov", "建设")` the verb before, `("end", "公路")` the
last word of the run that the piece belongs to, `("hit", "PROJECT.B")` the rules that found a name there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import TypeAlias

from extractor.lexicon import GROUND, Lexicon
from extractor.naming import Named
from extractor.pieces import Piece, Stretch

Clue: TypeAlias = tuple[str, str]
Clues: TypeAlias = list[list[Clue]]
"""The clues of every piece of a clause."""

STOPS = frozenset("、,;:。!?·—")
PARTICLES = frozenset("的了着把将被让使等以从向由为在对与和及至到给于按是") | {"以及"}
JOINTS = frozenset({"、", "和", "与", "及", "以及"})
BORDERS = STOPS | PARTICLES
PAIRS = {"“": "”", "《": "》", "(": ")", "（": "）"}
CLOSING = re.compile("[0-9一二三四五六七八九十两几多余]*(?:个|所|处|座|条|家)?(.{1,2})")
FARTHEST, MOST, BACK = 6, 4, 14
BEGIN, INSIDE, END, AFTER = "B", "I", "E", "A"


def of_clause(
    pieces: Sequence[Piece], hits: Sequence[Named] | None, divisions: Sequence[Stretch], lexicon: Lexicon
) -> Clues:
    """The clues of every piece; `hits` are the names that rules found in the clause, None where they are hidden."""
    found: Clues = [[("gov", verb)] for verb in governors(pieces, lexicon)]
    enclosed(pieces, found)
    runs(pieces, found, lexicon)
    closed(pieces, found)
    listed(pieces, hits or (), found, lexicon)
    if found:
        found[0].append(("at", "first"))
        found[-1].append(("at", "last"))
    places = {piece.start: number for number, piece in enumerate(pieces)}
    for start, end in divisions:
        marked(pieces, places, start, end, "division", "", found)
    if hits is None:
        for clues in found:
            clues.append(("hidden", ""))
    else:
        hit(pieces, places, hits, found)
    return found


def governors(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[str]:
    """The nearest verb or preposition before each piece."""
    verb = ""
    verbs = lexicon.verbs
    for _, word, tag in pieces:
        yield verb
        if word in verbs or (tag in ("v", "p") and len(word) > 1):
            verb = word


def enclosed(pieces: Sequence[Piece], found: Clues) -> None:
    """The mark that will close the quotation or bracket that a piece stands in, its own marks included."""
    depth: list[str] = []
    for piece, clues in zip(pieces, found, strict=True):
        if piece.word in PAIRS:
            depth.append(PAIRS[piece.word])
        if depth:
            clues.append(("in", depth[-1]))
            if piece.word == depth[-1]:
                depth.pop()


def runs(pieces: Sequence[Piece], found: Clues, lexicon: Lexicon) -> None:
    """How the run of words between two borders ends that a piece belongs to, how far off, and what comes behind it."""
    end, behind, last = "", "", 0
    for number in range(len(pieces) - 1, -1, -1):
        word = pieces[number].word
        if word in BORDERS:
            end, behind = "", word
            continue
        if not end:
            end, last = word, number
            shared = (("end", end), ("end.s", end[-1]), ("behind", behind))
            kind = next(iter(lexicon.built(end)), "")
        far = min(last - number, FARTHEST)
        found[number] += (*shared, ("far", str(far)), ("end.c", f"{kind}{min(far, MOST)}"))


def closed(pieces: Sequence[Piece], found: Clues) -> None:
    """What a list before 等 is one of: 等4个村."""
    for number, piece in enumerate(pieces):
        if piece.word != "等":
            continue
        match = CLOSING.match("".join(later.word for later in pieces[number + 1 : number + 4]))
        clue = ("list", match[1] if match else "")
        for before in range(number - 1, max(-1, number - BACK), -1):
            if pieces[before].word in STOPS and pieces[before].word != "、":
                break
            found[before].append(clue)


def listed(pieces: Sequence[Piece], hits: Sequence[Named], found: Clues, lexicon: Lexicon) -> None:
    """What the members of a list before and behind the piece's own are like: members share their type."""
    if not any(piece.word in JOINTS for piece in pieces):
        return
    types: dict[int, list[str]] = {}
    for name in hits:
        types.setdefault(name.start, []).append(name.type)
    for members in lists(pieces, lexicon.verbs):
        looks = [look(pieces[first], pieces[end - 1], end - first, types, lexicon) for first, end in members]
        for place, (first, end) in enumerate(members):
            before = [f"l:{trait}" for trait in looks[place - 1]] if place else []
            behind = [f"r:{trait}" for trait in looks[place + 1]] if place + 1 < len(looks) else []
            traits = ["in", *before, *behind]
            found[first] += [("member.B", trait) for trait in traits]
            inner = [("member.I", trait) for trait in traits]
            for number in range(first + 1, end):
                found[number] += inner


def lists(pieces: Sequence[Piece], verbs: Set[str]) -> Iterator[list[Stretch]]:
    """The lists of a clause, each as the piece numbers of its members; a verb or a border may stand before a member."""
    members: list[Stretch] = []
    first = 0
    for number in range(len(pieces) + 1):
        word = pieces[number].word if number < len(pieces) else ","
        if word not in JOINTS and word not in BORDERS and not (word in verbs and first == number):
            continue
        if first < number:
            members.append((first, number))
        if word not in JOINTS:
            if len(members) > 1:
                yield members
            members = []
        first = number + 1


def look(first: Piece, last: Piece, size: int, types: dict[int, list[str]], lexicon: Lexicon) -> list[str]:
    """What a member of a list is like: its first word's tag, what its last word ends in, its size, its type by the rules."""
    traits = {f"t:{first.tag}", f"n{min(size, MOST)}"}
    if last.word[-1] in GROUND:
        traits.add("ground")
    traits.update(trait for trait in lexicon.known(last.word, last.tag) if trait.startswith(("c:", "x:")))
    opening = lexicon.known(first.word, first.tag)
    if any(trait.startswith("g:") for trait in opening):
        traits.add("placed")
    if len(first.word) > 1 and "v" not in opening:
        traits.add("new")
    traits.update(f"h:{name}" for name in types.get(first.start, ()))
    return sorted(traits)


def hit(pieces: Sequence[Piece], places: dict[int, int], hits: Sequence[Named], found: Clues) -> None:
    """Where the rules found names: of which type, by which rule, and whether another begins or ends where it does."""
    starts = [name.start for name in hits]
    ends = [name.end for name in hits]
    for name in hits:
        marked(pieces, places, name.start, name.end, "hit", f"{name.type}.", found, framed=True)
        marked(pieces, places, name.start, name.end, "rule", f"{name.rule}.", found)
        if starts.count(name.start) > 1:
            marked(pieces, places, name.start, name.end, "start", f"{name.rule}.", found)
        if ends.count(name.end) > 1:
            marked(pieces, places, name.start, name.end, "stop", f"{name.rule}.", found)


def marked(
    pieces: Sequence[Piece],
    places: dict[int, int],
    start: int,
    end: int,
    kind: str,
    what: str,
    found: Clues,
    framed: bool = False,
) -> None:
    """Mark the pieces of a stretch as its beginning and its inside; its last piece and the one behind where `framed`."""
    number = places.get(start)
    if number is None:
        return
    sign = BEGIN
    while number < len(pieces) and pieces[number].start < end:
        found[number].append((kind, what + sign))
        sign = INSIDE
        number += 1
    if framed:
        found[number - 1].append((kind, what + END))
        if number < len(pieces):
            found[number].append((kind, what + AFTER))
