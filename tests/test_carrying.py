"""What one clause says of others."""

from __future__ import annotations

import pytest

from extractor import clauses
from extractor.carrying import listed
from extractor.facts import BITS

LISTS = {
    "申请人应当具备下列条件：\n（一）有本镇户籍；\n（二）住满三年。\n镇政府审核。": ["有本镇户籍", "住满三年"],
    "符合下列条件的，可申请补贴：（一）新建三公里；（二）已验收。镇政府审核。": ["新建三公里", "已验收"],
    "第七条 需提交下列材料：\n1.申请书；\n2.合同，发票。\n第八条 镇政府审核。": ["申请书", "合同", "发票"],
    "申请按下列程序办理：登记，公示，发放。镇政府审核。": ["登记", "公示", "发放"],
    "我镇抓好下列工作：\n（一）修路；\n（二）架桥。": [],
    "第七条 符合下列条件的予以奖励。\n第八条 镇政府审核。": [],
    "（一）提交下列材料：申请书。\n（二）镇政府审核。": ["申请书"],
}


@pytest.mark.parametrize("text", LISTS)
def test_lists(text: str) -> None:
    cut = clauses.split(text)
    words = [text[clause.start : clause.end] for clause in cut]
    said = [
        BITS["formula.list"]
        if word.startswith(("申请人应当具备下", "符合下列条", "需提交下", "申请按下", "提交下列"))
        else 0
        for word in words
    ]
    assert [words[number] for number in listed(cut, said)] == LISTS[text]
