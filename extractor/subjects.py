"""Who acts in a clause: the subject that it prints, whom 由 has act, and the bodies and places that it opens with."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.naming import Named
from extractor.periods import Period
from extractor.scene import Scene

SUBJECT = re.compile(
    r"""^(?: [^\n|]*\| | 第[^\s]{1,4}[章节条][^\n]*[ 　] )? (?: [^\n,，]{0,6}? (?:年|月|日|期间|[点时日月]前) | 其中 )?
        (?: 下一?步 | 下一?阶段 | 接下来 | 同时 | 另外 | 此外 | 今后 | 后期 | 届时 | 随后 | 近期 | 近日 | 目前 | 当前 | 现 (?!代|有|金|行) | [因为对]此 | 特别是 | 尤其是 | 直到 | 所有的 )*
        (?! 支持|引导|督促|完善|联系|争取|协调|配合(?!单位|部门)|商请|提请|请求|委托|与|联合(?!会|国)|会同 )                 # 支持两校联合办班: its own side; other verbs are told by their tags
        (?P<actor> (?!都|不|逐步|今后) (?: (?:有|具备)条件的 | 条件(?:成熟|具备)的 )? (?: [^\s的将由要须应拟把对为在以是于()（）《] | [(（][^()（）\n]{1,8}[)）] ){2,24}? ) (?:特别是[^\n,，。的]{2,12}?)? (?:今年|今后)?(?:仍然?|更|又|不[但仅])?(?:还|也|都|均|必须|一定|实行|共同|统一|分别)?(?:今年|今后)?
        (?: 将(?!由|从|(?:增加|发展|扩大|减少|达|增|减)[到至]) | 要(?!求|素|点) | 须 | 应当?(?!急|用) | 必须 | 拟 | 计划(?!生育|经济|单列) | 负责 | 牵头 | 会同 | 联合(?!会|国|体|社(?!区)|党|收|大) | 决定 | 把
          | (?<=财政)(?:今年|每年|全额|足额|统一)*(?:(?:预算)?安排(?!要)|投入(?=[0-9]|资金)|为此|给以|列支|承担|负担|兜底|拿出|拨付(?!资金)|通过(?=转移支付)|补助(?![资标]))
          | 在[0-9一二三四五六七八九十]+\ ?个?(?:工作)?[日天月年] | (?<=[政府局委办厅门镇乡县市村室所队站]) (?:给予 | 每(?:[年月周天日旬]|半[年月]|季度?)(?!度) | 全程(?!序) | 按期 | 限期 | 决不能) )""",
    re.VERBOSE,
)
ASKED = re.compile(
    "^(?:请|望)(?P<actor>[你贵](?:[省市县区局部委厅]|单位)(?=[^\n的])|(?:各|有关|相关)[^\n,，。的]{0,16}?(?:部门|单位|街道|乡镇|[镇乡村局]|社区|学区|学校|企业))(?=[^\n的、和及]{2})"
)
"""Whom a notice asks: 请各镇认真组织."""
ALL = re.compile("(?<=.)全[省市县区镇乡]$")
"""What ends so is a matter and where it is settled: 农业税全市实行减半."""
ALONE = re.compile(r"(?:特别是|尤其是|直到|所有的)?(?P<actor>(?![都不])[^\s的将由要须应拟把对为在以是于已]{2,24})")
DUTY = re.compile("(?:还|也|都|均)?(?:要(?!求|素|点)|须|应|必须|务必|负责)")
"""A body that is a clause of its own, set off by a comma from what it is to do: `各牵头单位，要…`."""
AGENT = re.compile(
    "(?<![理自事缘])由(?![于此])(?P<actor>[^\n的将由要须应拟把对为在以向至到(（]{2,24}?)"
    "(?=[于从按代对0-9]|负责|牵头|会同|联合|组织|组成|抽调|统一|做好|完成|落实|解决|办理|承担|实施|制定|安排|拨付|给予|予以|处理|出面|开展|拨款|自筹|统筹)"
)
"""The organ that is to act: 由东街社区做好解释工作."""
BRIEF = re.compile(
    "(?:财政|系统|(?<!、各)企业|银行|机构|主体|郊区|公务员|人员|公民|工作者|职工|农民|群众|学校|高校|医院|信用社|海关|队伍|地方|地区|机关)$"
)
"""Who pays or is spoken of at large acts in its sentence, and not in those behind; so do several in a list."""
OFFICE = re.compile("[局委办厅部院]$|^.{2,4}(?:单位|部门|中心|机构)$")
ACTS = {
    "ORG": re.compile("(?![的、和及与等]|(?:内|外|办公))"),
    "LOCATION": re.compile("(?:今年|明年|还|也|都)*(?:将(?!军)|拟|计划|力争|要(?!素|求)|负责|牵头)"),
}
"""What stands behind a name that a clause opens with and that acts."""
JOINT = re.compile("[、和与及]")
BODIES = "县[市区]?|市州|市县|镇街|乡镇|[市区州盟旗镇乡村]|街道|部门|单位|处室|科室|股室|站所|社区|学校|企业|支部|党委|党组织|党支部|专班|工作组|公社|大队|生产队|公司|医院|高校|开发区|政府|财政"
ROLE = "(?:主要)?(?:负责人|负责同志|书记|主任|班长|组长|校长|干部)"
EVERY = re.compile(
    rf"(?P<actor>(?:(?:其余|其他|沿[江河湖线路海])?各|任何)(?:级|有关|相关|牵头|责任|成员|配合)*(?:{BODIES})(?:{ROLE})?(?:[、和及或](?:各|有关|相关)*(?:{BODIES}|个人)(?:{ROLE})?)*)"
)
"""All bodies of a kind, with which a clause opens: 各县区安排配套资金, 任何单位和个人不得截留."""
MATTER = re.compile("水平|情况|工作|质量|能力|进度|标准|机制|体系|资金|项目|规划|的|$|\n")
"""What makes a noun of the verb before it: 各乡镇建设水平."""
EACH = re.compile("(?:今年|明年|还|也|都|要|将)*(?:分别|各自|各(?=[建修设办改扩新])|将(?!军)|拟|计划|力争|要(?!素|求))")
"""What stands behind several places that act."""
VERBAL = frozenset({"v", "d", "p", "ad", "vd", "t", "r"})
LEADS = frozenset({"v", "vn", "d", "p"})
"""Tags of words that no body begins with."""
MANNERS = frozenset({"ad", "d"})
"""Those behind which the verb may stand: 严肃查处国有企业."""
QUALIFIES = frozenset({"有关", "相关", "分管", "主管"})
"""Verbs by their tags that bodies begin with."""
ANOTHER = re.compile("各|国家(?=要|将|对|在|给予)|[省市县区镇乡村]里|我(?:[局厅委办部镇乡县市区省院校村站行社]|们|请)")
BY = re.compile("(?<![理自事缘])由$")
"""Before such an organ that is known by name: 由县财政局核拨."""
ORGAN = re.compile(
    r"(?:我们|[省市县区镇乡村]里|[省市县区州镇乡村局委办厅部院校处会司行署站所队园科股]|街道|公司|集团|政府|中心|督查室|办公室|处室|[中大支]队|部门|单位|开发区|同志|干部|企业|各地|"
    r"财政|主体|机构|机关|地方|(?<!全)(?<!本)地区|公民|人员|工作者|职工|农民|群众|学校|高校|医院|银行|信用社|海关|队伍|生产队|组织|小组|组长|成员|支部|党员|系统|负责人|责任人|领导|书记|专班|公务员|工作人员)(?:[(（][^()（）\n]{1,8}[)）])?$"
)


def subject(text: str) -> str | None:
    """The subject before a modal, when it names an organ or a person's own side; whom a notice asks."""
    if asked := ASKED.match(text):
        return asked["actor"]
    found = SUBJECT.match(text)
    return found["actor"] if found and ORGAN.search(found["actor"]) and not ALL.search(found["actor"]) else None


def addressed(number: int, scene: Scene) -> str | None:
    """The body that is all of a clause, where the next one of the sentence says its duty."""
    clause = scene.clauses[number]
    if number + 1 == len(scene.clauses) or scene.clauses[number + 1].sentence != clause.sentence:
        return None
    if not DUTY.match(scene.view, scene.clauses[number + 1].start):
        return None
    found = ALONE.fullmatch(scene.view, clause.start, clause.end)
    if not found:
        return None
    body = found["actor"]
    return body if ORGAN.search(body) and not led_by_verb(body, found.start("actor"), scene) else None


def subject_of(number: int, scene: Scene) -> str | None:
    """The subject of a clause, by its form or by what it names; none that begins with a verb (搞好国有企业要…), save bodies such as 发展改革委."""
    start, end = behind_time(number, scene), scene.clauses[number].end
    found = subject(scene.view[start:end])
    if found and led_by_verb(found, scene.view.index(found, start), scene):
        found = None
    return found or every(start, end, scene) or named_subject(number, scene)


def every(start: int, end: int, scene: Scene) -> str | None:
    """All bodies of a kind that a stretch of a clause opens with, before a verb."""
    found = EVERY.match(scene.view, start, end)
    if not found:
        return None
    word, tag = word_at(found.end(), scene)
    acts = tag == "vn" and word in scene.book.verbs and not MATTER.match(scene.view, found.end() + len(word))
    return found["actor"] if acts or verbal(found.end(), scene) else None


def led_by_verb(body: str, offset: int, scene: Scene) -> bool:
    """Whether what looks like a body begins with a verb, and is none of the offices whose names do (发展改革委)."""
    if OFFICE.search(body):
        return False
    word, tag = word_at(offset, scene)
    if tag in MANNERS and len(word) < len(body):
        word, tag = word_at(offset + len(word), scene)
    return word not in QUALIFIES and (tag in LEADS or word in scene.book.verbs)


def named_subject(number: int, scene: Scene) -> str | None:
    """The body or the place that a clause opens with and that acts: before a verb the one, before a modal the other."""
    start = behind_time(number, scene)
    for thing in scene.things[number]:
        if isinstance(thing, Named) and thing.start == start and thing.type in ACTS:
            acts = ACTS[thing.type].match(scene.view, thing.end)
            if acts and (thing.type == "LOCATION" or verbal(thing.end, scene)):
                return scene.view[thing.start : thing.end]
    return None


def brief(body: str) -> bool:
    """Whether a body acts in its own sentence only."""
    return body.startswith("任何") or bool(BRIEF.search(body))


def several(number: int, scene: Scene) -> str | None:
    """The bodies or the places in a list that a clause opens with and that act: 石塘县、柳林县分别建设粮库."""
    start = behind_time(number, scene)
    ends: dict[tuple[int, str], int] = {
        (thing.start, thing.type): thing.end for thing in scene.things[number] if isinstance(thing, Named)
    }
    for kind in ACTS:
        end = first = ends.get((start, kind), start)
        while end > start and (joint := JOINT.match(scene.view, end)) and (more := ends.get((joint.end(), kind))):
            end = more
        if end > first and (EACH.match(scene.view, end) or (kind == "ORG" and verbal(end, scene))):
            return scene.view[start:end]
    return None


def verbal(offset: int, scene: Scene) -> bool:
    """Whether a verb, an adverb, a preposition or 每 begins at an offset."""
    return scene.view.startswith("每", offset) or word_at(offset, scene)[1] in VERBAL


def word_at(offset: int, scene: Scene) -> tuple[str, str]:
    """The word that begins at an offset, with its tag; both empty where none begins there."""
    at = bisect_left(scene.words.starts, offset)
    begins = at < len(scene.words.starts) and scene.words.starts[at] == offset
    return scene.words.pairs[at] if begins else ("", "")


def behind_time(number: int, scene: Scene) -> int:
    """Where a clause goes on behind the time that it may begin with."""
    start = scene.clauses[number].start
    times = (thing.end for thing in scene.things[number] if isinstance(thing, Period) and thing.start == start)
    return max(times, default=start)


def agent_in(number: int, scene: Scene) -> str | None:
    """The organ that 由 has act in a clause, and in the rest of its sentence."""
    start, end = scene.clauses[number].start, scene.clauses[number].end
    agent = AGENT.search(scene.view, start, end)
    if agent and ORGAN.search(agent["actor"]):
        return agent["actor"]
    known = (organ for organ in organs(number, scene) if BY.search(scene.view, start, organ.start))
    return next((scene.view[organ.start : organ.end] for organ in known), None)


def names_another(number: int, scene: Scene) -> bool:
    """Whether a clause begins with an organ, or has somebody act by 由: then nobody before it does."""
    start, end = behind_time(number, scene), scene.clauses[number].end
    opens = any(organ.start == start for organ in organs(number, scene))
    return opens or bool(ANOTHER.match(scene.view, start, end)) or "由" in scene.view[start:end]


def opens_with_project(number: int, scene: Scene) -> bool:
    """Whether a project is what a clause begins with: 南门大桥年底合龙."""
    start = behind_time(number, scene)
    return any(
        isinstance(thing, Named) and (thing.start, thing.type) == (start, "PROJECT") for thing in scene.things[number]
    )


def organs(number: int, scene: Scene) -> list[Named]:
    """The bodies that a clause names."""
    return [thing for thing in scene.things[number] if isinstance(thing, Named) and thing.type == "ORG"]
