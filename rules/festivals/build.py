"""Makes `days.tsv`, the days of festivals that move in the solar calendar: `pip install holidays && python build.py`.

The days of the lunar calendar are those of the library holidays (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
from holidays.calendars.chinese import _ChineseLunisolar

FIRST, LAST = 1950, 2050
LANTERN = timedelta(14)
"""The feast of lanterns is the fifteenth day of the year that the spring festival opens."""
TOLD = "# 逐年的春节、元宵节、清明节、端午节、中秋节、重阳节，取自 holidays {version}（MIT）的农历\n"


def days(year: int) -> Iterator[tuple[str, date]]:
    """The festivals of a year."""
    moon = _ChineseLunisolar()
    spring, _ = moon.lunar_new_year_date(year)
    yield "春节", spring
    yield "元宵", spring + LANTERN
    yield "清明", moon.qingming_date(year)[0]
    yield "端午", moon.dragon_boat_date(year)[0]
    yield "中秋", moon.mid_autumn_date(year)[0]
    yield "重阳", moon.double_ninth_date(year)[0]


def main() -> None:
    """Write the table beside this script."""
    rows = (
        "\t".join([str(year), *(f"{name} {day:%m-%d}" for name, day in days(year))]) for year in range(FIRST, LAST + 1)
    )
    body = "\n".join(rows)
    (Path(__file__).parent / "days.tsv").write_text(
        f"{TOLD.format(version=holidays.__version__)}{body}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
