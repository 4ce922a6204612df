"""A small run to review, and the server of its desk, for the tests of the workbench."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from starlette.testclient import TestClient

from extractor import batch
from extractor.review import desk, server
from extractor.review.desk import Desk

Json: TypeAlias = Any
"""What JSON can say."""
PORT = 8421
TOKEN = "a-token-of-the-tests"
ADDRESS = f"http://127.0.0.1:{PORT}"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "X-Requested-With": "extractor"}

PLAN = """𠮷林县清水镇2026年工作要点😀
2026年1月12日

下一步，我镇将新建两所幼儿园，2026年底前投用。
一是修好村路。改造农村公路12公里，方便群众出行。
去年我镇完成了供水站改造。
力争新增就业300人以上。
"""
REPLY = """关于停水问题的答复
清水镇人民政府将于3月底前更换和平路的水管，并在鼓楼区开展巡查。
感谢您的来信。
"""
THANKS = "感谢大家多年来的支持。\n"
TEXTS = {"plan.txt": PLAN, "reply.txt": REPLY, "thanks.txt": THANKS}


def made(folder: Path, texts: Mapping[str, str] = TEXTS, name: str = "run", **options: Json) -> Path:
    """Write texts below a folder and run them; returns the run's folder."""
    for file, text in texts.items():
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / file).write_text(text, encoding="utf-8")
    given = str(folder / "texts")
    settings = batch.Settings(paths=(given,), **options)
    batch.run(batch.inputs([given], folder / name), folder / name, settings)
    return folder / name


@dataclass(frozen=True, slots=True)
class Bench:
    """A desk and a client that is let in."""

    desk: Desk
    client: TestClient
    folder: Path

    def get(self, path: str, **query: Json) -> Json:
        """What a call that reads gives; it must succeed."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Json, status: int = 200) -> Json:
        """What a call that writes gives; it must end as expected."""
        answer = self.client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert answer.status_code == status, answer.text
        return answer.json()

    def decide(self, case: Mapping[str, Json], action: str, status: int = 200, **more: Json) -> Json:
        """Decide on a case as it was seen."""
        body = {"version": case["version"], "action": action, **more}
        return self.post(f"/api/cases/{case['id']}/decisions", body, status)

    def undo(self, case: Mapping[str, Json], status: int = 200) -> Json:
        """Undo the last decision on a case as it was seen."""
        return self.post(f"/api/cases/{case['id']}/undo", {"version": case["version"]}, status)

    def case(self, words: str) -> Json:
        """The case whose head holds these words."""
        rows = self.get("/api/cases", q=words)["cases"]
        cases = [self.get(f"/api/cases/{row['id']}") for row in rows]
        (found,) = [case for case in cases if words in case["record"]["head"]["text"]]
        return found


@contextmanager
def bench(folder: Path, texts: tuple[Path, ...] = ()) -> Iterator[Bench]:
    """The desk of a run behind its server."""
    with desk.opened(folder, texts) as opened:
        app = server.application(opened, TOKEN, PORT, "tester")
        with TestClient(app, base_url=ADDRESS, headers=HEADERS) as client:
            yield Bench(opened, client, folder)


def span(text: str, words: str) -> dict[str, int]:
    """Where words stand in a text, in code points."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}
