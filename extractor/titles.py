"""How a title is worded, and how running text is that stands where a title might."""

from __future__ import annotations

import re
from datetime import date

from extractor.responsibility import ASIDE, TELLS
from extractor.responsibility import DUE as DUE_LABEL

MEASURE = re.compile(
    "(?:大力|积极|加快|全面|深入|梯度|着力|进一步|切实|持续)?"
    "(?:支持|鼓励|推动|促进|引导|加大|加强|加快|强化|提升|提高|优化|完善|健全|奖励|降低|减轻|打造|培育|壮大|扩大|拓展|畅通|助力|"
    "保障|落实|实施|推进|推行|发展|引进|招引|激发|深化|构建|夯实|做[大强优]|帮扶|扶持|创新)"
)
"""What the title of an article opens with where its text follows in the same line; a sentence of the text has a subject."""
DUTY = re.compile("由|应当?|必须|不得|负责|是指")
"""What no title holds: 奖励资金由县财政列支."""
RUNNING = re.compile(
    "(?:20[0-9]{2}年)?[0-9]{1,2}月|[自从][^，。；]{1,20}起|对[^，。；]+(?:予以|给予)|凡|按照|根据|经[^济营]|对(?![外口接标])[^，。；]*[的者人户业]$|[^，。；]*(?:[0-9万亿]元|%)"
)
"""First clauses of running text, of which no title is made: a date, a basis, whom a measure is for, a sum."""
HEADLINE = re.compile(
    "(?:要|必须)?(?:大力|积极|加快|全面|深入|着力|进一步|切实|持续|认真|努力|坚决|严格|继续|扎实|高度)*"
    "(?:发展|扩大|提高|控制|推进|推动|深化|加强|加快|强化|整顿|规范|转变|重视|坚持|保持|做好|办好|搞好|抓好|促进|实施|利用|走|稳定|改善|完善|健全|优化|调整|巩固|保障|改革|开放)"
)
"""What a title opens with that stands on a line of its own and yet ends with a full stop, as in reports of the 1990s."""
ANNOUNCES = re.compile("(?:下列|以下|如下)[^。！？]*$")
"""What the end of a sentence before a colon says that announces a list."""
PARTICULARS = (
    "(?:建设|项目|实施|办公|受理|活动|会议|施工)(?:地点|地址|位置)|(?:项目)?(?:总|计划|估算|年度|概算)投资(?:额|估算|概算)?|资金来源|投资主体|"
    "(?:建设|实施|施工)?(?:工期|周期|年限)|建设(?:性质|时间)|项目业主|(?:联系|咨询|监督|举报|投诉|服务)(?:人|电话|热线|邮箱|方式)|"
    "(?:反映|投诉|来访|来信|信访)(?:人|事项|内容|诉求)"
)
"""What the lines are labelled with that say of a project where, how dear and how long, and of a letter whose and about what."""
PARTICULAR = re.compile(rf"(?:{PARTICULARS})[:：][^，,。；;]{{1,60}}")
DUTY_LABEL = re.compile(
    f"(?:单位|部门|处室|机构|责任人|责任人员|领导|(?:完成|办结|整改|落实)(?:时限|期限|时间)|(?:时限|时间)要求|^(?:牵头|主办|承办|配合|协办|协助)|{PARTICULARS})$"
)
"""What a line of a responsibility note, or of particulars, is labelled with: 责任单位：县水利局, 总投资：4.6亿元."""
PARTICIPANT = re.compile(
    "(?:主持人?|发布人|记者|出席人?员?|参加人?员?|列席人?员?|记录人?|时间|地点|通[信讯]地址|地址|传真|邮编|邮箱|电子邮箱|联系(?:人|电话|方式)|电话)[:：]"
)
"""How a line opens that says who takes part in a meeting, or where to write to: 主持人：王大山, 通信地址：…."""
DUE = re.compile("(?:20[0-9]{2}年)?[0-9]{1,2}月|年底|年内|[0-9]+年[底内前]")
"""What a clause opens with that says when something will be done: a sentence with such a clause behind its first is no title."""
TIMED = re.compile(
    "(?:[到在从自用]|截至|利用)?[^，,]*(?:(?:[0-9一二三四五六七八九十两几半]+个?|[上本下今明后去每同当])[年月周日天旬]|周[一二三四五六日天末]|季度|年[底末初中]|[月季]底|期间|旬)"
    "(?:[上下]午|[至—-][0-9]+月份?|份?时间|份?以?[前内来后起])?"
)
"""What a clause says that is nothing but a time: 6月底前, 用两年时间, 周一上午."""
REFORM = re.compile(
    "(?:进一步|大力|切实)?(?:放宽|改革|简化|规范|明确|拓宽|建立|设立|开展|实行|推广|整治|清理|取消|下放|减免|缩短|压减|允许|开放|理顺|严格|严控)[^，,0-9]{2,13}"
)
"""What else the title of an article may be, where it is short."""
AHEAD = re.compile("草案|预算(?!执行|情况)|打算|计划|方案|要点|安排|行动|任务|实事|措施|部署|目标")
BACK = re.compile("(?<!(?:政府|委会|法院|察院)工作)(?<!年工作)报告|总结|回顾|情况|述职")
"""What a title says that looks back; a government's 工作报告 looks ahead too, on the year that it is named after."""
CHINESE_YEAR = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")
PART_YEAR = re.compile("上半年|季度|[0-9一二三四五六七八九十]月份?")
"""A report on a part of its year looks ahead to the rest."""
YEAR = re.compile(r"(19\d\d|20\d\d)(?=年|[\D]*(?:工作|行动|计划|方案|要点|打算))")
VISION = re.compile(r"[和及、与]?(?:19|20)\d\d年?(?:远景|展望|愿景)")
"""The far year beside a plan's own: 第十四个五年规划和2035年远景目标纲要."""
SPANNING = re.compile(r"\d{4}年?[-—–~至到]+\d{4}")
CHINESE_DIGIT = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0}
ROW = re.compile(r"\S(?<![0-9]-[0-9]{2})[ 　]+\S")
"""Cells set beside one another: the row of a table."""
NOTE = re.compile(rf"[（(〔【\[]?\s*(?:{TELLS}|{ASIDE}|{DUE_LABEL})(?=[:：】为\n])")
"""How a paragraph opens that says who answers for the task above it, or by when."""
GENRE = re.compile(
    r"(?:方案|计划|规划|意见|措施|办法|通知|报告|讲话|通告|公告|函|决定|纲要|要点|条例|答复|总结|打算|实事|清单)[)）》]?$"
)
UNITS = "所|座|条|处|公里|亩|户|套|台|家|名|平方米|吨|盏|棵"
"""What is counted in titles and lines of work; the rules on quantities know all."""
WORK = re.compile(
    r"^(?:今年|明年|年内|年底前)?[^\s]{0,8}将(?![军领士相乐台])|(?:建|造|设|增|改|修|架|完成|安装|开展|举办|培训|发放)[^\s]{0,14}"
    rf"[0-9０-９一二三四五六七八九十百千万]余?(?:{UNITS}|个|人次?|万|次|场)"
)
FIGURE = re.compile(
    f"[0-9０-９]余?[万亿千百]?余?(?:{UNITS}|个(?!方面|重点|专项)|千米|米|立方米|辆|人(?![行民大才])|元|%|张|株|艘|栋|间)"
)
RULE = re.compile(
    "(?<!^)(?:应当|必须|不得)|(?<![响适供效反相对])应(?![用急对变当])|(?<![必无])须(?=[^发知])|由[^，,。、]{2,14}(?:负责|承担|解决|给予|奖励|补助|安排|拨付)(?!的)|[^，,。]{3,}的[，,]"
)
"""What says whose duty something is or whom it is for, and stands in no title: 应当, 由县财政奖励, 认定为省级平台的，."""
BUILDS = re.compile(
    "开工建设|建成|新建|改扩建|完成(?!好)|续建|开通|启用|迁建|扩建(?!提)|改造(?!提)|整治|新增(?!长|动能)"
)
LABEL = re.compile(
    "[^\\s，,。、的]{0,6}(?:(?:总体|主要|具体|发展|工作|奋斗|预期|重点|基本|下一?步|下阶段)(?:的?工作)?)(?:目标|任务|措施|举措|思路|要求|安排|打算|计划)"
)
"""What a line says before its colon that is the title of what stands below: `总体目标：`."""
BRACKETED = re.compile("[（(【][^（）()【】\\n]{2,14}[）)】]")
"""How an article is entitled in local rules: 第四条（资金来源）."""
ASSIGNS = re.compile(
    "由[^，,]{1,14}(?:负责|承担|解决)$|任何(?:单位|部门|组织|个人|人)|^你[省市县区局委乡镇]"
    "|(?:情况|结果)(?:应当?|须|要)?(?:纳入|列入|作为|记入|与[^，,]{2,}挂钩|报(?!告)|(?:按时|[定按]期|及时|每[日周旬月季年]度?)(?:上?报|通报|公布|公开))"
)
"""How a rule reads that says whose task something is, or where its results go."""


def is_measure(sentence: str, behind: str) -> bool:
    """Whether the first sentence of an item is a measure of its own, and no title of the one behind it in the line.

    It has a figure, says whose duty it is, or builds as the next one does.

    >>> is_measure("新增公交车50台", "新增停车位300个"), is_measure("建成滨河公园", "完成人民路改造"), is_measure("改造老街", "拆除围墙")
    (True, True, False)
    """
    counted = FIGURE.search(sentence) and not sentence.endswith(("建设", "工作"))
    return bool(
        counted
        or RULE.search(sentence)
        or (BUILDS.match(sentence) and (BUILDS.match(behind) or behind.startswith("确保")))
    )


def measure(sentence: str) -> bool:
    """Whether the first sentence of an article (第四条) may be its title: 支持, 鼓励 and the like, and no rule.

    >>> measure("鼓励企业开拓市场"), measure("放宽投资准入领域"), measure("支持资金由县财政列支")
    (True, True, False)
    """
    return bool(MEASURE.match(sentence) or REFORM.fullmatch(sentence)) and not DUTY.search(sentence)


def opens_text(clause: str) -> bool:
    """Whether a clause opens running text, of which no title is made: a date, a basis, whom a measure is for, a sum.

    >>> opens_text("对首次认定的企业"), opens_text("9月上旬"), opens_text("对外开放迈出新步伐")
    (True, True, False)
    """
    return bool(RUNNING.match(clause))


def due(clause: str) -> bool:
    """Whether a clause opens with the time by which something will be done.

    >>> due("6月通过环保验收"), due("年底前投用"), due("年年有进步")
    (True, True, False)
    """
    return bool(DUE.match(clause))


def timed(clause: str) -> bool:
    """Whether a clause is nothing but a time, which leads in what follows it and is no label of it.

    >>> timed("2015年"), timed("用两年时间"), timed("周一上午"), timed("抓当前")
    (True, True, True, False)
    """
    return bool(TIMED.fullmatch(clause))


def headline(sentence: str) -> bool:
    """Whether a sentence is worded as the titles of reports of the 1990s, which end with a full stop.

    >>> headline("继续扩大对外开放"), headline("这里举出几件事实")
    (True, False)
    """
    return bool(HEADLINE.match(sentence))


def announces(sentence: str) -> bool:
    """Whether a sentence announces a list and so is no title over it.

    >>> announces("符合下列条件之一的，可以申请补贴"), announces("申请条件")
    (True, False)
    """
    return bool(ANNOUNCES.search(sentence))


def participant(line: str) -> bool:
    """Whether a line says who takes part in a meeting or where to write to, and is no heading."""
    return bool(PARTICIPANT.match(line))


def duty_label(clause: str) -> bool:
    """Whether a clause before a colon labels a line of a responsibility note, which is no title.

    >>> duty_label("责任单位"), duty_label("主要目标")
    (True, False)
    """
    return bool(DUTY_LABEL.search(clause))


def particular(line: str) -> bool:
    """Whether a line tells one particular of a project or a letter, and nothing to be done.

    >>> particular("总投资：4.6亿元"), particular("建设内容：新建步道5公里")
    (True, False)
    """
    return bool(PARTICULAR.fullmatch(line))


def wordless(line: str) -> bool:
    """Whether a line holds no words, as the cell of a table with a figure does.

    >>> wordless("1.8"), wordless("2025-2026"), wordless("5G基站")
    (True, True, False)
    """
    return not any(map(str.isalpha, line))


def assigns(sentence: str) -> bool:
    """Whether a sentence says whose task something is, or where its results go, which no title does.

    >>> assigns("各村的山下造林任务由各村负责"), assigns("你市要组织实施，任何人不得修改"), assigns("压实造林责任")
    (True, True, False)
    >>> assigns("任务完成情况纳入年度考核"), assigns("完成情况报告"), assigns("上半年工作完成情况")
    (True, False, False)
    """
    return bool(ASSIGNS.search(sentence))


def is_work(text: str) -> bool:
    """Whether a line without a stop tells of work and is no title: `新建公厕3座`, `今年我镇将架桥一座`."""
    return bool(WORK.search(text)) and not GENRE.search(text)


def titled_year(title: str | None, day: date | None) -> int | None:
    """The year a title plans for: the last one that it names, the year after a report's that only looks back; None without one.

    Of two years in the title of a plan (`2023年冬至2024年春`) it is that of the document's date.
    """
    printed = VISION.sub("", in_digits(title or ""))
    named = [int(year) for year in YEAR.findall(printed)]
    if not named or SPANNING.search(printed):
        return None
    if day and day.year in named and not BACK.search(printed):
        return day.year
    if AHEAD.search(printed) or not BACK.search(printed) or PART_YEAR.search(printed):
        return named[-1]
    return day.year if day else named[-1] + 1


def in_digits(text: str) -> str:
    """A text with its years in Chinese numerals (一九五七年) in Arabic ones."""
    return CHINESE_YEAR.sub(lambda year: "".join(str(CHINESE_DIGIT[sign]) for sign in year[0]), text)
