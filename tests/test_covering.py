"""Which responsibility note covers a commitment, and the deadline that a note sets."""

from __future__ import annotations

import pytest
from conftest import Extract

TITLE = "清河镇2026年工作要点\n\n"
WATER, ROADS = (("镇水利站",), ("镇财政所",)), (("镇交通站",), ())
LAMPS = (("镇城建办",), ())
OFFICE = (("镇交通局",), ())

# where the notes stand, the text, and by head who leads and who assists
CASES = {
    "behind its sentences, back to the note before": (
        "新建泵站三座。硬化渠道四公里。（镇水利站牵头，镇财政所配合）硬化村道八公里。（镇交通站负责）",
        {"新建泵站三座": WATER, "硬化渠道四公里": WATER, "（镇水利站牵头，镇财政所配合）硬化村道八公里": ROADS},
    ),
    "inside its clause": (
        "新建泵站三座（责任单位：镇水利站、镇财政所）；硬化村道八公里（责任单位：镇交通站）。",
        {"新建泵站三座（责任单位：镇水利站、镇财政所）": WATER, "硬化村道八公里（责任单位：镇交通站）": ROADS},
    ),
    "as bodies alone in brackets, behind and before the full stop": (
        "1.新建泵站三座，硬化渠道四公里。（镇水利站、镇财政所）\n2.硬化村道八公里（镇交通局）。\n3.安装路灯。（镇城建办负责）\n",
        {"新建泵站三座": WATER, "硬化渠道四公里": WATER, "硬化村道八公里（镇交通局）": OFFICE, "安装路灯": LAMPS},
    ),
    "on lines of their own": (
        "1.修渠。新建泵站三座。\n牵头单位：镇水利站\n配合单位：镇财政所\n2.修路。硬化村道八公里。\n责任单位：镇交通站\n",
        {"新建泵站三座": WATER, "硬化村道八公里": ROADS},
    ),
    "on lines that begin with a verb": (
        "1.新建泵站三座。\n承办：镇水利站\n协办：镇财政所\n2.硬化村道八公里。\n承办：镇交通站\n",
        {"新建泵站三座": WATER, "硬化村道八公里": ROADS},
    ),
    "by the numbers of items": (
        "1.新建泵站三座。2.硬化村道八公里。\n牵头单位：镇水利站（第1项）、镇交通站（第2项）；配合单位：镇财政所\n",
        {"新建泵站三座": WATER, "硬化村道八公里": (("镇交通站",), ("镇财政所",))},
    ),
    "by the bare numbers of items": (
        "1.新建泵站三座。\n2.硬化村道八公里。\n3.安装路灯。（责任单位：镇水利站（1）、镇财政所（1）、镇交通站（2）、镇城建办（3））\n",
        {"新建泵站三座": WATER, "硬化村道八公里": ROADS, "安装路灯": LAMPS},
    ),
    "between a heading and its tasks": (
        "1.修渠\n责任单位：镇水利站、镇财政所\n建设内容：新建泵站三座，硬化渠道四公里。\n2.修路\n责任单位：镇交通站\n建设内容：硬化村道八公里。\n",
        {"新建泵站三座": WATER, "硬化渠道四公里": WATER, "硬化村道八公里": ROADS},
    ),
    "in a heading, over what follows it": (
        "一、兴修水利（镇水利站牵头，镇财政所配合）\n新建泵站三座。\n硬化渠道四公里。\n二、改善交通（镇交通站负责）\n硬化村道八公里。\n",
        {"新建泵站三座": WATER, "硬化渠道四公里": WATER, "硬化村道八公里": ROADS},
    ),
    "in an outer heading and behind a single measure": (
        "一、改善基础设施（镇水利站牵头，镇财政所配合）\n（一）修渠\n新建泵站三座。\n（二）修路\n硬化村道八公里。（镇交通站负责）\n",
        {"新建泵站三座": WATER, "硬化村道八公里": ROADS},
    ),
    "said before it in its sentence": (
        "由镇水利站牵头，镇财政所配合，新建泵站三座，硬化渠道四公里；硬化村道八公里。",
        {"新建泵站三座": WATER, "硬化渠道四公里": WATER, "硬化村道八公里": None},
    ),
    "not across a heading": (
        "一、兴修水利\n新建泵站三座。\n二、改善交通\n硬化村道八公里。（镇交通站负责）\n",
        {"新建泵站三座": None, "硬化村道八公里": ROADS},
    ),
    "not above the items": (
        "今年新建泵站三座。\n一、对完成好的村，安排资金。（镇交通站负责）\n",
        {"今年新建泵站三座": None, "安排资金": ROADS},
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_who_answers_for_what(text: str, expected: dict[str, object], extract: Extract) -> None:
    found = {
        record.head.text: record.responsible and (record.responsible.lead, record.responsible.partners)
        for record in extract(TITLE + text)
    }
    assert found == expected


@pytest.mark.parametrize(
    "note",
    [
        "（责任单位：镇水利站；完成时限：2026年9月底前）",
        "（完成时限：2026年9月底前；责任单位：镇水利站）",
        "（镇水利站负责，9月底前完成）",
        "\n责任单位：镇水利站\n完成时限：2026年9月30日前\n",
        "\n完成时限：9月底前\n责任单位：镇水利站\n",
    ],
)
def test_a_note_sets_the_deadline_of_what_it_covers(note: str, extract: Extract) -> None:
    records = extract(f"{TITLE}一、兴修水利\n新建泵站三座。硬化渠道四公里。{note}")
    assert len(records) == 2
    for record in records:
        assert record.responsible is not None
        assert record.responsible.lead == ("镇水利站",)
        assert record.deadline is not None
        assert (record.deadline.end_date, record.deadline.basis) == ("2026-09-30", "explicit")


def test_a_time_of_its_own_outweighs_that_of_the_note(extract: Extract) -> None:
    first, second = extract(
        f"{TITLE}一、兴修水利\n5月底前新建泵站三座。硬化渠道四公里。（责任单位：镇水利站；完成时限：9月底前）"
    )
    assert first.deadline is not None
    assert second.deadline is not None
    assert (first.deadline.end_date, second.deadline.end_date) == ("2026-05-31", "2026-09-30")


def test_a_note_without_a_time_sets_none(extract: Extract) -> None:
    (record,) = extract(f"{TITLE}一、兴修水利\n新建泵站三座。（责任单位：镇水利站；完成时限：长期坚持）")
    assert record.deadline is not None
    assert record.deadline.basis == "document_year"


@pytest.mark.parametrize(
    "item",
    [
        "1.修渠\n建设内容：新建泵站三座。\n完成时限：2026年9月底前\n",
        "1.修渠\n建设工期：2026年3月至2026年9月\n建设内容：新建泵站三座。\n",
        "1.修渠\n责任单位：镇水利站\n建设内容：新建泵站三座。\n总投资：300万元\n完成时间：9月底\n",
    ],
)
def test_a_line_of_its_own_sets_the_deadline_of_its_item(item: str, extract: Extract) -> None:
    first, second = extract(f"{TITLE}{item}2.修路\n建设内容：硬化村道八公里。\n")
    assert first.deadline is not None
    assert second.deadline is not None
    assert (first.head.text, first.deadline.end_date, first.deadline.basis) == (
        "新建泵站三座",
        "2026-09-30",
        "explicit",
    )
    assert (second.head.text, second.deadline.basis) == ("硬化村道八公里", "document_year")


ITEMS = (
    "1.整治河道12公里。牵头单位：镇水利站；完成时限：9月底。",
    "2.改造管网三公里。责任单位：镇城建办。",
    "3.安装路灯。",
)


@pytest.mark.parametrize("between", ["\n", ""])
def test_a_time_limit_behind_an_item_holds_for_none_after_it(between: str, extract: Extract) -> None:
    records = extract(f"{TITLE}一、重点任务\n{between.join(ITEMS)}\n")
    assert [
        (record.responsible and record.responsible.lead, record.deadline and record.deadline.basis)
        for record in records
    ] == [
        (("镇水利站",), "explicit"),
        (("镇城建办",), "document_year"),
        (None, "document_year"),
    ]


def test_a_time_limit_on_a_line_holds_back_to_the_item_that_has_a_note(extract: Extract) -> None:
    text = "1.改造管网三公里。责任单位：镇城建办。\n2.安装路灯。\n3.整治村庄六个。\n完成时限：9月底\n4.修缮校舍两处。\n"
    records = extract(f"{TITLE}一、重点任务\n{text}")
    assert [record.deadline and record.deadline.basis for record in records] == [
        "document_year",
        "explicit",
        "explicit",
        "document_year",
    ]
