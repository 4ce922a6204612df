"""The columns of `commitments.csv` as a data frame."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from extractor.columns import COMMITMENTS
from extractor.records import Commitment


def frame(commitments: Sequence[Commitment]) -> pd.DataFrame:
    """The columns of `commitments.csv` as a data frame: dates as timestamps, offsets as integers, nothing marked."""
    types = {"integer": "Int64", "date": "datetime64[s]", "decimal": "object", "text": "object", "id": "object"}
    return pd.DataFrame(
        {c.name: pd.Series([c.value(row) for row in commitments], dtype=types[c.kind]) for c in COMMITMENTS}
    )
