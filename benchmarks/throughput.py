"""How fast the stages are, beside what the segmenters alone cost in the same run.

    OPENBLAS_NUM_THREADS=1 python benchmarks/throughput.py TEXT...

Prints characters a second of processor time for every stage and for the whole, for `jieba.lcut`, and their ratio.
"""

from __future__ import annotations

import logging
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import jieba

from extractor import pipeline
from extractor.batch import settle
from extractor.reading import read

PEER_SHARE = 5
"""jieba reads every fifth text only: it is slow, and its rate does not depend on which."""


def main(paths: list[str]) -> None:
    """Measure and print."""
    texts = [read(Path(path)).raw for path in paths]
    nlp = pipeline.load()
    nlp(nlp.make_doc(texts[0]))
    settle()  # as the command does: what is loaded stays
    stages: defaultdict[str, float] = defaultdict(float)
    for text in texts:
        began = time.process_time()
        doc = nlp.make_doc(text)
        stages["heal and segment"] += time.process_time() - began
        for name, component in nlp.pipeline:
            began = time.process_time()
            doc = component(doc)
            stages[name] += time.process_time() - began
    count = sum(map(len, texts))
    for name, seconds in stages.items():
        print(f"{name:<18} {count / seconds / 1e6:8.2f}M characters/s")
    whole = count / sum(stages.values())
    peer = peer_rate(texts[::PEER_SHARE])
    print(f"{'whole pipeline':<18} {whole / 1e6:8.3f}M characters/s")
    print(f"{'jieba.lcut':<18} {peer / 1e6:8.3f}M characters/s")
    print(f"ratio to jieba.lcut {whole / peer:.2f}; {count:,} characters; peak {peak():.0f} MB")


def peer_rate(texts: list[str]) -> float:
    """Characters a second of `jieba.lcut`, its dictionary loaded."""
    jieba.setLogLevel(logging.WARNING)
    jieba.lcut("预热")
    began = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return sum(map(len, texts)) / (time.process_time() - began)


def peak() -> float:
    """Largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
