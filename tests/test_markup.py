"""Marks of Markdown and HTML go, words stay; what only looks like a mark stays too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import markup, normalisation

HEALED = {
    "# 清河镇2026年工作打算": "清河镇2026年工作打算",
    "### （一）修渠": "（一）修渠",
    "**新建水渠三条**。": "新建水渠三条。",
    "1. **新建水渠三条**，*清淤*一处。": "1. 新建水渠三条，清淤一处。",
    "> 责任单位：水利站": "责任单位：水利站",
    "* 修复堤坝一处。": "修复堤坝一处。",
    "<p>新建公厕3座；<br/>改造村道。</p>": "新建公厕3座；\n改造村道。",
    '<span style="color:red">新建</span>公厕&nbsp;3座': "新建公厕3座",
    "市民张**、李**反映": "市民张**、李**反映",
    "PM2.5<35微克": "PM2.5<35微克",
    "3#泵站 #2机组": "3#泵站 #2机组",
    "面积2*3米": "面积2*3米",
    "井深5*3*2米，8**2**4": "井深5*3*2米，8**2**4",
    "____年__月__日": "____年__月__日",
    "推进**新建水渠**工程": "推进新建水渠工程",
    "A&B公司": "A&B公司",
    "增长>5%": "增长>5%",
}


@pytest.mark.parametrize(("raw", "printed"), HEALED.items())
def test_marks_go_and_words_stay(raw: str, printed: str) -> None:
    assert normalisation.heal(raw).printed == printed


@given(st.text("新建水渠<>/pbr&*_#+ \n;span", max_size=60))
def test_spans_are_in_order_and_inside(text: str) -> None:
    spans = markup.superfluous(text)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert len(markup.broken(text)) == len(text)
