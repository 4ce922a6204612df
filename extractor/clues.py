"""What stands around the pieces of clauses: what the model of names sees besides the words themselves.

Where it is a word that counts (the verb before, the end of the run), a `Case` gives the piece that is it. All else is a
`Mark` on a piece: `("hit", "PROJECT.B")` a name of the rules begins there, `("in", "”")` a quotation is open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from extractor.lexicon import BORDERS, STOPS, Lexicon, Pair
from extractor.naming import Named
from extractor.pieces import Pieces, Stretch

Mark: TypeAlias = tuple[str, str]
Member: TypeAlias = tuple[str, str, str, str, int, tuple[str, ...]]
"""Of a neighbour in a list, marked on a name's first piece: `member`, the side, its opening and close (`lexicon`), size, types by the rules."""
Marks: TypeAlias = list[tuple[int, Mark | Member]]
"""Pieces by number, and what is marked on them."""
Numbers: TypeAlias = NDArray[np.intp]

JOINTS = frozenset({"、", "和", "与", "及", "以及"})
PAIRS = {"“": "”", "《": "》", "(": ")", "（": "）"}
CLOSING = re.compile("[0-9一二三四五六七八九十两几多余]*(?:个|所|处|座|条|家)?(.{1,2})")
FARTHEST, MOST, BACK = 6, 4, 14
T = TypeVar("T", bound=Hashable)
BEGIN, INSIDE, END, AFTER = "B", "I", "E", "A"


@dataclass(frozen=True, slots=True)
class Case:
    """What the model reads of some clauses: their pieces, and of each what stands around it.

    `kinds` are the different words, `which` the number of each piece's word among them. `governs`, `ends` and `follows` are
    numbers of pieces, -1 where there is none; `far` is the distance to the end of the run; `builds` what that end builds.
    """

    pieces: Pieces
    kinds: Sequence[Pair]
    which: Numbers
    governs: Numbers
    ends: Numbers
    follows: Numbers
    far: Numbers
    builds: Numbers
    marks: Marks
    hidden: bool
    lexicon: Lexicon


def read(
    pieces: Pieces,
    hits: Sequence[Named] | None,
    divisions: Iterable[Stretch],
    lexicon: Lexicon,
) -> Case:
    """What stands around every piece; `hits` are the names that rules found, None where they are hidden."""
    kinds, which = numbered(pieces.pairs)
    flags = np.array(list(map(lexicon.flags, kinds)), dtype=np.intp).reshape(-1, 3)[which]
    firsts = np.repeat(pieces.firsts, pieces.lengths)
    behind = firsts + np.repeat(pieces.lengths, pieces.lengths).astype(np.intp)
    governs = before(flags[:, 0] > 0, firsts)
    follows = after(flags[:, 1] > 0, behind)
    ends = np.where(flags[:, 1] > 0, -1, follows - 1)
    return Case(
        pieces=pieces,
        kinds=kinds,
        which=which,
        governs=governs,
        ends=ends,
        follows=np.where((follows < behind) & (ends >= 0), follows, -1),
        far=np.minimum(ends - np.arange(len(which)), FARTHEST),
        builds=flags[ends, 2],
        marks=list(marks(pieces, hits or (), divisions, lexicon)),
        hidden=hits is None,
        lexicon=lexicon,
    )


def numbered(things: Sequence[T]) -> tuple[list[T], Numbers]:
    """The different ones of some things, and which of them each is."""
    kinds = list(dict.fromkeys(things))
    numbers = dict(zip(kinds, range(len(kinds)), strict=True))
    return kinds, np.fromiter(map(numbers.__getitem__, things), np.intp, len(things))


def before(flags: NDArray[np.bool_], firsts: Numbers) -> Numbers:
    """For every piece the nearest flagged one before it in its clause, -1 where there is none."""
    own = np.where(flags, np.arange(len(flags)), -1)
    shifted = np.concatenate([[-1], own[:-1]]) if len(own) else own
    nearest = np.maximum.accumulate(shifted)
    return np.where(nearest >= firsts, nearest, -1)


def after(flags: NDArray[np.bool_], behind: Numbers) -> Numbers:
    """For every piece the next flagged one at or behind it in its clause, or the clause's end."""
    own = np.where(flags, np.arange(len(flags)), len(flags))
    return np.minimum(np.minimum.accumulate(own[::-1])[::-1], behind)


def marks(
    pieces: Pieces, hits: Sequence[Named], divisions: Iterable[Stretch], lexicon: Lexicon
) -> Iterator[tuple[int, Mark | Member]]:
    """All marks on the pieces of some clauses."""
    types: dict[int, tuple[str, ...]] = {}
    for name in hits:
        types[name.start] = (*types.get(name.start, ()), name.type)
    words = [word for word, _ in pieces.pairs]
    first = 0
    for length in pieces.lengths:
        end = first + length
        here = words[first:end]
        if not JOINTS.isdisjoint(here):
            yield from listed(pieces, first, end, types, lexicon)
        if not PAIRS.keys().isdisjoint(here):
            yield from enclosed(here, first)
        if "等" in here:
            yield from closed(here, first)
        first = end
    for start, stop in divisions:
        yield from framed(pieces, start, stop, "division", "")
    yield from hit(pieces, hits)


def enclosed(words: Sequence[str], first: int) -> Iterator[tuple[int, Mark]]:
    """The mark that will close the quotation or bracket that a piece stands in, its own marks included."""
    depth: list[str] = []
    for number, word in enumerate(words, first):
        if word in PAIRS:
            depth.append(PAIRS[word])
        if depth:
            yield number, ("in", depth[-1])
            if word == depth[-1]:
                depth.pop()


def closed(words: Sequence[str], first: int) -> Iterator[tuple[int, Mark]]:
    """What a list before 等 is one of: 等4个村."""
    for number, word in enumerate(words):
        if word != "等":
            continue
        match = CLOSING.match("".join(words[number + 1 : number + 4]))
        mark = ("list", match[1] if match else "")
        for place in range(number - 1, max(-1, number - BACK), -1):
            if words[place] in STOPS and words[place] != "、":
                break
            yield first + place, mark


def listed(
    pieces: Pieces, first: int, end: int, types: dict[int, tuple[str, ...]], lexicon: Lexicon
) -> Iterator[tuple[int, Member]]:
    """What the members of a list before and behind a piece's own are like: members share their type."""
    pairs, opening, closing = pieces.pairs, lexicon.opening, lexicon.closing
    for members in lists(pairs, first, end, lexicon):
        looks = [
            (opening(pairs[a]), closing(pairs[b - 1]), min(b - a, MOST), types.get(pieces.starts[a], ()))
            for a, b in members
        ]
        for ((before, _), look), ((behind, _), follower) in pairwise(zip(members, looks, strict=True)):
            yield before, ("member", "r", *follower)
            yield behind, ("member", "l", *look)


def lists(pairs: Sequence[Pair], first: int, end: int, lexicon: Lexicon) -> Iterator[list[Stretch]]:
    """The lists of a clause, each as the piece numbers of its members; a verb or a border may stand before a member."""
    members: list[Stretch] = []
    verbs = lexicon.verbs
    begin = first
    for number in range(first, end):
        word = pairs[number][0]
        joint = word in JOINTS
        if not joint and word not in BORDERS and (begin != number or word not in verbs):
            continue
        if begin < number:
            members.append((begin, number))
        if not joint:
            if len(members) > 1:
                yield members
            members = []
        begin = number + 1
    if begin < end:
        members.append((begin, end))
    if len(members) > 1:
        yield members


def spelled(mark: Mark | Member) -> list[Mark]:
    """The marks that a mark stands for: a neighbour in a list is told by how it opens and closes, its size and its types."""
    if len(mark) == 2:
        return [mark]
    kind, side, opening, closing, size, types = mark
    traits = [*opening.split(), *closing.split(), f"n{size}", *(f"h:{name}" for name in dict.fromkeys(types))]
    return [(kind, f"{side}:{trait}") for trait in traits]


def hit(pieces: Pieces, hits: Sequence[Named]) -> Iterator[tuple[int, Mark]]:
    """Where the rules found names: of which type, by which rule, and whether another begins or ends where it does."""
    starts = Counter(name.start for name in hits)
    ends = Counter(name.end for name in hits)
    for name in hits:
        yield from framed(pieces, name.start, name.end, "hit", f"{name.type}.", True)
        yield from framed(pieces, name.start, name.end, "rule", f"{name.rule}.")
        if starts[name.start] > 1:
            yield from framed(pieces, name.start, name.end, "start", f"{name.rule}.")
        if ends[name.end] > 1:
            yield from framed(pieces, name.start, name.end, "stop", f"{name.rule}.")


def framed(
    pieces: Pieces, start: int, end: int, kind: str, what: str, around: bool = False
) -> Iterator[tuple[int, Mark]]:
    """Marks on the pieces of a stretch: its beginning and inside; its last piece and the one behind where `around`."""
    number = bisect_left(pieces.starts, start)
    sign = BEGIN
    while number < len(pieces.starts) and pieces.starts[number] < end:
        yield number, (kind, what + sign)
        sign = INSIDE
        number += 1
    if around and sign == INSIDE:
        yield number - 1, (kind, what + END)
        if number < len(pieces.starts) and pieces.starts[number] == end:
            yield number, (kind, what + AFTER)
