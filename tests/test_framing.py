"""Frames of texts to frames of commitments, in pandas and in Dask."""

from __future__ import annotations

from pathlib import Path

import dask.dataframe as dd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import extractor
from extractor.columns import TABLES

TEXTS = {
    "甲": "下一步，我镇将新建两所幼儿园，年底前投用。",
    "乙": "截至上月，全镇共有幼儿园五所。",
    "丙": "我们将改造老旧小区12个，新建养老服务站3个。一是办好教育。扩建一所小学。",
    "丁": None,
    "戊": " ",
    "己": "下一步，我镇将修好三条村路。",
}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    days = pd.to_datetime(pd.Series(["2026-01-12", None, "2025-03-01", None, None, None])).tolist()
    said = {
        "正文": list(TEXTS.values()),
        "日期": days,
        "发文机关": ["清河镇人民政府", None, None, None, None, "白石镇"],
    }
    return pd.DataFrame(said, index=pd.Index(list(TEXTS), name="编号"))


def test_rows_are_those_of_the_texts_one_by_one(frame: pd.DataFrame) -> None:
    found = extractor.extract_frame(frame, text="正文")
    single = [extractor.extract(text, source=name).to_frame() for name, text in TEXTS.items() if text]
    assert_frame_equal(found.reset_index(drop=True), pd.concat(single, ignore_index=True), check_dtype=False)
    assert found.index.name == "编号"
    assert list(found["source"]) == list(found.index)
    assert {"甲", "丙", "己"} == set(found.index)
    assert found.join(frame["发文机关"])["发文机关"].tolist()[0] == "清河镇人民政府"


def test_dates_and_issuers_are_taken_from_their_columns(frame: pd.DataFrame) -> None:
    found = extractor.extract_frame(frame, "正文", date="日期", issuer="发文机关")
    given = {
        "甲": {"date": "2026-01-12", "issuer": "清河镇人民政府"},
        "丙": {"date": "2025-03-01"},
        "己": {"issuer": "白石镇"},
    }
    single = [extractor.extract(TEXTS[name] or "", source=name, **said).to_frame() for name, said in given.items()]
    assert_frame_equal(found.reset_index(drop=True), pd.concat(single, ignore_index=True), check_dtype=False)
    assert found["deadline_end"].max() == pd.Timestamp(2026, 12, 31)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("parts", [1, 3])
def test_dask_gives_what_pandas_gives(frame: pd.DataFrame, table: str, parts: int) -> None:
    lazy = extractor.extract_frame(dd.from_pandas(frame, npartitions=parts, sort=False), "正文", table=table)
    expected = extractor.extract_frame(frame, "正文", table=table)
    assert list(lazy.columns) == [column.name for column in TABLES[table].columns]
    assert_frame_equal(lazy.compute(scheduler="synchronous"), expected, check_index_type=False)
    assert lazy.dtypes.astype(str).to_dict() == expected.dtypes.astype(str).to_dict()


@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.set_index:DeprecationWarning")  # Dask's own
def test_a_lazy_frame_is_written_partition_by_partition(frame: pd.DataFrame, tmp_path: Path) -> None:
    found = extractor.extract_frame(dd.from_pandas(frame, npartitions=2, sort=False), "正文")
    found.to_parquet(tmp_path / "rows", compute_kwargs={"scheduler": "synchronous"})
    written = pd.read_parquet(tmp_path / "rows")
    assert written["id"].tolist() == extractor.extract_frame(frame, "正文")["id"].tolist()


def test_a_frame_without_texts_gives_all_columns_and_no_row(frame: pd.DataFrame) -> None:
    found = extractor.extract_frame(frame.iloc[:0], "正文")
    assert_frame_equal(found, extractor.extract_frame(frame, "正文").iloc[:0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "text"}, "no column 'text'; its columns: 正文, 日期, 发文机关"),
        ({"text": "正文", "date": "day"}, "no column 'day'"),
        ({"text": "正文", "table": "people"}, "no table 'people'; choose from commitments, entities, pledges"),
    ],
)
def test_what_is_not_there_is_named(frame: pd.DataFrame, arguments: dict[str, str], said: str) -> None:
    with pytest.raises(KeyError, match=said):
        extractor.extract_frame(frame, **arguments)
