"""How the package is laid out: imports run downward, modules are small and plain, one module speaks to the terminal."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "extractor"
PATHS = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MODULES = list(PATHS)
FAMILIES = {"reading", "writing", "evaluation", "annotation", "batch", "cluster", "review", "cli"}
"""Siblings that earned a folder: a module a format, a tool, a question that scores answer, a command; many inputs, many machines; a
person who decides."""
LONGEST = 300
"""Lines."""

STAGES: dict[str, str] = {
    "foundation": "records facts paths sums wordlists rulebook tables",
    "read": "reading",
    "heal": "markup tabulated spacing pagemarks layout continuation wrapping folding normalisation",
    "structure": "clauses responsibility allotment titles days issuers bylines frontmatter enumerators bodies outline",
    "segment": "segmentation wording network",
    "match": "literals tries matching overlaps numerals amounts spans dates nearby indicators quantities occasions periods gazetteer linking "
    "vocabulary names projects neighbours places organizations policies naming categories",
    "decide": "horizon turning stance carrying context arbiter roles lexicon pieces clues tally adviser namer within renaming",
    "assemble": "scene timing subjects inheritance covering kinds attributes governing predicates topics assembly",
    "pipeline": "pipeline",
    "write": "cells columns writing",
    "library": "ledger restoring framing",
    "around": "grids explaining duties evaluation annotation auditing checking lesson schooling training advising tutoring batch cluster review rendering",
    "terminal": "cli __main__",
}
"""The declared order, top to bottom: a module imports from its own stage and from those above it, and never in a circle."""

RANK = {module: rank for rank, names in enumerate(STAGES.values()) for module in names.split()}
PURE = {
    module
    for stage in ("heal", "structure", "segment", "match", "decide", "assemble")
    for module in STAGES[stage].split()
}
"""The stages proper: no clock, no network, no files."""

READERS_OF_RULES = {"rulebook", "folding", "gazetteer", "vocabulary", "arbiter", "namer", "network", "topics"}
FOREIGN = {
    "time",
    "random",
    "secrets",
    "socket",
    "ssl",
    "http",
    "urllib",
    "requests",
    "subprocess",
    "os",
    "threading",
    "locale",
}
CLOCK = {"now", "today", "utcnow", "perf_counter", "monotonic"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir"}


def tree(module: str) -> ast.Module:
    return ast.parse(PATHS[module].read_text(encoding="utf-8"))


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "extractor":
            home = node.module.removeprefix("extractor").removeprefix(".")
            inside = {f"{home}.{alias.name}".removeprefix(".") for alias in node.names}
            found |= inside & set(MODULES) or {home} & set(MODULES)
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("extractor.") for alias in node.names if alias.name.startswith("extractor.")
            }
    return found


def stage(module: str) -> str:
    """The name by which `STAGES` knows a module: a folder's modules go by the folder."""
    return module.partition(".")[0]


def foreign(module: str) -> set[str]:
    """The top names of everything else that a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def called(module: str) -> set[str]:
    """The names of everything that a module calls: `print`, `exit` in `sys.exit(…)`."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                found.add(node.func.attr)
    return found


def test_every_module_has_its_place_in_the_order() -> None:
    declared = [name for names in STAGES.values() for name in names.split()]
    assert sorted(declared) == sorted(set(declared))
    assert set(declared) | {"__init__"} == set(map(stage, MODULES)), (
        "name new modules in STAGES, and strike out those that left"
    )


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__init__"])
def test_imports_run_downward(module: str) -> None:
    upward = {stage(name) for name in imported(module) if RANK[stage(name)] > RANK[stage(module)]}
    allowed = {"writing"} if module == "ledger" else set()
    assert upward - allowed == set(), f"{module} imports a later stage"


def test_imports_never_run_in_a_circle() -> None:
    order = list(TopologicalSorter({module: imported(module) for module in MODULES}).static_order())
    assert len(order) == len(MODULES) > 40


def test_nobody_imports_the_command_line() -> None:
    outside = [module for module in MODULES if stage(module) != "cli"]
    assert [module for module in outside if "cli" in map(stage, imported(module))] == ["__main__"]


def test_the_package_itself_imports_nothing_at_once() -> None:
    top = [node for node in tree("__init__").body if isinstance(node, ast.ImportFrom)]
    assert {node.module for node in top} == {"__future__", "typing"}


@pytest.mark.parametrize("module", [module for module in MODULES if stage(module) not in ("cli", "__main__")])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    assert called(module).isdisjoint({"print", "exit", "quit", "_exit", "echo", "secho", "SystemExit"})
    assert foreign(module).isdisjoint({"typer", "click", "argparse"})
    assert module == "rendering" or "rich" not in foreign(module)
    assert "SystemExit" not in ast.dump(tree(module))


def test_the_command_line_prints() -> None:
    assert "echo" in called("cli.console")


@pytest.mark.parametrize("module", sorted(PURE))
def test_a_stage_knows_no_clock_no_network_and_no_other_files_than_rules(module: str) -> None:
    assert foreign(module).isdisjoint(FOREIGN)
    assert called(module).isdisjoint(CLOCK)
    if module not in READERS_OF_RULES:
        assert called(module).isdisjoint(FILES)


@pytest.mark.parametrize("module", [module for module in MODULES if module not in READERS_OF_RULES])
def test_only_the_rulebook_and_the_loaders_of_tables_know_where_rules_lie(module: str) -> None:
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    assert "default_folder" not in names
    assert "tomllib" not in foreign(module)


def test_the_rulebook_reads_toml() -> None:
    assert "tomllib" in foreign("rulebook")


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_small_and_named_after_what_they_hold(module: str) -> None:
    lines = PATHS[module].read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST
    assert not {"util", "utils", "helper", "helpers", "common", "core", "base", "misc", "manager", "registry"} & set(
        re.split("[_.]", module)
    )


@pytest.mark.parametrize("module", MODULES)
def test_public_functions_and_classes_say_what_they_are(module: str) -> None:
    assert ast.get_docstring(tree(module))
    kinds = ast.FunctionDef | ast.ClassDef
    public = [node for node in tree(module).body if isinstance(node, kinds) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_function_changes_what_all_share(module: str) -> None:
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree(module)))


def test_folders_below_the_package_are_families() -> None:
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"} == FAMILIES
