"""Projects: works, programmes, campaigns, systems and zones to be built that are named or identified one by one.

Two sources find them. Most rules of `project.toml` match whole names. Those of `HEADS` match only what a name ends
with (a facility, works, 项目, or 等…项目 behind a list); here the name's left border is set behind the verb that
governs it, and it stands only if what is before its head is no string of ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from extractor import matching, names, tries, vocabulary
from extractor.names import Name
from extractor.rulebook import Keyed, Rulebook, alternation

BUILT, WORKS, TITLED, LISTED = HEADS = ("project.built", "project.works", "project.titled", "project.listed")
EVENT = "project.event"
PROGRAMME, *_ = WHOLE = ("project.programme", EVENT, "project.system", "project.system_next", "project.system_specific")
SEPARATOR = re.compile(
    r"^[（(][^）)\n]*[）)]|[、“”\"《》；;]|和(?![平谐田静]|县(?![城中医人档文图体妇职殡污自垃]))|与|及(?!时)|以及",
    re.MULTILINE,
)
PARTICLE = re.compile(
    r"[的了着把将被让使该此其]|为(?![民农侨老企])|对(?!外|口|接)|在(?![建线校职])|(?<![高中初优平])等(?:[省市区县州地]+(?![一-鿿]{0,3}项目))?(?!级)|进行|从(?!业)"
)
DATED = re.compile(
    r"^(?:(?:其中|力争|确保|年内|年底前?|今年|明年|上半年|下半年|国庆前|[0-9]{1,4}年(?:底)?前?|"
    r"[0-9]{1,2}月(?:底|上旬|中旬|下旬|[0-9]{1,2}日)?前?|到|至|于|[一二三四]季度|二季度末|末))+"
)
NUMBER = "[0-9一二三四五六七八九十百千两几数多]+"
COUNTED = re.compile(
    rf"(?<![产0-9]){NUMBER}[万亿]?余?[个座条处项所家批片](?!山区)|(?<![产0-9]){NUMBER}[万亿]?余?(?:平方|公里|千米|亩|吨|千瓦|套|户)|一批|一些|若干|各[类级地市县区种]|多[个处种]"
)
IDENTITY = re.compile(
    r"第[一二三四五六七八九十]+|城[东西南北]|老城(?!区)|[0-9]{3}国道|[国省县]道[0-9]{3}|[一二三四五六七八九十0-9]+号|年产[0-9]|百万|万头|[A-Z]{2,}"
)
SITE = re.compile(
    r"[路街巷河湖江渠坝桥港塘沟岭山岛泡滩溪湾岸库园厂站场馆村镇县市州]|[国省县]道|片|广场|学校|医院|灌区|湿地|堆场|隧道|社区|小区|坊|中心|公园"
)
INDUSTRIAL = re.compile(
    r"技改|技术改造|排放改造|智能化改造|数字化改造|扩能|脱[硝硫]|煤改[气电]|深加工|搬迁|除险加固|[一二三四五六首][期段]"
)
MODAL = re.compile("必须|不得|应当|充分|保证|^建?重[大点]|再由|要求")
BUILDS = re.compile("[建修办](?![德水始瓯宁湖昌平阳邺华安国设新文武成好立起通筑复缮编改订整公事学])")
"""A verb of one character that opens a clause, and not a name or a longer verb that begins so: 建|青河大桥."""
DRIVE = re.compile("[兴修扩]建|实施|开展|启动|推进|推动|统筹|抓好|做好|搞好|完成|[新在]建")
HOLD = re.compile("[举承主]办|办好|[筹申]办|筹备|组织|开展|参加|做好")
LEANT = re.compile("依托|利用|发挥")
OPENED = re.compile(
    r"[^\n]{0,40}等[^\n、]{0,8}(?:建设|项目|载体)|[^\n]{0,30}?(?:开工|竣工|建成|投产|投用|投入使用|投入运营|启用|封顶|完工|动工|开建|上电|交付|合龙|投入生产|具备|完成|达产|并网|封关|铺通|贯通|试运[行营]|投入运行|建起来|办起来|补上|由)"
)
CLOSED = re.compile(rf"等{NUMBER}[个项条座处]?[^\n、,等的]{{0,8}}?(?:项目|工程|载体|道路|桥梁)")
"""Behind the last member of a list that is counted: each member is a project, and none shares the head of the last."""
SHARED = re.compile(r"(?:路|街|巷|厂|村|庄|镇|乡|区|县|市|州|河|湖|园|片区)$")
RAIL = re.compile("铁路|高铁")
PHASED = re.compile("[一二三四五六首][期段]")
COMMON = re.compile("(?:[家校乐田]园|办厂)(?:工程|项目)?$")
NOTE = re.compile(r"[(（][^()（）]*[)）]")
THING = re.compile("(?:[桥站楼馆院港库渠线校闸坝电]|[东西南北]调|[东西]输|引[一-鿿]{1,2}[济入][一-鿿])$")
LONGEST, LEAST, NEAR = 30, 2, 14
SHORT = 4
"""Places of so few characters before a 、 share the head behind it: 甲、乙垃圾焚烧发电厂."""


@dataclass(frozen=True)
class Known:
    """What tells a name's border and whether it names: patterns over the words of the lists, and the vocabulary."""

    govern: re.Pattern[str] = field(repr=False)
    border: re.Pattern[str] = field(repr=False)
    place: re.Pattern[str] = field(repr=False)
    head: re.Pattern[str] = field(repr=False)
    object: re.Pattern[str] = field(repr=False)
    national: re.Pattern[str] = field(repr=False)
    words: vocabulary.Vocabulary


def find(view: str, rulebook: Rulebook) -> list[Name]:
    """Every name of this kind in `view`, left to right, none overlapping another."""
    return list(names.apart(candidates(view, rulebook)))


def candidates(view: str, rulebook: Rulebook) -> Iterator[Name]:
    """Names that may overlap one another."""
    known = knowledge(Keyed(rulebook.digest, rulebook))
    for hit in matching.finder(rulebook, "project").find(view):
        if hit.rule in WHOLE:
            yield from trimmed(view, Name(hit.start, hit.end, hit.rule), known)
        elif hit.rule not in HEADS:
            yield Name(hit.start, hit.end, hit.rule)
        elif hit.rule == LISTED:
            yield from members(view, Name(hit.start, hit.end, hit.rule), known)
        elif name := named(view, Name(hit.start, hit.end, hit.rule), known):
            yield name


@cache
def knowledge(keyed: Keyed) -> Known:
    """The patterns and the vocabulary of a rulebook, made once."""
    book = keyed.rulebook
    lists = book.words
    govern = lists["project_govern"]
    return Known(
        re.compile(tries.trie(govern)),
        re.compile(f"{tries.trie((*govern, *lists['project_verb']))}|{PARTICLE.pattern}"),
        re.compile(tries.trie((*lists["place_prefecture"], *lists["place_province"], *lists["place_region"]))),
        re.compile(f"{alternation([*lists['project_facility'], *lists['project_work']])}(?:[一二三四五六首][期段])?$"),
        re.compile(alternation([*lists["project_object"], *lists["project_facility"], *lists["project_work"]])),
        re.compile(alternation(lists["project_national"])),
        vocabulary.load(book.folder / "vocabulary", lists["project_ordinary"]),
    )


def named(view: str, hit: Name, known: Known) -> Name | None:
    """The whole name that ends in a head, or None where it is a class of things or nothing that is to be built."""
    line = view.rfind("\n", 0, hit.start) + 1
    start = left_border(view, line, hit.start, known)
    modifier, head = view[start : hit.start], view[hit.start : hit.end]
    if len(modifier) > LONGEST or counted(view, line, start, hit.start, known):
        return None
    if not fits(modifier, head, hit.rule, known) or (not modifier and view[start - 1 : start] == "”"):
        return None
    if not CLOSED.match(view, hit.end):
        start = shared(view, line, start, known)
    if hit.rule == TITLED or promised(view, line, start, hit.end, known):
        return Name(start, hit.end, hit.rule)
    return None


def counted(view: str, line: int, start: int, end: int, known: Known) -> bool:
    """Whether what stands at `start` is counted, by a number in it or between it and its verb: a class of things."""
    verbs = [found.end() for found in known.govern.finditer(view, max(line, start - NEAR), start)]
    return bool(COUNTED.search(view, max([line, start - NEAR, *verbs]), end))


def trimmed(view: str, hit: Name, known: Known) -> Iterator[Name]:
    """A whole name cut behind the last verb that governs it; nothing where it is counted or a clause of its own."""
    line = view.rfind("\n", 0, hit.start) + 1
    driving = DRIVE if hit.rule == PROGRAMME else known.govern
    verbs = [found.end() for found in driving.finditer(view, hit.start, hit.end - 2 * LEAST)]
    if (verbs and hit.rule != PROGRAMME) or (hit.rule == EVENT and not HOLD.search(view, line, hit.start)):
        return
    start = max([hit.start, *verbs])
    if not MODAL.search(view, start, hit.end) and not counted(view, line, start, hit.end - LEAST, known):
        yield Name(start, hit.end, hit.rule)


def fits(modifier: str, head: str, rule: str, known: Known) -> bool:
    """Whether a modifier makes of a head the name of one thing: works need a site, a bare 项目 what it builds."""
    if PHASED.search(head):
        return len(modifier + head) > 2 * LEAST
    if len(modifier) < LEAST or modifier.count("(") != modifier.count(")") or not identified(modifier, known, head):
        return False
    if COMMON.search(modifier + head):
        return False
    if rule == WORKS:
        return bool(SITE.search(modifier) or known.place.search(modifier) or INDUSTRIAL.search(head))
    return rule == BUILT or bool(known.object.search(modifier))


def left_border(view: str, line: int, head: int, known: Known) -> int:
    """Where the name that ends in the head at `head` begins: behind a separator, the verb that governs it, a date; nothing that is far longer than a name."""
    start = line = max(line, head - 4 * LONGEST)
    for found in SEPARATOR.finditer(view, line, head):
        start = found.end()
    for found in known.border.finditer(view, start, head):
        start = found.end()
    if dated := DATED.match(view[start:head]):
        start += dated.end()
    return start + (start == line and bool(BUILDS.match(view, start, head - 1)))


def identified(modifier: str, known: Known, head: str = "") -> bool:
    """Whether a modifier holds a name: a place, an ordinal, or anything that is no ordinary word, alone or with its head."""
    if known.place.search(modifier) or IDENTITY.search(modifier):
        return True
    plain = NOTE.sub("", modifier)
    return not known.words.covers(plain) and not (head and known.words.covers(plain + head))


def shared(view: str, line: int, start: int, known: Known) -> int:
    """Where the list of places begins that share the head of the name at `start`."""
    while start > line and view[start - 1] in "、和与":
        before = left_border(view, line, start - 1, known)
        place = view[before : start - 1]
        if known.national.search(place) or place[-2:] in known.words.words or THING.search(place):
            break
        short = (len(place) <= SHORT and not place.endswith("线")) or (SHARED.search(place) and len(place) <= 2 * SHORT)
        if len(place) < LEAST or "至" in place or not short or headed(place, known) or not identified(place, known):
            break
        start = before
    return start


def headed(place: str, known: Known) -> bool:
    """Whether what stands before a 、 is a project by itself and no place: it ends in a head, and is not just 五厂."""
    found = known.head.search(place)
    return found is not None and (len(found[0]) >= LEAST or len(place) > SHORT)


def promised(view: str, line: int, start: int, end: int, known: Known) -> bool:
    """Whether the name is something to be built: under such a verb, before 开工, 投用 and the like, or alone."""
    stop = view.find("\n", end)
    stop = len(view) if stop < 0 else stop
    alone = (start == line and end == stop) or (start == line + 1 and bool(BUILDS.match(view, line)))
    if (leant := LEANT.search(view, line, start)) and not known.govern.search(view, leant.end(), start):
        return False
    return alone or bool(known.govern.search(view, line, start) or OPENED.match(view, end, stop))


def members(view: str, close: Name, known: Known) -> Iterator[Name]:
    """The names of a list that ends before 等…项目: each member where they are counted, else those with a name.

    Railways may be called by two characters: 济郑、鲁南等铁路.
    """
    end, numbered = close.start, bool(COUNTED.search(view, close.start, close.end))
    least = LEAST if RAIL.search(view, close.start, close.end) else 2 * LEAST
    line = view.rfind("\n", 0, end) + 1
    if LEANT.search(view, line, end):
        return
    while end > line:
        head = known.head.search(view, line, end)
        start = left_border(view, line, head.start() if head else end, known)
        member = view[start:end]
        whole = least <= len(member) <= LONGEST and member.count("(") == member.count(")")
        named = identified(member, known) or (numbered and known.head.search(member))
        if whole and named and not COUNTED.search(member):
            yield Name(start, end, LISTED)
        if start == line or view[start - 1] not in "、和与及":
            break
        end = start - (2 if view.startswith("以及", start - 2) else 1)
