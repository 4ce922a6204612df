"""Kills runs at random moments, goes on with them, and compares the results with that of an undisturbed run.

    python benchmarks/faults.py --files 500 --kills 50

Writes files of all formats, whole and damaged ones, and a table that workers share, of sentences made up here. Every kill
is `kill -9` at a seeded moment between the start of a run and its usual end; then the same command follows with
`--resume`. Prints what each kill came to and what the kills hit, and exits 1 where any byte differs, `timings` in `run.json` apart.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from making import FILES  # noqa: E402 - the tests' files
from mutating import mutated  # noqa: E402

PARTS = (
    ("下一步，", "今年，", "到2027年，", "年底前，", ""),
    ("我镇将", "镇农业农村办公室要", "全镇", "各村", "我们将"),
    ("新建两所幼儿园", "修建三条水渠", "改造老旧小区12个", "完善养老服务体系", "力争粮食产量达到3万吨"),
    ("。", "，2026年底前完成。", "，让群众满意。", "；", "\n"),
)
ENCODINGS = ("utf-8", "gb18030", "utf-16")
SENTENCES = (3, 20, 100)
WIDTH = 2_500
"""Characters a row of the table, so that it is large enough to be shared and soon read all the same."""
DAMAGED = 0.1
"""Share of the files."""
PATIENCE = 60.0
"""Seconds within which the workers of a killed run are gone."""


def passage(chance: random.Random, sentences: int) -> str:
    """A made-up text."""
    return "清河镇工作打算\n" + "".join(chance.choice(part) for _ in range(sentences) for part in PARTS)


def write_files(folder: Path, count: int, rows: int, chance: random.Random) -> None:
    """So many mixed files, a tenth of them damaged, and a table of so many rows."""
    folder.mkdir()
    kinds = [(name, make()) for name, make in FILES.items()]
    for number in range(count):
        name, data = kinds[number // 2 % len(kinds)]
        if number % 2:
            name = "text.txt"
            data = passage(chance, chance.choice(SENTENCES)).encode(chance.choice(ENCODINGS))
        path = folder / f"{number:04d}-{name}"
        path.write_bytes(mutated(data, chance) if chance.random() < DAMAGED else data)
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as stream:
        for _ in range(rows):
            row = json.dumps({"text": passage(chance, chance.choice(SENTENCES))}, ensure_ascii=False)
            stream.write(row.ljust(WIDTH) + "\n")


def command(texts: Path, out: Path, *more: str) -> list[str]:
    """The call of one run."""
    return [sys.executable, "-m", "extractor", "run", str(texts), "-o", str(out), *more]


def finish(texts: Path, out: Path, *more: str) -> None:
    """A run to its end."""
    ended = subprocess.run(command(texts, out, *more), capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        sys.exit(f"status {ended.returncode}: {ended.stderr}")


def kill(texts: Path, out: Path, seconds: float) -> bool:
    """Start a run, kill it after so many seconds; returns whether it was still at work. Its workers end by themselves."""
    process = subprocess.Popen(
        command(texts, out, "--resume"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        wait_for_workers(process.pid)
        return True
    return False


def wait_for_workers(group: int) -> None:
    """Wait until no process of a killed run is left."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    sys.exit(f"processes of a killed run are still there after {PATIENCE:.0f} seconds")


def result(out: Path) -> dict[str, bytes]:
    """The files of a run, without the timings."""
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    report = json.loads(found["run.json"])
    del report["timings"]
    return {**found, "run.json": json.dumps(report).encode()}


def main() -> None:
    """Kill, go on, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=330, help="of the table; from 1 MB on its rows are shared")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place, "texts")
        write_files(texts, given.files, given.rows, chance)
        began = time.monotonic()
        finish(texts, Path(place, "whole"))
        usual = time.monotonic() - began
        wanted = result(Path(place, "whole"))
        at_work = halfway = differing = taken = 0
        for number in range(given.kills):
            out = Path(place, f"killed{number}")
            at_work += kill(texts, out, chance.uniform(0, usual))
            halfway += (out / ".run" / "spool.db").exists()
            finish(texts, out, "--resume")
            taken += json.loads((out / "run.json").read_text(encoding="utf-8"))["timings"]["taken_over"] > 0
            same = result(out) == wanted
            differing += not same
            shutil.rmtree(out)
            print(f"kill {number + 1}: {'the same bytes' if same else 'OTHER BYTES'}", flush=True)
    print(
        f"{given.files} files, {usual:.1f} s undisturbed; {given.kills} kills, {at_work} while at work, {halfway} left a spool, {taken} resumed with texts read before; {differing} results differ"
    )
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
