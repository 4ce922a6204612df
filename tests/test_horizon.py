"""What relative times refer to: date, plan year, plans for several years, entries signed one by one."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Process

from extractor import clauses, horizon, outline
from extractor.dates import Calendar

BODY = "下一步，我镇将修建三条水渠，年底前全部通水。"
CALENDARS: dict[Calendar, list[tuple[str, date | None]]] = {
    Calendar(date(2026, 1, 8)): [
        (f"清河镇工作打算\n2026年1月8日\n{BODY}", None),
        (f"清河镇工作打算\n会议时间：2026年1月8日上午\n{BODY}", None),
        (
            f"清河镇人民政府关于修渠的通知\n各村：\n现将安排印发给你们。\n清河镇人民政府\n2026年1月8日\n{f'{BODY}' * 20}",
            None,
        ),
        (f"清河镇工作打算\n{BODY}", date(2026, 1, 8)),
    ],
    Calendar(date(2026, 1, 8), 2026): [
        (f"清河镇2026年工作打算\n2020年5月5日\n{BODY}", date(2026, 1, 8)),
        (f"清河镇2026年冬至2027年春修渠方案\n2026年1月8日\n{BODY}", None),
    ],
    Calendar(date(2025, 12, 30), 2026): [
        (f"清河镇2026年工作打算\n2025年12月30日\n{BODY}", None),
        (f"清河镇2025年工作总结和2026年工作打算\n{BODY}", date(2025, 12, 30)),
        (f"清河镇工作报告\n一、2025年工作回顾\n修渠两条，架桥一座。\n二、2026年工作安排\n{BODY}", date(2025, 12, 30)),
        (f"清河镇工作报告\n一、２０２５年工作回顾\n修渠两条，架桥一座。\n二、今后的工作\n{BODY}", date(2025, 12, 30)),
        (f"清河镇工作报告\n一、2025年的主要成绩\n修渠两条，架桥一座。\n二、今后的工作\n{BODY}", date(2025, 12, 30)),
        (f"清河镇工作报告\n一、二〇二六年的任务\n{BODY}", date(2025, 12, 30)),
    ],
    Calendar(date(2023, 5, 6)): [
        (f"清河镇修渠方案\n2023年5月6日\n一、落实目标责任\n到2030年，所有水渠通水。\n二、重点任务\n{BODY}", None),
    ],
    Calendar(None, 2026): [
        (f"清河镇2026年工作打算\n{BODY}", None),
        (f"清河镇修渠方案\n清政发〔2026〕3号\n{BODY}", None),
        (f"清河镇修渠方案\n2026年1月\n{BODY}", None),
        (f"清河镇工作报告\n刚刚过去的2025年，修渠两条。\n{BODY}", None),
        (f"清河镇工作报告\n今年主要任务\n2026年是实施“十五五”规划的第一年。\n{BODY}", None),
        (f"清河镇修渠方案\n{BODY}\n清河镇人民政府\n2026年1月", None),
        (f"关于修渠的答复\n{BODY}\n清河县水利局 2026年1月", None),
    ],
    Calendar(date(2025, 11, 20), 2026, ahead=True): [
        (f"清河镇2026年工作打算\n2025年11月20日\n明年修渠，明年通水。今年12月备料。{BODY}", None),
    ],
    Calendar(date(2025, 11, 20), 2026): [
        (f"清河镇2026年工作打算\n2025年11月20日\n今年修渠，为明年通水作准备。{BODY}", None),
    ],
    Calendar(date(2026, 1, 8), standing=True, in_force=date(2026, 3, 1)): [
        (
            f"清河县水利奖补办法\n{BODY}\n本办法自2026年3月1日起施行，以《水法》自2002年10月1日起施行为据。",
            date(2026, 1, 8),
        ),
    ],
    Calendar(date(2026, 1, 8), standing=True): [
        (f"清河县水利奖补办法（试行）\n{BODY}", date(2026, 1, 8)),
        (f"关于印发清河县水渠管护规定的通知\n{BODY}\n清河县人民政府\n2026年1月8日", None),
    ],
    Calendar(date(2026, 1, 8), 2026, standing=False): [(f"清河县2026年水利奖补办法\n{BODY}", date(2026, 1, 8))],
    Calendar(None, 2021, (2021, 2025), five_year=True): [
        (f"清河县国民经济和社会发展\n第十四个五年规划纲要\n一、2025年的主要指标\n{BODY}", None),
    ],
    Calendar(None, None, (1981, 1985), five_year=True): [
        (f"各位代表：\n现在，我作关于我国国民经济和社会发展第六个五年计划的报告，请审议。\n{BODY}", None),
    ],
    Calendar(date(2021, 2, 5), None, (2021, 2025), five_year=True): [
        (f"清河县第十四个五年规划和2035年远景目标纲要\n{BODY}", date(2021, 2, 5)),
    ],
    Calendar(None, 2025): [(f"各位代表\n一、首先报告2024年的工作\n修渠两条。\n二、今后的工作\n{BODY}", None)],
    Calendar(None, 2024, (2024, 2026)): [(f"清河县水利行动计划(2024—2026年)\n{BODY}", None)],
    Calendar(None, 2021, (2021, 2025), True): [(f"清河县“十四五”水利发展规划\n{BODY}", None)],
    Calendar(date(2022, 3, 1), None, (2021, 2025), True): [
        (f"清河县水利发展第十四个五年规划\n{BODY}", date(2022, 3, 1))
    ],
    Calendar(date(2026, 1, 8), span=(2026, 2028)): [
        (f"清河县水利提升行动方案\n一、主要目标\n到2028年，全县水网基本建成。\n二、重点任务\n{BODY}", date(2026, 1, 8)),
    ],
    Calendar(date(2026, 1, 8)): [
        (f"清河县水利提升行动方案\n一、主要目标\n{BODY}\n二、形势\n到2028年，水资源更加紧缺。", date(2026, 1, 8)),
        (f"清河县水利提升行动方案\n一、主要目标\n到2008年，全县水网基本建成。\n{BODY}", date(2026, 1, 8)),
    ],
    Calendar(None, None): [(BODY, None), (f"清河镇工作打算\n{BODY}", None)],
}


def calendar_of(text: str, given: date | None) -> Calendar:
    return horizon.horizon(text, outline.outline(text, text, clauses.split(text)), given).at(0)


@pytest.mark.parametrize(
    ("calendar", "text", "given"), [(c, *case) for c, found in CALENDARS.items() for case in found]
)
def test_calendar(calendar: Calendar, text: str, given: date | None) -> None:
    assert calendar_of(text, given) == calendar


REPLIES = "【村道】（2013/5/2）\n您好！村道年底前修好。2013年5月6日\n【水渠】\n您好！水渠明年动工，春节前完工。县水利局 2018年11月20日\n"


def test_every_signed_entry_has_its_date(process: Process) -> None:
    norms = [period.norm for period in process(REPLIES)._.periods if period.start_date or period.end_date]
    assert "../2013-12-31" in norms
    assert "2019-01-01/2019-12-31" in norms
    assert "../2019-02-04" in norms


def test_the_callers_date_counts_before_those_of_entries(process: Process) -> None:
    norms = [period.norm for period in process(REPLIES, day=date(2020, 1, 1))._.periods]
    assert "../2020-12-31" in norms


def test_a_text_that_goes_on_behind_its_last_date_has_no_signed_entries() -> None:
    assert list(horizon.signatures(REPLIES + "又及：路灯一并安装，费用由镇里承担。")) == []
