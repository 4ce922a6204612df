"""Makes `ordinary.txt`, the ordinary words of Chinese, from the dictionary of jieba: `python build.py`.

Kept are words of two to four characters that the dictionary counts `FEWEST` times or more and does not tag as the
name of a person, a place, an institution or something else: a modifier made of such words names nothing by itself.
Words of one length stand on one line.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

FEWEST = 100
NAMES = ("nr", "ns", "nt", "nz")
TOLD = "# 普通词：二至四字，取自 jieba 0.42.1 词典（MIT）中频次不低于 100 且不标为人名、地名、机构名、专名者\n"


def ordinary(lines: list[str]) -> set[str]:
    """The words that are kept, of lines `word count tag`."""
    rows = (line.split() for line in lines)
    return {w for w, count, tag in rows if 2 <= len(w) <= 4 and int(count) >= FEWEST and not tag.startswith(NAMES)}


def main() -> None:
    """Write the list beside this script."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise SystemExit("jieba is not installed: pip install jieba")
    words = ordinary((Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines())
    han = sorted(word for word in words if all("一" <= sign <= "鿿" for sign in word))
    body = "\n".join(" ".join(word for word in han if len(word) == length) for length in (2, 3, 4))
    (Path(__file__).parent / "ordinary.txt").write_text(f"{TOLD}{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
