"""The only reader of `rules/`: TOML rules with their own examples, and word lists.

A rule file is `rules/FAMILY.toml`; every rule id in it starts with `FAMILY.`. A pattern may use named
parts, written `⟨name⟩`: first from the file's `[parts]` table, then `⟨words/NAME⟩` from `rules/words/NAME.txt`
(one word a line, `#` starts a comment), expanded to a non-capturing group, longest word first.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor import wordlists

PART = re.compile(r"⟨([a-z_/]+)⟩")
TOPICS = "topics.toml"
"""Holds words with weights and no rules; `topics` reads it."""
ARBITER, NAMES = "arbiter.json", "names.json"
MODELS = (ARBITER, "network.json", NAMES, "names_network.json")
"""The trained models: a folder has all of them, or none and is decided by its rules alone."""


class RuleError(ValueError):
    """A broken rule file; the message names file and rule and says what to write instead."""


class Row(BaseModel):
    """What every `[[rule]]` and `[[decision]]` carries: a name, a reason and its own examples."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    description: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    known_gap: tuple[str, ...] = ()


class Rule(Row):
    """A matcher: a regular expression or a list of phrases over the characters of a clause."""

    pattern: str | None = None
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sets: Mapping[str, str] = {}

    @property
    def source(self) -> str:
        """The pattern, or that of the phrases."""
        return self.pattern if self.pattern is not None else alternation(self.phrases)

    @property
    def barred(self) -> str:
        """One pattern for all of `unless`, empty where there is none."""
        return "|".join(f"(?:{unless})" for unless in self.unless)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern; `^` and `$` are clause borders."""
        return compiled(self.source, self.id)

    @cached_property
    def groups(self) -> tuple[tuple[int, str], ...]:
        """The places of the pattern's named groups among all, and what they are: `low2` is another place for `low`."""
        return tuple((number - 1, name.rstrip("23456")) for name, number in self.regex.groupindex.items())

    @cached_property
    def exceptions(self) -> re.Pattern[str] | None:
        """One pattern for all of `unless`, or None."""
        return compiled(self.barred, self.id) if self.unless else None


class Decision(Row):
    """A row of a decision table: the facts about a clause that make a role or a kind. The first row that holds decides.

    A lead-in needs a commitment behind it in its sentence and a tail one before it; `alone` is the role without.
    A `final` row is not argued with: the trained arbiter leaves it as it is.
    """

    gives: str
    alone: str | None = None
    final: bool = False
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class RuleFile(BaseModel):
    """One TOML file of `rules/`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: Mapping[str, str] = {}
    rule: tuple[Rule, ...] = ()
    decision: tuple[Decision, ...] = ()


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules by id, in file and line order, and the word lists they are made of."""

    rules: Mapping[str, Rule]
    decisions: Mapping[str, Decision]
    words: Mapping[str, tuple[str, ...]]
    openings: Mapping[str, str]
    """By family the part `open`: a pattern of no width for where its hits may begin."""
    digest: str
    folder: Path = field(compare=False)
    arbiter: Path | None = None
    """The trained model that has the last word on roles; None decides by the table alone."""
    festivals: Mapping[int, Mapping[str, date]] = field(default_factory=dict, repr=False)
    """Year → name → day of the festivals that move in the solar calendar."""

    @cached_property
    def namer(self) -> Path | None:
        """The trained model of names; None where no model arbitrates."""
        return self.folder / NAMES if self.arbiter else None

    @property
    def topics(self) -> Path:
        """The file of topics and their words."""
        return self.folder / TOPICS

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs of all classes."""
        return frozenset(w for name, words in self.words.items() if name.startswith("verb_") for w in words)

    @cached_property
    def adverbs(self) -> frozenset[str]:
        """What may stand before a verb and is not it."""
        return frozenset(self.words["adverb"])

    @cached_property
    def tables(self) -> Mapping[str, tuple[Decision, ...]]:
        """The rows of each decision table, in order, by the name of its file."""
        rows = groupby(self.decisions.values(), key=lambda row: row.id.partition(".")[0])
        return {name: tuple(group) for name, group in rows}

    @cached_property
    def families(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each file, in order, by its name."""
        files = groupby(self.rules.values(), key=lambda rule: rule.id.partition(".")[0])
        return {name: tuple(group) for name, group in files}

    def family(self, *names: str) -> tuple[Rule, ...]:
        """The rules whose file is one of `names`, in order."""
        return tuple(chain.from_iterable(rules for name, rules in self.families.items() if name in names))


@dataclass(frozen=True)
class Keyed:
    """A rulebook beside the digest that stands for it: what is made of rules alone is made once for equal rules."""

    digest: str
    rulebook: Rulebook = field(compare=False, repr=False)


R = TypeVar("R", bound=Row)


@cache
def compiled(source: str, rule: str) -> re.Pattern[str]:
    """A pattern of a rule; `^` and `$` are clause borders.

    Raises:
        RuleError: it is no regular expression.
    """
    try:
        return re.compile(source, re.MULTILINE)
    except re.error as error:
        raise RuleError(f"{rule}: the pattern does not compile: {error}") from None


def alternation(words: Iterable[str]) -> str:
    """A non-capturing group that matches any of `words`, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))) + ")"


def default_folder() -> Path:
    """`rules/` inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def load(folder: Path | None = None) -> Rulebook:
    """Read every rule file and word list below `folder`, once per folder.

    Raises:
        RuleError: a file is missing, is not TOML, misspells a key or repeats an id, or some trained models are missing.
    """
    return read(folder or default_folder())


@cache
def read(folder: Path) -> Rulebook:
    """`load` for a folder that is named."""
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such rules folder; reinstall the package or name an existing folder")
    words = {p.stem: wordlists.read(p) for p in sorted((folder / "words").glob("*.txt"))}
    rules: dict[str, Rule] = {}
    decisions: dict[str, Decision] = {}
    openings: dict[str, str] = {}
    for path in sorted(p for p in folder.glob("*.toml") if p.name != TOPICS):
        parsed = read_file(path)
        if "open" in parsed.parts:
            openings[path.stem] = fill("⟨open⟩", parsed.parts, words, f"{path}: [parts]")
        for rule in parsed.rule:
            add(rules, filled(rule, parsed.parts, words, path), path)
        for decision in parsed.decision:
            add(decisions, decision, path)
    return Rulebook(
        rules,
        decisions,
        words,
        openings,
        digest(folder),
        folder,
        arbiter=folder / ARBITER if trained(folder) else None,
        festivals=wordlists.festivals(folder / "festivals" / "days.tsv"),
    )


def trained(folder: Path) -> bool:
    """Whether the folder has the trained models; some of them only are an error."""
    lacking = [name for name in MODELS if not (folder / name).is_file()]
    if lacking and len(lacking) < len(MODELS):
        whole = "put in what was trained together, or take all models out to decide by the rules alone"
        raise RuleError(f"{folder}: {', '.join(lacking)} missing beside the other trained models; {whole}")
    return not lacking


def read_file(path: Path) -> RuleFile:
    """Parse and validate one TOML file."""
    try:
        return RuleFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RuleError(f"{path}: {place}: {first['msg']}; see an existing rule for the keys in use") from None


def add(into: dict[str, R], row: R, path: Path) -> None:
    """Register a row under its id, which must be new and start with the file's name."""
    if row.id in into:
        raise RuleError(f"{path}: {row.id}: this id is used twice; give the second rule another name")
    if not row.id.startswith(path.stem + "."):
        raise RuleError(f"{path}: {row.id}: ids in this file start with {path.stem!r} and a full stop")
    into[row.id] = row


def filled(rule: Rule, parts: Mapping[str, str], words: Mapping[str, tuple[str, ...]], path: Path) -> Rule:
    """The rule with its named parts filled in."""
    place = f"{path}: {rule.id}"
    if (rule.pattern is None) == (not rule.phrases):
        raise RuleError(f"{place}: give either pattern or phrases")
    return rule.model_copy(
        update={
            "pattern": fill(rule.pattern, parts, words, place) if rule.pattern else None,
            "unless": tuple(fill(unless, parts, words, place) for unless in rule.unless),
        }
    )


def fill(source: str, parts: Mapping[str, str], words: Mapping[str, tuple[str, ...]], place: str) -> str:
    """A pattern with its named parts filled in.

    Raises:
        RuleError: a part is neither among `parts` nor a word list; the message begins with `place`.
    """
    while found := PART.search(source):
        name = found[1]
        if name in parts:
            body = f"(?:{parts[name]})"
        elif name.startswith("words/") and name[6:] in words:
            body = alternation(words[name[6:]])
        else:
            raise RuleError(f"{place}: unknown part ⟨{name}⟩; define it under [parts] or in words/")
        source = source[: found.start()] + body + source[found.end() :]
    return source


def digest(folder: Path) -> str:
    """SHA-256 over every file below `folder`, names included: two equal digests mean the same rules."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
