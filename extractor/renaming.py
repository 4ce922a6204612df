"""The last word on names: the trained model keeps, drops and adds to what the rules found.

A name that the rules found where the model has it too keeps its rule; one that the model alone has names `arbiter.TYPE`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor import clues, gazetteer, lexicon, linking, namer, naming, pieces, places, within
from extractor.clues import Case
from extractor.lexicon import Lexicon
from extractor.matching import CLAUSE
from extractor.names import Name
from extractor.naming import Named
from extractor.pieces import Stretch
from extractor.rulebook import Rulebook
from extractor.segmentation import Words

RULE = "arbiter."
LOCATION, PROJECT, ORG = "LOCATION", "PROJECT", "ORG"
PAIRS = (("(", ")"), ("“", "”"), ("《", "》"))
CLOSED = {close: re.compile(rf"[^{opening}{close}、,;。\n]{{0,12}}{re.escape(close)}") for opening, close in PAIRS}
"""What lies between a name that leaves a bracket or a quotation open and its close."""
LED = re.compile(
    '(?:(?<=[施展设办做抓用建管护守划营理成治修])好|(?:运营|管理|谋划|维护|使用|建设|实施|办|用|管)好|(?<=[将拟可已经])商(?=[省市县区国财有])|支持|推进|推动|(?:广泛|深入|全面|扎实)?(?:开展|实施)|启动|与|及其?|[一两三四五六七八九十]{1,2}[次届场]|[省市县区州]委(?=[“"]))(?=[^\n]{4})'
    f"|{places.BUILDS}(?=[村镇乡县](?:{places.FACILITY.pattern}))"
)
"""Verbs, conjunctions and counts that no name begins with, where as much as a name is left, and whose campaign it is: 区委“一心四城”战略."""

NATION = re.compile(r"中国(?=(?![香澳台])[^\n]{1,3}[山岭江河湖])")
"""Before a place, no part of its name: 中国⟦秦岭⟧."""
FARTHEST = 24
STATUS = re.compile(
    r"[（(][^()（）\n]*(?:[0-9]+(?:户|公里|千米|米|亩|座|月|年)|在建|拟建|续建|新建|通车|开工|完工|投用)[^()（）\n]*[)）]$"
)
"""A bracket behind a name that says how far or how large the work is: 城南棚户区改造⟦（一期860户）⟧."""
CLASS = re.compile(
    "[0-9一二三四五六七八九十两几数][0-9一二三四五六七八九十至到—-]*[家个名所]|大型|骨干|龙头|著名|跨国|检查|整顿"
)
"""What a class of bodies begins with, or a clause that is taken for a body."""


def arbitrated(view: str, words: Words, found: Sequence[Named], rulebook: Rulebook, issuer: str | None) -> list[Named]:
    """The names in a view; `found` are those that the rules found, and all there are where no model is at hand."""
    path = rulebook.namer
    if path is None:
        return list(found)
    read = case(view, words, found, rulebook)
    known = {(name.type, name.start, name.end): name for name in found}
    given = [(kind, *whole(view, start, end)) for kind, start, end in namer.load(path).names(read)]
    settled = [
        known.get((kind, start, end)) or Named(kind, start, end, RULE + kind)
        for kind, first, last in given
        for start, end in [trimmed(view, kind, first, last)]
    ]
    settled = [name for name in settled if name.type != ORG or not CLASS.match(view, name.start, name.end)]
    settled = [
        name
        for name in settled
        if name.type != LOCATION or not places.refused(view, name.start, name.end, issuer, rulebook)
    ]
    built = {(name.start, name.end) for name in settled if name.type == PROJECT}
    settled = [name for name in settled if name.type != LOCATION or (name.start, name.end) not in built]
    settled += [name for name in found if name.type not in namer.TYPES or governed(view, name, settled)]
    settled += within.found(view, settled, rulebook)
    return list(linked(view, settled, found, rulebook, issuer))


def trimmed(view: str, kind: naming.NameType, start: int, end: int) -> Stretch:
    """A name without the verb before it; a place without the nation, a project without what says how far it is."""
    start = behind_verb(view, start, end)
    if kind == LOCATION and (nation := NATION.match(view, start, end)):
        return nation.end(), end
    return start, before_status(view, end) if kind == PROJECT else end


def behind_verb(view: str, start: int, end: int) -> int:
    """Where a name begins behind the verb or the conjunction that it took along: 实施好⟦千村清水行动⟧, 支持⟦石门副中心⟧.

    >>> behind_verb("实施好千村清水行动", 2, 9), behind_verb("支持好想你枣业公司", 2, 9)
    (3, 2)
    """
    led = LED.match(view, start, end)
    return led.end() if led else start


def before_status(view: str, end: int) -> int:
    """Where a project ends before the bracket that says how far it is: ⟦三合大桥⟧（6月通车）.

    >>> before_status("城南棚户区改造(一期860户)", 15), before_status("东河路(小学门前)", 9)
    (7, 9)
    """
    found = STATUS.search(view, max(0, end - FARTHEST), end)
    return found.start() if found else end


def whole(view: str, start: int, end: int) -> Stretch:
    """The name with the close of a bracket or quotation that it leaves open; where that is far, without a mark at its edge that has no partner.

    >>> view = "建成东河路延伸段(小学门前)道路"
    >>> view[slice(*whole(view, 2, 11))]
    '东河路延伸段(小学门前)'

    A straight quotation mark is the partner of either curved one: `“智汇清江"行动`.
    """
    for opening, close in PAIRS:
        if opening == "“" and '"' in view[start:end]:
            continue
        more = view.count(opening, start, end) - view.count(close, start, end)
        if more > 0 and (rest := CLOSED[close].match(view, end)):
            end = rest.end()
        elif more > 0 and view[start] == opening:
            start += 1
        elif more < 0 and view[end - 1] == close:
            end -= 1
    return start, end


def governed(view: str, name: Named, settled: Sequence[Named]) -> bool:
    """Whether a name is a division of the gazetteer inside a clause, so that the model has no say: 整治柳行街道环境.

    At the beginning of a clause it may be the body that acts, and where it overlaps a settled name it is a part of that.
    """
    if name.rule != places.DISTRICT or name.norm is None or linking.common(view[name.start : name.end]):
        return False
    if view[max(0, name.start - 1) : name.start] in ("", "\n"):
        return False
    return not any(other.start < name.end and name.start < other.end for other in settled)


def case(view: str, words: Words, found: Sequence[Named], rulebook: Rulebook, hidden: bool = False) -> Case:
    """What the model reads of a view; where `hidden`, the names that the rules found are kept from it."""
    book = lexicon.load(rulebook)
    full = gazetteer.load(rulebook.folder / "places").find(view)
    hits = () if hidden else sorted(found, key=lambda name: (name.start, name.end))
    clauses = telling([match.span() for match in CLAUSE.finditer(view)], words, found, book)
    borders = {place for name in hits for place in (name.start, name.end)}.union(*full)
    cut = pieces.cut(words, clauses, inside(sorted(borders), clauses), book)
    return clues.read(cut, None if hidden else hits, full, book)


def telling(clauses: Sequence[Stretch], words: Words, found: Sequence[Named], book: Lexicon) -> list[Stretch]:
    """The clauses that may hold a name: one that the rules found, or a word that tells of one."""
    named = {name.start for name in found}
    tells, starts, pairs = book.telling, words.starts, words.pairs
    kept = []
    last = 0
    for start, end in clauses:
        first = bisect_left(starts, start, last)
        last = bisect_left(starts, end, first)
        if any(map(tells, pairs[first:last])) or not named.isdisjoint(range(start, end)):
            kept.append((start, end))
    return kept


def inside(places: Sequence[int], clauses: Sequence[Stretch]) -> list[list[int]]:
    """Some places of a text, in order, by the clause that they lie in."""
    found: list[list[int]] = []
    number = 0
    for start, end in clauses:
        while number < len(places) and places[number] < start:
            number += 1
        first = number
        while number < len(places) and places[number] <= end:
            number += 1
        found.append(list(places[first:number]))
    return found


def linked(
    view: str, settled: Sequence[Named], found: Sequence[Named], rulebook: Rulebook, issuer: str | None
) -> Iterator[Named]:
    """The names, those places that the rules did not find with the division that they are or all that they may be.

    Where a place that the rules found ends where an added one does, both are the same division: 江苏省滨河县 and 滨河县.
    """
    spots = [name for name in settled if name.type == LOCATION]
    spelled = [Name(name.start, name.end, name.rule) for name in found if name.type == LOCATION]
    resolved = places.resolved(view, [Name(n.start, n.end, n.rule) for n in spots], spelled, rulebook, issuer)
    norms = {(spot.start, spot.end): norm for spot, norm in zip(spots, resolved, strict=True)}
    ends = {name.end: name.norm for name in found if name.type == LOCATION}
    known = set(found)
    for name in settled:
        if name.type == LOCATION and name not in known:
            yield replace(name, norm=naming.one_or_all(norms[name.start, name.end]) or ends.get(name.end))
        else:
            yield name
