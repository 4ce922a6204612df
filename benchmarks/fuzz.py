"""Feeds damaged files of all formats to a run: no crash, no hang, none missing.

    python benchmarks/fuzz.py --files 5000

Each file is a known text in one of the formats, damaged by its seed. A file that brings its process down or takes longer than a
minute is named by the run itself, which goes on with the others. Exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from extractor import batch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from making import FILES  # noqa: E402 - the tests' files
from mutating import mutated  # noqa: E402

SECONDS = 60
BAD = ("the process that read it ended", "it took longer than", "please report this")


def main() -> int:
    """Try all files and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        texts, out = Path(place, "texts"), Path(place, "out")
        names = written(texts, options.files)
        settings = batch.Settings(arbiter=False, seconds=SECONDS, formats=("jsonl",), workers=options.workers)
        batch.run(batch.inputs([str(texts)]), out, settings)
        inputs = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
        errors = (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    for said, times in sorted(Counter(f"{kind(each['source'])}  {each['outcome']}" for each in inputs).items()):
        print(f"{times:>7} {said}")
    missing = names - {each["source"] for each in inputs}
    bad = [line for line in errors if any(reason in line for reason in BAD)]
    seconds = time.perf_counter() - began
    print(f"{options.files} files in {seconds:.0f} s; crashed or hung: {bad or 'none'}; missing: {missing or 'none'}")
    return 1 if bad or missing else 0


def written(folder: Path, count: int) -> set[str]:
    """Write damaged files of all formats in turn; returns their names."""
    folder.mkdir()
    files = {name: make() for name, make in FILES.items()}
    names = {f"{seed:06}-{list(files)[seed % len(files)]}": seed for seed in range(count)}
    for name, seed in names.items():
        (folder / name).write_bytes(mutated(files[name.partition("-")[2]], random.Random(seed)))
    return set(names)


def kind(source: str) -> str:
    """The format of a damaged file."""
    return f"{source.partition('-')[2]:<14}"


if __name__ == "__main__":
    sys.exit(main())
