"""How far two annotators agree: folders whose figures are known by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from extractor.annotation.agreement import Agreement, agree
from extractor.evaluation import BrokenSample
from extractor.evaluation.samples import ROLES

SAMPLE: dict[str, Any] = {
    "doc": "county_plan.txt",
    "annotated": [0, 60],
    "clauses": [
        {"start": 0, "end": 10, "role": "lead-in"},
        {"start": 10, "end": 20, "role": "commitment", "kind": "action", "deadline": "../2026-12-31"},
        {"start": 20, "end": 30, "role": "tail"},
        {"start": 30, "end": 40, "role": "other"},
        {"start": 40, "end": 50, "role": "commitment", "kind": "target", "deadline": None, "strength": "firm"},
        {"start": 50, "end": 60, "role": "other"},
    ],
    "entities": [
        {"start": 12, "end": 15, "type": "QUANTITY", "norm": "= 3 条"},
        {"start": 17, "end": 20, "type": "LOCATION", "code": "370811"},
        {"start": 42, "end": 45, "type": "ORG"},
    ],
}


def folder(path: Path, sample: dict[str, Any], name: str = "county_plan") -> Path:
    path.mkdir()
    (path / f"{name}.json").write_text(json.dumps(sample), encoding="utf-8")
    return path


def test_an_annotator_agrees_with_himself(tmp_path: Path) -> None:
    found = agree(folder(tmp_path / "a", SAMPLE), folder(tmp_path / "b", SAMPLE))
    assert (found.kappa, found.roles.total()) == (1.0, 6)
    counted = {name: score.f1 for name, score in found.report.total.items() if score.wanted}
    assert set(counted.values()) == {1.0}
    roles = {"heads", "heads exact", "content", "roles", "lead-in", "tail", "kind", "strength", "deadline"}
    assert set(counted) == roles | {
        "QUANTITY",
        "QUANTITY~",
        "QUANTITY norm",
        "LOCATION",
        "LOCATION~",
        "ORG",
        "ORG~",
        "links",
    }
    assert list(found.report.levels) == ["county"]


def test_what_two_see_differently_is_counted(tmp_path: Path) -> None:
    other = copy.deepcopy(SAMPLE)
    other["clauses"][4] = {"start": 40, "end": 50, "role": "other"}
    other["clauses"][1]["deadline"] = "2026-01-01/2026-12-31"
    other["entities"][1]["code"] = "370812"
    other["entities"][0] |= {"end": 16, "norm": "= 4 条"}
    found = agree(folder(tmp_path / "a", SAMPLE), folder(tmp_path / "b", other))
    # five of six clauses alike; by chance 1/6·1/6 + 2/6·1/6 + 1/6·1/6 + 2/6·3/6 = 10/36
    assert found.kappa == pytest.approx((5 / 6 - 10 / 36) / (1 - 10 / 36))
    assert found.report.total["heads"].f1 == pytest.approx(2 / 3)
    strict, loose, norm = (found.report.total[name].f1 for name in ("QUANTITY", "QUANTITY~", "QUANTITY norm"))
    assert (strict, loose, norm) == (0.0, 1.0, 0.0)
    assert (found.report.total["deadline"].f1, found.report.total["links"].f1) == (0.0, 0.0)
    rows = {row[0]: row[1:] for row in found.grid().rows}
    assert rows["commitment"] == ("1", "0", "0", "0", "1")


def test_only_what_both_annotated_counts(tmp_path: Path) -> None:
    late = copy.deepcopy(SAMPLE) | {"annotated": [30, 60]}
    late["clauses"] = late["clauses"][3:]
    found = agree(folder(tmp_path / "a", SAMPLE), folder(tmp_path / "b", late))
    assert (found.roles.total(), found.kappa, found.report.total["heads"].wanted) == (3, 1.0, 1)


def test_kappa_is_what_is_left_beyond_chance() -> None:
    # Cohen's own sort of example: 45 of 100 alike, 46 by chance
    mixed = Agreement()
    mixed.roles.update({("other", "other"): 25, ("other", "tail"): 35, ("tail", "other"): 20, ("tail", "tail"): 20})
    assert mixed.kappa == pytest.approx((0.45 - (0.6 * 0.45 + 0.4 * 0.55)) / (1 - (0.6 * 0.45 + 0.4 * 0.55)))
    alike = Agreement()
    alike.roles.update({("other", "other"): 9})
    assert alike.kappa == 1.0
    assert sum(int(cell) for row in mixed.grid().rows for cell in row[1:]) == 100
    assert mixed.grid().columns[1:] == ROLES


def test_folders_without_a_common_sample_are_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(BrokenSample, match="no sample has the same name in both"):
        agree(folder(tmp_path / "a", SAMPLE), folder(tmp_path / "b", SAMPLE, "another"))
