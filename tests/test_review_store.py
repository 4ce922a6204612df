"""Decisions on disk: none is lost, none is overwritten, and what cannot be read is said in one line."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from bench import Json, made

import extractor
from extractor.review import store
from extractor.review.case import Action, Decision, Key, Outcome
from extractor.review.store import BrokenReview, Stale

RECORD = extractor.extract("下一步，我镇将新建两所幼儿园。", issuer="清水镇").commitments[0]
KEY = Key(RECORD.source_sha256, RECORD.head.start, RECORD.head.end)
FIRST = Decision(
    KEY, 1, "accept", "accepted", RECORD, RECORD.model_dump(mode="json"), "tester", "2026-01-12T08:00:00+00:00"
)


def then(version: int, action: Action, outcome: Outcome | None, **more: Json) -> Decision:
    return replace(FIRST, version=version, action=action, outcome=outcome, under=version - 1, **more)


def test_what_was_added_is_read_back(tmp_path: Path) -> None:
    second = then(2, "correct", "corrected", note="“动词”", record=RECORD.model_copy(update={"kind": "target"}))
    with store.opened(tmp_path) as opened:
        opened.add(FIRST)
        opened.add(second)
    with store.opened(tmp_path) as opened:
        assert opened.history(KEY) == [replace(FIRST, number=1), replace(second, number=2)]
        assert opened.latest() == [replace(second, number=2)]
        assert opened.latest(after=2) == []


@pytest.mark.parametrize("version", [0, 1, 3])
def test_who_has_not_seen_the_last_decision_may_not_add_one(tmp_path: Path, version: int) -> None:
    with store.opened(tmp_path) as opened:
        opened.add(FIRST)
        with pytest.raises(Stale):
            opened.add(replace(FIRST, version=version))
        assert len(opened.history(KEY)) == 1


def test_of_many_at_once_one_wins(tmp_path: Path) -> None:
    def attempt(number: int) -> bool:
        try:
            with store.opened(tmp_path) as opened:
                opened.add(replace(FIRST, who=f"tab {number}"))
        except Stale:
            return False
        return True

    with store.opened(tmp_path), ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


def test_decisions_are_flushed_to_the_disk(tmp_path: Path) -> None:
    with store.opened(tmp_path) as opened:
        assert opened.database.execute("PRAGMA synchronous").fetchone() == (2,)
        assert opened.database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "file is not a database"),
        (lambda path: written(path, "PRAGMA user_version = 99"), "written by a newer version"),
        (lambda path: written(path, "UPDATE decisions SET record = '{}'"), "decision 1 holds no record"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, spoil: Json, reason: str) -> None:
    with store.opened(tmp_path) as opened:
        opened.add(FIRST)
    spoil(tmp_path / store.NAME)
    with pytest.raises(BrokenReview, match=reason) as caught, store.opened(tmp_path) as opened:
        opened.latest()
    assert str(caught.value).startswith(str(tmp_path / store.NAME))
    assert "\n" not in str(caught.value)


def written(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.close()


def test_a_killed_server_has_lost_nothing(tmp_path: Path, environment: dict[str, str]) -> None:
    run = made(tmp_path)
    command = [sys.executable, "-m", "extractor", "review", str(run), "--no-browser", "--reviewer", "王敏"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as served:
        assert served.stdout
        address, _, token = served.stdout.readline().strip().partition("/?token=")
        headers = {
            "Authorization": f"Bearer {token}",
            "X-Requested-With": "extractor",
            "Content-Type": "application/json",
        }

        def call(path: str, body: object = None) -> Json:
            data = None if body is None else json.dumps(body).encode()
            with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=20) as answer:
                return json.load(answer)

        (row, *_) = call("/api/cases")["cases"]
        decided = call(f"/api/cases/{row['id']}/decisions", {"version": 0, "action": "reject"})
        os.kill(served.pid, signal.SIGKILL)
    assert decided["state"] == "rejected"
    with store.opened(run) as opened:
        (decision,) = opened.latest()
    assert (decision.key.id, decision.outcome, decision.who) == (row["id"], "rejected", "王敏")
