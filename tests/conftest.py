"""What most tests share: the repository's folders, one loaded rulebook and one loaded pipeline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.tokens import Doc

from extractor import auditing, pipeline, reading, rulebook
from extractor.auditing import Suspect
from extractor.ledger import from_source
from extractor.records import Commitment
from extractor.rulebook import Rulebook
from extractor.scene import Given

settings.register_profile("extractor", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("extractor")

REPOSITORY = Path(__file__).parent.parent
DIGEST = "0f" * 32
"""The digest that texts of the tests are said to have."""

Process = Callable[..., Doc]
Extract = Callable[..., list[Commitment]]
RolesOf = Callable[..., list[tuple[str, str]]]
SomeSamples = Callable[[Iterable[str]], Path]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things lie in a checkout; `beside` is what may stand next to it."""

    root: Path
    package: Path
    rules: Path
    corpus: Path
    golden: Path
    beside: Path


@pytest.fixture(scope="session")
def folders() -> Folders:
    return Folders(
        REPOSITORY,
        REPOSITORY / "extractor",
        REPOSITORY / "rules",
        REPOSITORY / "corpus",
        REPOSITORY / "tests" / "golden",
        REPOSITORY.parent / "shared",
    )


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return rulebook.load()


@pytest.fixture(scope="session")
def process() -> Process:
    """Raw text to processed document; by the decision table alone unless the trained arbiter is asked for."""

    def run(
        raw: str, *, source: str = "-", day: date | None = None, issuer: str | None = None, arbiter: bool = False
    ) -> Doc:
        nlp = pipeline.load(arbiter=arbiter)
        doc = nlp.make_doc(raw)
        doc._.given = Given(source, DIGEST, day, issuer)
        return nlp(doc)

    return run


@pytest.fixture(scope="session")
def extract(process: Process) -> Extract:
    """Raw text to records."""

    def run(raw: str, **given: object) -> list[Commitment]:
        return list(process(raw, **given)._.commitments)

    return run


@pytest.fixture(scope="session")
def roles_of(process: Process) -> RolesOf:
    """Raw text to `(clause, role)` pairs in order."""

    def run(raw: str, *, arbiter: bool = False) -> list[tuple[str, str]]:
        doc = process(raw, arbiter=arbiter)
        printed = doc._.text.printed
        pairs = zip(doc._.clauses, doc._.verdicts, strict=True)
        return [(printed[clause.start : clause.end], verdict.role) for clause, verdict in pairs]

    return run


@pytest.fixture(scope="session")
def corpus_texts(folders: Folders) -> dict[str, str]:
    """Every corpus text by file name, decoded."""
    return {path.name: decoded(path) for path in sorted(folders.corpus.glob("*.txt"))}


def decoded(path: Path) -> str:
    """UTF-8, else GB18030; line breaks as they are."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


@dataclass(frozen=True, slots=True)
class Processed:
    """A text, what is found in it and what the audit suspects."""

    raw: str
    commitments: list[Commitment]
    suspects: list[Suspect]


@pytest.fixture(scope="session")
def processed_corpus(folders: Folders) -> dict[str, Processed]:
    """Every corpus text by file name, processed with the trained arbiter."""
    found = {}
    for path in sorted(folders.corpus.glob("*.txt")):
        source = reading.read(path, path.name)
        doc = from_source(source)
        found[path.name] = Processed(source.raw, list(doc._.commitments), list(auditing.audit(doc)))
    return found


@pytest.fixture
def some_samples(folders: Folders, tmp_path: Path) -> SomeSamples:
    """Names of corpus samples to a folder that holds their texts and annotations."""

    def copied(names: Iterable[str]) -> Path:
        for name in (f"{name}{suffix}" for name in names for suffix in (".txt", ".json")):
            (tmp_path / name).write_bytes((folders.corpus / name).read_bytes())
        return tmp_path

    return copied


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment for subprocesses that are to import this checkout from any working directory."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "200"}
