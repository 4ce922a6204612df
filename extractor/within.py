"""Places inside the names of projects: ⟦云溪⟧机器人产业园, ⟦香炉山⟧农网改造.

What a project is called after at its beginning is a place where the text names it elsewhere, or where it ends as waters and
mountains do. Names of airports, harbours, schools and the like go on with a second name (三亚凤凰机场) and are left whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor import places, vocabulary
from extractor.naming import Named, NameType
from extractor.rulebook import Rulebook, alternation

WATER, MOUNTAIN = "place.water", "place.mountain"
LOCATION: NameType = "LOCATION"
PROJECT: NameType = "PROJECT"
NATURE = re.compile(
    "(?![引封沿环滨临跨绕护治]|中国|[一-鿿]{1,2}(?:长江|黄河|西江|珠江|淮河))"
    "[一-鿿]{1,3}?[河江湖溪山岭沟瀑湾坝](?![路街红水湖河江山岭]|[东西南北]站)(?=[一-鿿]{2})"
)
"""A name of waters or mountains at the beginning of a longer name, none that goes on with a great river (石首⟦长江⟧大桥)."""
WHOLE = re.compile(
    "[县市区镇乡村街路巷港站旗州]|[大中小]学|学院|师范|医院|社区|大道|广场|机场|银行|集团|公司|.{0,4}(?:机场|保税港?区|新区|[东西南北]站|片区|码头|编组站|碧道)$|.{1,4}(?:大桥|大道|公园)$"
)
"""How a name goes on that is the place's own: 赣州⟦大道⟧, 三亚⟦凤凰机场⟧."""
SHORTEST = 2


def found(view: str, settled: Sequence[Named], rulebook: Rulebook) -> Iterator[Named]:
    """The places that projects begin with, where no name is known to begin there."""
    spots = {view[name.start : name.end] for name in settled if name.type == LOCATION}
    taken = {name.start for name in settled if name.type != PROJECT}
    ordinary = places.ordinary_words(rulebook)
    cores = {core for spot in spots for core in (spot, places.SPELLED.sub("", spot)) if len(core) >= SHORTEST}
    cores = {core for core in cores if not ordinary.fullmatch(core)} - set(rulebook.words["place_country"])
    known = re.compile(alternation(cores)) if cores else None
    common = vocabulary.load(rulebook.folder / "vocabulary", rulebook.words["project_ordinary"])
    for start, end in dict.fromkeys((name.start, name.end) for name in settled if name.type == PROJECT):
        if start in taken:
            continue
        head, rule = known and known.match(view, start, end), places.SHORT
        if not head and (nature := NATURE.match(view, start, end)) and not common.covers(nature.group()):
            head, rule = nature, MOUNTAIN if nature.group()[-1] in "山岭" else WATER
        if head and head.end() < end and not WHOLE.match(view[head.end() : end]):
            yield Named(LOCATION, start, head.end(), rule)
