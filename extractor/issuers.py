"""Who issues a text: named in its title or order, as the one that answers, in its signature, by its speaker, by its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.days import ALONE_DAY, DAY, MONTH

LONGEST = 30
"""Characters of a signature."""
NO_BODY = re.compile(
    "[。；;！!？?,，：:、]|(?:时间|日期|内容|标题|号|会议上)$|(?:讲话|发言|致辞|报告|摘要)$|^[(（〔【\\d—-]|[长记任][ 　]+[一-鿿 　]{2,5}$"
)
"""What stands in no signature."""
SPOKEN_FOR = re.compile("我(?:现在)?代表([^,，。、向]{0,14}?(?:国务院|人民政府|政府|委员会))[,，向]")
CHARGED = re.compile(
    "我(?:现在)?(?:受|根据)(?:中共中央和)?([^,，。、向和]{0,14}?(?:国务院|人民政府|政府))的?(?:委托|决定)[,，]?"
)
"""Who has the speaker report; where a bureau is named as well, it reports itself."""
ASSEMBLY = re.compile(
    "(?:^|[在日])([^\\s在年月日向—-]{2,14}?(?:[省市县区州盟旗镇乡]))(?:第[一二三四五六七八九十百0-9]{1,4}届)?(?:人民代表大会|人大)"
)
"""The place whose congress a report is made to: 在清河县第十六届人民代表大会第三次会议上."""
OWN_REPORT = re.compile(r"^(?:\d{4}年)?政府工作报告$")
NATION = "全国人民代表大会"
BUREAU = re.compile("[一-鿿]{2,24}(?:局|厅|委员会)")
OF_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年度?(?:上半年|下半年)?")
MEETING = r"(?:在[^《\n]{4,30}?会议上的?)?"
ISSUED = re.compile(
    rf"^{MEETING}([^《]{{1,30}}?(?:政府|办公厅|办公室|委员会|局|厅|部|委|院|党委|银行|管委会))(?:发布|文件)?(?:关于|印发|批转|转发|工作报告|公告|通告)"
)
ORDER = re.compile(r"^([^\s,，。]{2,20}(?:政府|局|厅|委|委员会))令\s*(?:第\s*)?\d+\s*号")
"""The line below the title of a local rule: 清河省人民政府令 第82号."""
LETTERHEAD = re.compile("^(?!关于)([^\\s,，。《》]{2,30}[局厅委部院府会办室县市镇乡])文件$")
"""Whose paper a text is printed on: 清河县教育局文件."""
REPORT = re.compile(
    rf"^{MEETING}(.{{2,16}}?(?:省|市|县|区|州|旗|镇|乡|街道|国务院|人民政府))(?:人民政府)?(?:政府)?.{{0,8}}工作(?:报告|情况|总结)"
)
ORGAN = "政府|办公厅|办公室|委员会|管委会|局|厅|委|院|街道|办事处"
SIGNS = f"(?:{ORGAN}|办|[大支]队|中心|公司)"
"""How the name of a body ends that signs beside a date; on a line of its own there are more."""
BODY = re.compile(f"(?:{SIGNS}|部|委会|学校|集团|工会|妇联|残联)$")
"""How the name of a body ends that signs."""
OWNED = re.compile(
    rf"^(?:[^\n]*——)?(?!在|关于|对|全|我|各|本)([^\s—]{{2,24}}?(?:{ORGAN}|[大支]队|中心|公司|医院|学校|公社|[镇乡县市区省]))"
    r"(?=(?:19|20)\d\d|(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}年)"
)
"""The body or the place before the year in a title: 清河县水利局2026年工作要点."""
ANSWERING = re.compile(
    r"^(?:答复|回复|承办|办理|主办|发布|发文|制发|公开|制定)(?:单位|机构|机关|部门)\s*[:：]\s*([^\s,，。、;；:：]{3,20})$|"
    r"^【?([^【】\s：:,，。]{2,12}?(?:局|委|办|政府|[镇乡]|街道|办事处|中心|公司|[大支]队))(?:回复|答复|回应)[】:：]"
)
OF_PLACE = re.compile(
    r"^(?!在|关于|对|全|我|各|本|既有|农村|城[市区镇乡]|推[进动]|促进|加[强快]|做好|优化|规范|培育|支持|稳定|整治|实施|打造|深化|建设|提[升高]|发展|创建)([一-鿿]{2,6}?(?:省|自治[区州县]|市|县|旗)(?:(?![一-鿿]{0,4}[和与村])[一-鿿]{1,4}?(?:市|区|县|旗|镇|乡|街道)){0,3}|[一-鿿]{2,4}?(?:区|镇|乡))"
    r"(?!场|域|镇化)(?<![小社地园景城山灾片辖街库校牧林矿全强验护发业]区)(?<![超股夜楼门]市)(?<!城市)(?<![强弱贫]县)(?<!(?:示范|试点|重点|典型)[县市区镇])"
    r"(?=[一-鿿〇○“”\"《》·、\d]{4,40}(?:方案|规定|办法|细则|措施|政策|计划|意见|要点|标准|规划|纲要)(?:[(（][^()（）]{1,12}[)）])?$)"
)
"""The place that a plan or rule without a body in its title is of: 清河县支持养老服务若干措施."""
COVER = 40
"""Lines among which the letter that covers a document is signed, or a date stands alone."""
PRINTED = "印发"
"""How the line of a colophon ends that names the office which printed a text, not who issues it."""
SEAL = re.compile("[(（](?:印章?|公?章|盖章|代章)[)）]$")
BARE = re.compile("^(省|市|县|区|州|旗|镇|乡|街道|)(?:委|委员会|人民政府|政府|革委会|办事处)?$")
"""A body that is known by its level alone: 县委, 镇政府, 街道."""
OF_LEVEL = "(?:^|[—-])在?+(?![全我本各该])((?:(?![长向对于关和与及的])[一-鿿]){{1,8}}?{})"
"""A place of that level in a title, at its beginning or behind 在."""
FIELD = re.compile("^(?:回复|答复|办理|承办|发布|发文)(?:单位|机构|机关|部门)$")
"""A field of a form whose value stands on the next line."""
STAMP = re.compile(
    rf"^(?P<organ>[^\s。！!,，：:]{{2,20}}{SIGNS})\s+(?:联系(?:电话|人)|(?:19|20)\d\d年\d{{1,2}}月|{DAY.pattern})"
)
"""A signature with what stands beside it: `清河县水利局 联系电话：…`."""
SIGNED = re.compile(rf"[。！!]\s*(?P<organ>[^\s。！!,，：:]{{2,16}}{SIGNS})\s*{DAY.pattern}日?$")


def find(title: str | None, lines: Sequence[str], spoken_by: str | None) -> str | None:
    """Who issues a text of these lines; `spoken_by` is the body that its only speaker speaks for."""
    found = named(title, lines, spoken_by)
    if found is None and first(OWN_REPORT, [title or "", *lines[:4]]):
        found = "国务院" if any(NATION in line for line in lines[:12]) else "政府"
    return placed(SEAL.sub("", found), title or "", assembled(lines)) if found else None


def assembled(lines: Sequence[str]) -> str | None:
    """The place whose congress the head of a text names."""
    found = first(ASSEMBLY, [line for line in lines[:12] if len(line) <= 2 * LONGEST])
    return found[1] if found else None


def placed(body: str, title: str, place: str | None = None) -> str:
    """A body known by its level alone, with the place of that level that the title names, or whose congress it reports to.

    >>> placed("县委", "在清河县水利动员大会上的讲话"), placed("县委", "在全县水利动员大会上的讲话")
    ('清河县委', '县委')
    >>> placed("县人民政府", "政府工作报告", "清河县"), placed("政府", "政府工作报告", "清河县"), placed("政府", "政府工作报告")
    ('清河县人民政府', '清河县人民政府', '政府')
    """
    bare = BARE.match(body)
    if not bare:
        return body
    level = bare[1]
    if here := re.search(OF_LEVEL.format(level), title) if level else None:
        return here[1] + body.removeprefix(level)
    if place and body == "政府":
        return place + "人民政府"
    return place + body.removeprefix(level) if place and level and place.endswith(level) else body


def named(title: str | None, lines: Sequence[str], spoken_by: str | None) -> str | None:
    """The name of the issuer as the text gives it."""
    if title and (found := ISSUED.match(title) or OWNED.match(title) or REPORT.match(title)):
        entitled = OF_YEAR.sub("", found[1].rpartition("会议上")[2].removeprefix("的"))
        signed = signature(title, [line for line in lines if not line.endswith(PRINTED)])
        if signed and signed.startswith(entitled):
            return signed
        if entitled != "政府":
            return entitled
    if ordered := first(ORDER, lines[:6]) or first(LETTERHEAD, lines[:6]):
        return ordered[1]
    ends = [*lines[:12], *lines[-8:]]
    answering = {found[1] or found[2] for line in ends if (found := ANSWERING.match(line))}
    answering |= {
        below
        for field, below in pairwise(ends)
        if FIELD.match(field) and BODY.search(below) and not NO_BODY.search(below)
    }
    if len(answering) == 1:
        return answering.pop()
    if signed := signature(title, lines):
        return signed
    if stamped := first(STAMP, lines[:-5:-1]) or first(SIGNED, lines[-1:]):
        return stamped["organ"]
    if spoken := first(SPOKEN_FOR, lines[:12]):
        return spoken[1]
    if reporting := reporter(lines):
        return reporting
    if spoken_by:
        return spoken_by
    if covering := next((a for a, line in pairwise(lines[:COVER]) if signs(a, line) and BODY.search(a)), None):
        return covering
    told = first(CHARGED, lines[:12]) or OF_PLACE.match(title or "")
    return told[1] if told else None


def reporter(lines: Sequence[str]) -> str | None:
    """The bureau on a line of its own below that of the congress or the day it reports on."""
    pairs = pairwise(lines[:10])
    below = (line for above, line in pairs if above.endswith("会议上") or ALONE_DAY.match(above))
    return next((line for line in below if BUREAU.fullmatch(line)), None)


def signature(title: str | None, lines: Sequence[str]) -> str | None:
    """The organ that signs at the end of a text, above a date."""
    pairs = pairwise(lines[-8:])
    return next((a for a, line in pairs if signs(a, line) and not (title or "").endswith(a)), None)


def first(pattern: re.Pattern[str], lines: Iterable[str]) -> re.Match[str] | None:
    """What a pattern finds in the first line that it finds anything in."""
    return next(filter(None, map(pattern.search, lines)), None)


def signs(above: str, line: str) -> bool:
    """Whether two lines sign a letter: an organ, and a date alone below it."""
    return bool(ALONE_DAY.match(line) or MONTH.match(line)) and len(above) <= LONGEST and not NO_BODY.search(above)
