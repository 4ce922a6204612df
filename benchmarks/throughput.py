"""How fast texts are read, beside what segmenting alone costs in the same run.

    OPENBLAS_NUM_THREADS=1 python benchmarks/throughput.py stages TEXT...     every stage, the whole, memory; jieba and rjieba
    OPENBLAS_NUM_THREADS=1 python benchmarks/throughput.py lengths TEXT...    the same characters in texts of 1,000 to all of them
    OPENBLAS_NUM_THREADS=1 python benchmarks/throughput.py rules TEXT...      with every rule four times
    python benchmarks/throughput.py start TEXT                                commands on one short file

Characters a second are of processor time; `start` gives wall seconds, the best of five.
"""

from __future__ import annotations

import logging
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from extractor import pipeline, rulebook
from extractor.batch import settle
from extractor.reading import read

MILLION = 1e6
PEER_SHARE, SLOW_SHARE = 5, 50
"""jieba reads every fifth text only, and a fiftieth of the characters with tags: it is slow, and its rate is the same for all."""
LENGTHS = (1_000, 10_000, 100_000)
ROUNDS = 5
TIMES = 4
COPIED = ("tense", "verb", "voice", "formula", "section", "turn", "form", "strength", "quantity", "period")
"""Families of rules that are tried on every text."""
COMMANDS = {
    "import spacy": ["-c", "import spacy"],
    "import extractor": ["-c", "import extractor"],
    "extractor --help": ["-m", "extractor", "--help"],
    "extractor schema": ["-m", "extractor", "schema"],
    "extractor run": ["-m", "extractor", "run"],
}


def stages(texts: list[str]) -> None:
    """Every stage and the whole, memory, and the segmenters on their own."""
    nlp = pipeline.load()
    nlp(nlp.make_doc(texts[0]))
    settle()  # as the command does: what is loaded stays
    seconds: defaultdict[str, float] = defaultdict(float)
    for text in texts:
        began = time.process_time()
        doc = nlp.make_doc(text)
        seconds["heal and segment"] += time.process_time() - began
        for name, component in nlp.pipeline:
            began = time.process_time()
            doc = component(doc)
            seconds[name] += time.process_time() - began
    count = sum(map(len, texts))
    for name, taken in seconds.items():
        print(f"{name:<18} {count / taken / MILLION:8.2f}M characters/s")
    whole = count / sum(seconds.values())
    print(f"{'whole pipeline':<18} {whole / MILLION:8.3f}M characters/s; {count:,} characters; peak {peak():.0f} MB")
    import jieba.posseg  # its tables are none of the pipeline's memory
    import rjieba

    jieba.setLogLevel(logging.WARNING)
    jieba.lcut("预热")
    for name, cut, some in (
        ("jieba.lcut", jieba.lcut, texts[::PEER_SHARE]),
        ("jieba.posseg", jieba.posseg.lcut, ["".join(texts)[: count // SLOW_SHARE]]),
        ("rjieba tags", rjieba.Jieba().tag, texts),
    ):
        rate = speed(cut, some)
        print(f"{name:<18} {rate / MILLION:8.3f}M characters/s; the pipeline reads {whole / rate:.2f} times as many")


def lengths(texts: list[str]) -> None:
    """The same characters cut into texts of several lengths."""
    nlp = pipeline.load()
    whole = "\n".join(texts)
    nlp(whole[: max(LENGTHS)])
    settle()
    for length in (*LENGTHS, len(whole)):
        rate = speed(nlp, (whole[first : first + length] for first in range(0, len(whole), length)))
        print(f"texts of {length:>9,} {rate / MILLION:8.3f}M characters/s; peak {peak():.0f} MB")


def rules(texts: list[str]) -> None:
    """With the rules as they are, and with each of the families `COPIED` four times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "rules"
        shutil.copytree(rulebook.default_folder(), folder)
        for family in COPIED:
            path = folder / f"{family}.toml"
            parts, *blocks = path.read_text(encoding="utf-8").split("[[rule]]\n")
            copies = [re.sub('^id = "(.*)"', rf'id = "\1_{n}"', block) for n in range(1, TIMES) for block in blocks]
            path.write_text("[[rule]]\n".join([parts, *blocks, *copies]), encoding="utf-8")
        rates = []
        for place in (None, folder):
            nlp = pipeline.load(place)
            nlp(texts[0])
            settle()
            rates.append(speed(nlp, texts))
            count = len(rulebook.load(place).rules)
            print(f"{count:>6,} rules {rates[-1] / MILLION:8.3f}M characters/s")
        print(f"time with more rules: {rates[0] / rates[1]:.2f} times as long")


def start(path: str) -> None:
    """Wall seconds of commands, the best of several."""
    with tempfile.TemporaryDirectory() as folder:
        for name, command in COMMANDS.items():
            call = [sys.executable, *command, *([path, "-o", folder] if name.endswith("run") else ())]
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                subprocess.run(call, check=True, capture_output=True)
                times.append(time.perf_counter() - began)
            print(f"{name:<18} {min(times):5.2f} s")


def speed(cut: Callable[[str], object], texts: Iterable[str]) -> float:
    """Characters a second."""
    count = 0
    began = time.process_time()
    for text in texts:
        cut(text)
        count += len(text)
    return count / (time.process_time() - began)


def peak() -> float:
    """Largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(task: str, *paths: str) -> None:
    """Do what the command line asks for."""
    if task == "start":
        start(*paths)
    else:
        {"stages": stages, "lengths": lengths, "rules": rules}[task]([read(Path(path)).raw for path in paths])


if __name__ == "__main__":
    main(*sys.argv[1:])
