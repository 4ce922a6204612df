"""Runs on a Dask cluster of separate processes on this machine, over short notices made up here.

    python benchmarks/cluster.py kill 20000             a worker is killed in the middle; compared with a run without a cluster
    python benchmarks/cluster.py speed 20000            two workers against one
    python benchmarks/cluster.py notices 1000000        once through, with the memory of each worker as it goes

Scheduler, workers and caller are processes of their own that speak over the loopback interface; workers have one thread
each. Nothing crosses a network, so what is measured is the work and its coordination, no store's delays. Where others use the
machine too, clocks say little: beside them stand seconds of processor time, of each worker with all its processes, and
of caller and scheduler, which cannot be shared out. Memory is proportional set size (Linux), the peak in each tenth of a run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from batch import group, megabytes, processor
from pyarrow import parquet

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from loopback import Loopback, hears_ctrl_c, loopback  # noqa: E402 - the tests' cluster

GROUP = 20_000
"""Rows of a row group."""
EVERY = 0.5
"""Seconds between two samples."""
TENTHS = 10
PARTITION = {"kill": 0.3, "speed": 0.1, "notices": 2.0}
"""Megabytes: small ones for small runs, so that there are some dozen at least."""
KILLED_AFTER = 5
"""Partitions."""
ROUNDS = 2
FOREVER = float("inf")
INTERRUPTED = 130
TOWNS = ("清河镇", "白石乡", "南坡街道", "柳林镇", "东沟乡", "石桥镇")
OFFICES = ("农业农村办公室", "民政办", "建设办", "应急办", "文化站", "卫生院")
MATTERS = ("防汛检查", "秋收秋种", "居民医保缴费", "道路养护", "人口抽样调查", "森林防火", "义务植树", "征兵体检")
WORKS = (
    "新建养老服务站{}个",
    "改造农村公路{}公里",
    "修缮小学校舍{}间",
    "整治河道{}公里",
    "安装路灯{}盏",
    "新增公益岗位{}个",
)
PROMISES = (
    "今年我镇将{work}，{month}月底前全部完成，由镇{office}负责落实。",
    "下一步，我们将{work}，让群众出行更加方便，{month}月底前投入使用。",
)
TELLINGS = (
    "{month}月{day}日上午9时，镇{office}在二楼会议室召开{matter}工作会议，各村负责人参加了会议，会上通报了上月情况。",
    "因设备检修，{month}月{day}日8时至18时，部分村组停水停电，由此带来的不便，敬请谅解，咨询电话见公示栏。",
    "截至{month}月底，全镇已完成{matter}登记{number}户，比上年同期增加{day}户，走在全县前列，受到县里表扬。",
)
PROMISING = 0.4
"""Share of the notices that promise something."""


def notice(chance: random.Random) -> str:
    """A made-up notice of some 60 to 100 characters."""
    number, month, day = chance.randint(2, 400), chance.randint(2, 12), chance.randint(1, 28)
    town, matter = chance.choice(TOWNS), chance.choice(MATTERS)
    work = chance.choice(WORKS).format(number)
    pattern = chance.choice(PROMISES if chance.random() < PROMISING else TELLINGS)
    said = pattern.format(work=work, month=month, day=day, office=chance.choice(OFFICES), matter=matter, number=number)
    return f"{town}人民政府关于{matter}有关事项的通知（第{chance.randint(1, 999)}号）\n{said}"


def write_notices(path: Path, count: int) -> float:
    """A Parquet file of so many notices; returns how many characters they have on average."""
    chance = random.Random(count)
    schema, characters = pa.schema({"number": pa.int64(), "text": pa.string()}), 0
    with parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, count, GROUP):
            texts = [notice(chance) for _ in range(min(GROUP, count - first))]
            characters += sum(map(len, texts))
            writer.write_table(pa.table([range(first, first + len(texts)), texts], schema=schema))
    return characters / count


@dataclass(slots=True)
class Watch:
    """What processes cost, sampled while they run: seconds by process, megabytes by worker and sample."""

    spent: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    memory: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def look(self, leaders: dict[str, int]) -> None:
        """Take a sample of groups of processes by name."""
        for name, leader in leaders.items():
            found, spent = group(leader), self.spent[name]
            self.memory[name].append(sum(map(megabytes, found)))
            for process in found:
                spent[process] = max(spent.get(process, 0.0), processor(process))

    def seconds(self, name: str) -> float:
        """The processor time of a group."""
        return sum(self.spent[name].values())

    def peaks(self, name: str) -> list[float]:
        """The most memory that a group took in each tenth of the run."""
        taken = self.memory[name]
        return [max(taken[at * len(taken) // TENTHS :][: max(1, len(taken) // TENTHS)]) for at in range(TENTHS)]


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock, what its processes cost, texts done."""

    clock: float
    watch: Watch
    texts: int

    @property
    def shortest(self) -> float:
        """The seconds it would take where every process has a core of its own."""
        spent = {name: self.watch.seconds(name) for name in self.watch.memory}
        return spent.pop("scheduler") + spent.pop("caller") + max(spent.values())


def command(table: Path, out: Path, *more: str) -> list[str]:
    """A run of the table."""
    return [sys.executable, "-m", "extractor", "run", str(table), "-o", str(out), "--formats", "jsonl", *more]


def run(
    cluster: Loopback, table: Path, out: Path, partition: float, victim: bool = False, minutes: float = FOREVER
) -> Run:
    """A run, ended after so many minutes; a victim among the workers is killed when some parts are there."""
    began, watch = time.monotonic(), Watch()
    before = {f"worker {number}": worker.pid for number, worker in enumerate(cluster.workers)}
    assert cluster.scheduler
    log = out.with_suffix(".log")
    chosen = ("--cluster", cluster.address, "--partition", str(partition), "--log", str(log))
    process = subprocess.Popen(
        command(table, out, *chosen),
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    leaders = {**before, "scheduler": cluster.scheduler.pid, "caller": process.pid}
    start = {name: sum(map(processor, group(leader))) for name, leader in leaders.items()}
    while process.poll() is None:
        watch.look(leaders)
        if victim and len(partitions(log)) >= KILLED_AFTER:
            cluster.shoot(0)
            del leaders["worker 0"]
            victim = False
            cluster.hire()
            leaders["worker in its place"] = cluster.workers[-1].pid
        if time.monotonic() - began > minutes * 60:
            process.send_signal(signal.SIGINT)
            minutes = FOREVER
        time.sleep(EVERY)
    if process.returncode not in (0, INTERRUPTED):
        sys.exit(f"the run ended with status {process.returncode}")
    if victim:
        sys.exit("the run ended before a worker was killed")
    for name, seconds in start.items():
        watch.spent[name][0] = -seconds
    return Run(time.monotonic() - began, watch, sum(partitions(log)))


def partitions(log: Path) -> list[int]:
    """How many texts each partition had that a run has told of."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    return [json.loads(line).get("texts", 0) for line in lines if '"what": "partition"' in line and line.endswith("}")]


def tell(run: Run) -> None:
    """Print what a run cost."""
    clock, watch, count = run.clock, run.watch, run.texts
    if not count:
        sys.exit("no partition was done in that time")
    workers = [name for name in watch.memory if name.startswith("worker")]
    spent = {name: watch.seconds(name) for name in watch.memory}
    work = sum(spent[name] for name in workers)
    print(f"{count:,} notices in {clock:.0f} s by the clock: {count / clock:,.0f} a second")
    print("  processor seconds:", ", ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items()))
    print(f"  a million notices: {1_000_000 * work / count / 3600:.2f} core hours of the workers")
    for name in (*workers, "scheduler", "caller"):
        print(f"  {name}, MB in each tenth:", " ".join(f"{peak:.0f}" for peak in watch.peaks(name)), flush=True)


def kill(table: Path, place: Path) -> None:
    """Kill a worker in the middle, and compare."""
    with loopback(place / "cluster", 2) as cluster:
        tell(run(cluster, table, place / "killed", PARTITION["kill"], victim=True))
    began = time.monotonic()
    subprocess.run(command(table, place / "alone"), check=True, stdout=subprocess.DEVNULL, env=os.environ)
    print(f"without a cluster: {time.monotonic() - began:.0f} s")
    parts = sorted((place / "killed" / "commitments.jsonl").iterdir())
    lines = sorted(line for part in parts for line in part.read_bytes().splitlines())
    same = lines == sorted((place / "alone" / "commitments.jsonl").read_bytes().splitlines())
    print(f"{len(lines):,} records in {len(parts)} parts: {'the same bytes' if same else 'OTHER BYTES'}")
    if not same:
        sys.exit(1)


def speed(table: Path, place: Path) -> None:
    """Compare two workers with one, the best of several rounds in turn."""
    write_notices(place / "few.parquet", 100)
    found: dict[int, list[Run]] = {1: [], 2: []}
    for number, workers in itertools.product(range(ROUNDS), found):
        with loopback(place / f"cluster{number}-{workers}", workers) as cluster:
            run(cluster, place / "few.parquet", place / f"warm{number}-{workers}", 0.01)
            found[workers].append(run(cluster, table, place / f"out{number}-{workers}", PARTITION["speed"]))
        tell(found[workers][-1])
    clock = {workers: min(run.clock for run in runs) for workers, runs in found.items()}
    shortest = {workers: min(run.shortest for run in runs) for workers, runs in found.items()}
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"two workers: {clock[1] / clock[2]:.2f} times one by the clock (load {load})")
    print(f"             {shortest[1] / shortest[2]:.2f} times by processor time: busier worker, scheduler and caller")


def notices(table: Path, place: Path, minutes: float) -> None:
    """Once through, or as far as the minutes go."""
    with loopback(place / "cluster", 2) as cluster:
        tell(run(cluster, table, place / "out", PARTITION["notices"], minutes=minutes))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("kill", "speed", "notices"))
    parser.add_argument("count", type=int)
    parser.add_argument("--minutes", type=float, default=FOREVER, help="end a run of notices after so long")
    parser.add_argument("--place", help="a folder on a disk with room: a million notices take two gigabytes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.place) as folder:
        place = Path(folder)
        table = place / "notices.parquet"
        print(
            f"{write_notices(table, chosen.count):.0f} characters a notice, {table.stat().st_size / 1e6:.0f} MB",
            flush=True,
        )
        if chosen.kind == "kill":
            kill(table, place)
        elif chosen.kind == "speed":
            speed(table, place)
        else:
            notices(table, place, chosen.minutes)


if __name__ == "__main__":
    main()
