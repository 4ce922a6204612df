"""The gate that CI calls: the script in a bare environment, the steps of the action, and the hooks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import srsly
from conftest import SomeSamples
from typer.testing import CliRunner

from extractor.cli import app

ROOT = Path(__file__).parent.parent
BARE = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LANG": "C.UTF-8"}
"""What a container starts with, and the folder that the package was installed to."""
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def gold(some_samples: SomeSamples) -> Path:
    """A user's own folder of annotated texts."""
    return some_samples(["citizen_reply", "township_study_tour"])


def gate(*arguments: str, home: Path, **given: str) -> Done:
    command = ["bash", str(ROOT / ".ci" / "gate"), *arguments]
    environment = BARE | {"HOME": str(home)} | given
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=home, env=environment, encoding="utf-8"
    )


def test_a_gate_that_is_missed_exits_3_takes_all_steps_and_says_what_fell_short(gold: Path, tmp_path: Path) -> None:
    sample = gold / "citizen_reply.json"
    annotated = json.loads(sample.read_text(encoding="utf-8"))
    times = [entity for entity in annotated["entities"] if entity["type"] == "TIME"]
    annotated["entities"].remove(times[0])  # what the extractor finds beyond the sample
    sample.write_text(json.dumps(annotated, ensure_ascii=False), encoding="utf-8")
    base = tmp_path / "base"
    assert CliRunner().invoke(app, ["run", str(gold), "-o", str(base), "--formats", "jsonl"]).exit_code == 0
    lines = base / "commitments.jsonl"
    first, *rest = lines.read_text(encoding="utf-8").splitlines(keepends=True)
    extra = json.loads(first)
    extra["head"] |= {"start": 0, "end": 1}
    lines.write_text("".join([first, json.dumps(extra) + "\n", *rest]), encoding="utf-8")
    done = gate(str(gold), "out", "base", home=tmp_path, FAIL_UNDER="TIME=1", MAX_LOST="0", MAX_CHANGED="0")
    assert done.returncode == 3
    steps = re.findall(r"^== extractor (\w+(?: check)?)", done.stdout, re.MULTILINE)
    assert steps == ["rules check", "corpus check", "run", "evaluate", "compare"]
    assert "TIME: F1 " in done.stderr
    assert "lost: 1 records, more than 0" in done.stderr
    assert "changed: " not in done.stderr
    changes = json.loads((tmp_path / "out" / "changes.json").read_text(encoding="utf-8"))
    assert (changes["lost"], changes["gained"], changes["changed"]) == (1, 0, 0)
    assert changes["gold"]["heads"]["p"] is None


def test_a_gate_called_wrongly_says_how(tmp_path: Path) -> None:
    done = gate(home=tmp_path)
    assert (done.returncode, done.stderr) == (2, "usage: gate GOLD_DIR OUTPUT_DIR [BASE_RUN]\n")
    done = gate("nowhere", "out", home=tmp_path)
    assert (done.returncode, done.stderr) == (2, "gate: nowhere: no such folder of annotated samples\n")


ACTION: dict[str, Any] = srsly.read_yaml(ROOT / "action.yml")


def filled(text: str, inputs: dict[str, str]) -> str:
    """What GitHub puts in place of its expressions; an unknown one is a KeyError."""
    known = {"github.action_path": str(ROOT)} | {f"inputs.{name}": value for name, value in inputs.items()}
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: known[found[1]], text)


def without_rules_check(folder: Path) -> dict[str, str]:
    """The bare environment with an `extractor` for which its rules hold: checking them takes longer than all else here,
    and the test above does.
    """
    shim = folder / "bin" / "extractor"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\n[ "$1" = rules ] || exec {Path(sys.executable).parent}/extractor "$@"\n', encoding="utf-8"
    )
    shim.chmod(0o755)
    return BARE | {"PATH": f"{shim.parent}:{BARE['PATH']}"}


def test_the_steps_of_the_action_run_in_a_plain_script(gold: Path, tmp_path: Path) -> None:
    defaults = {name: given.get("default", "") for name, given in ACTION["inputs"].items()}
    inputs = defaults | {"gold": str(gold), "fail-under": "heads=0.8"}
    python, install, run = ACTION["runs"]["steps"]
    assert python["uses"].startswith("actions/setup-python@")
    assert install["run"] == 'python -m pip install --quiet "$ACTION"'
    environment = (
        without_rules_check(tmp_path)
        | {"GITHUB_STEP_SUMMARY": "summary.md"}
        | {name: filled(value, inputs) for name, value in run["env"].items()}
    )
    done = subprocess.run(
        [run["shell"], "-e", "-o", "pipefail", "-c", filled(run["run"], inputs)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    scores = json.loads((tmp_path / inputs["output"] / "scores.json").read_text(encoding="utf-8"))
    assert scores["heads"]["f1"] >= 0.8
    assert "| heads | " in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_every_input_of_the_action_is_described_and_used() -> None:
    steps = json.dumps(ACTION["runs"]["steps"])
    assert [name for name in ACTION["inputs"] if f"inputs.{name} " not in steps] == []
    assert all(given["description"] for given in ACTION["inputs"].values())


def test_the_hooks_call_commands_that_are_there(gold: Path) -> None:
    hooks = {hook["id"]: hook for hook in srsly.read_yaml(ROOT / ".pre-commit-hooks.yaml")}
    assert set(hooks) == {f"extractor-{name}" for name in ("rules-check", "corpus-check", "evaluate", "compare")}
    for hook in hooks.values():
        program, *words = hook["entry"].split()
        assert (program, hook["language"], hook["pass_filenames"]) == ("extractor", "python", False)
        assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0
    check = hooks["extractor-corpus-check"]["entry"].split()[1:]
    assert CliRunner().invoke(app, [*check, str(gold)]).exit_code == 0


def test_the_example_workflow_of_the_readme_uses_inputs_that_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [srsly.yaml_loads(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    workflow = next(block for block in blocks if "jobs" in block)
    (job,) = workflow["jobs"].values()
    given = next(step["with"] for step in job["steps"] if "with" in step and "gold" in step["with"])
    assert set(given) <= set(ACTION["inputs"])


def test_the_gate_is_what_our_own_ci_calls() -> None:
    assert ".ci/gate corpus" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "gate", os.X_OK)
