"""The list of responsibility notes: what is read from each, what it covers, and what could not be parsed."""

from __future__ import annotations

import pytest
from conftest import Process

from extractor import duties

TEXT = (
    "清河镇2026年工作要点\n\n一、兴修水利\n新建泵站三座，硬化渠道四公里。\n\n"
    "（牵头单位：镇水利站；配合单位：镇财政所；完成时限：9月底前）\n二、改善交通\n硬化村道八公里。（责任单位：另行通知）\n"
)


def test_notes_are_listed_with_what_they_cover(process: Process) -> None:
    read, unread = duties.duties(process(TEXT))
    assert (read.parsed, read.lead, read.partners) == (True, ("镇水利站",), ("镇财政所",))
    assert (read.deadline, read.rule) == ("../2026-09-30", "responsibility.bracket_label")
    assert [span.text for span in read.commitments] == ["新建泵站三座", "硬化渠道四公里"]
    assert (unread.parsed, unread.text, unread.lead, unread.commitments) == (False, "（责任单位：另行通知）", (), ())
    for duty in (read, unread):
        assert TEXT[duty.start : duty.end] == duty.text
    for span in read.commitments:
        assert TEXT[span.start : span.end] == span.text


def test_notes_are_counted(process: Process) -> None:
    assert duties.counts(duties.duties(process(TEXT))) == {"notes": 2, "parsed": 1, "unparsed": 1}
    assert duties.counts([]) == {"notes": 0, "parsed": 0, "unparsed": 0}


@pytest.mark.parametrize(
    "text",
    ["（二）建桥（责任单位：镇交通站）", "建立台账（有专人负责维护）", "各责任单位要加强联动", "牵头抓总（见附件）"],
)
def test_what_does_not_look_like_a_note_is_not_listed(text: str, process: Process) -> None:
    assert all(duty.parsed for duty in duties.duties(process(text)))
