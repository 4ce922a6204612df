"""How long the review workbench takes to answer: to list, open and decide, over a run of so many commitments.

    python benchmarks/review.py 5000

The texts are those of `corpus/`, each copy with a line of its own so that it is another text. Times are those of a client
of the real server on the same machine, in milliseconds.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from extractor import batch

CORPUS = Path(__file__).parent.parent / "corpus"
ROUNDS = 50
"""Calls of a kind."""


def main(wanted: int) -> None:
    """Make the run, start the server, call it and print a line a kind of call."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = run(folder, wanted)
        began = time.perf_counter()
        with served(made) as (pid, call):
            first = call("GET", "/api/cases?limit=1")
            print(f"{first['total']:,} commitments in {len(call('GET', '/api/documents')):,} texts")
            print(f"{'start, to the first answer':<34}{1000 * (time.perf_counter() - began):8.0f}")
            cases = call("GET", "/api/cases?limit=10000")["cases"]
            step = max(1, len(cases) // ROUNDS)
            some = cases[::step][:ROUNDS]
            sources = [quote(case["source"]) for case in some]
            report("list, the first 200", [lambda: call("GET", "/api/cases?state=open")] * ROUNDS)
            report("list, all of them", [lambda: call("GET", "/api/cases?limit=10000")] * 10)
            report("list, by words", [lambda: call("GET", "/api/cases?q=%E5%BB%BA%E8%AE%BE")] * ROUNDS)
            report("open a case", [partial(call, "GET", f"/api/cases/{case['id']}") for case in some])
            report(
                "open its text, the first time",
                [partial(call, "GET", f"/api/documents/text?source={source}") for source in sources],
            )
            report("open its text, again", [lambda: call("GET", f"/api/documents/text?source={sources[-1]}")] * ROUNDS)
            accept = {"version": 0, "action": "accept"}
            report("decide", [partial(call, "POST", f"/api/cases/{case['id']}/decisions", accept) for case in some])
            report("rules", [lambda: call("GET", "/api/rules")] * 10)
            print(f"{'memory of the server, MB':<34}{memory(pid):8.0f}")


def run(folder: Path, wanted: int) -> Path:
    """A run of so many commitments, as near as whole texts make it."""
    texts = folder / "texts"
    texts.mkdir()
    held = {entry["source"]: entry["commitments"] for entry in report_of(folder / "once", CORPUS)["inputs"]}
    for number, source in enumerate(cycle(sorted(CORPUS.glob("*.txt")))):
        if wanted <= 0:
            break
        (texts / f"{source.stem}_{number}.txt").write_bytes(source.read_bytes() + b"\n" * number)
        wanted -= held[source.name]
    report_of(folder / "run", texts)
    return folder / "run"


def report_of(output: Path, texts: Path) -> dict[str, Any]:
    """Run some texts; returns the report of the run."""
    paths = (str(texts),)
    batch.run(batch.inputs(paths, output), output, batch.Settings(formats=("jsonl",), paths=paths))
    found: dict[str, Any] = json.loads((output / "run.json").read_text(encoding="utf-8"))
    return found


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, Callable[..., Any]]]:
    """The process of a server over a run, and what calls it."""
    command = [sys.executable, "-m", "extractor", "review", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = urlsplit(process.stdout.readline().strip())
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        headers = {"Authorization": "Bearer " + address.query.removeprefix("token="), "X-Requested-With": "extractor"}

        def call(verb: str, path: str, body: object = None) -> Any:  # noqa: ANN401
            sent = None if body is None else json.dumps(body)
            connection.request(verb, path, sent, {**headers, "Content-Type": "application/json"})
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status == 200, data
            return json.loads(data)

        try:
            yield process.pid, call
        finally:
            connection.close()
            process.terminate()


def report(name: str, calls: list[Callable[[], object]]) -> None:
    """Make some calls; print median and longest."""
    times = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    print(f"{name:<34}{statistics.median(times):8.1f}{max(times):8.1f}")


def memory(pid: int) -> float:
    """Megabytes that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
