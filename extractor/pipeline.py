"""The stages, one a line: read this first.

`load()` gives a spaCy `Language`. Its tokenizer heals and segments a raw text; every component after it is one
stage, a plain function on the `Doc`. What a stage found stands in the extension attribute of the same name:

    nlp = extractor.load()
    nlp.add_pipe("my_stage", after="verdicts")      # reads doc._.verdicts
    doc = nlp("下一步，我镇将新建两所幼儿园。")
    doc._.commitments
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.attrs import TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor import (
    allotment,
    assembly,
    attributes,
    categories,
    clauses,
    context,
    covering,
    horizon,
    linking,
    matching,
    naming,
    normalisation,
    outline,
    periods,
    quantities,
    renaming,
    responsibility,
    roles,
    rulebook,
    segmentation,
    wording,
)
from extractor.normalisation import without_halves
from extractor.outline import Place
from extractor.roles import Verdict
from extractor.rulebook import Rulebook
from extractor.scene import Given, Scene, by_clause, outside
from extractor.segmentation import Words

Stage = Callable[[Doc, Rulebook], Any]

STAGES: dict[str, Stage] = {
    "clauses": lambda doc, book: clauses.split(doc._.text.printed),
    "view": lambda doc, book: clauses.view(doc._.text.folded, doc._.clauses),
    "allotment": lambda doc, book: allotment.read(doc._.given.places, doc._.text, doc._.clauses),
    "outline": lambda doc, book: outline.outline(doc._.text.printed, doc._.text.folded, doc._.clauses, doc._.allotment),
    "horizon": lambda doc, book: horizon.horizon(doc._.text.folded, doc._.outline, doc._.given.date),
    "matches": lambda doc, book: matching.finder(book, *context.FAMILIES).find(doc._.view),
    "periods": lambda doc, book: periods.find_by(doc._.view, book, doc._.horizon.at, book.festivals),
    "figures": lambda doc, book: outside(quantities.find(doc._.view, book), doc._.periods),
    "notes": lambda doc, book: responsibility.find(doc._.text.folded, book),
    "wordings": lambda doc, book: wording.read(doc._.clauses, doc._.words, doc._.text.folded, book.verbs),
    "facts": lambda doc, book: context.facts(
        doc._.text,
        doc._.view,
        doc._.clauses,
        doc._.outline,
        doc._.matches,
        doc._.figures,
        doc._.periods,
        doc._.horizon,
        doc._.wordings,
        book,
    ),
    "verdicts": lambda doc, book: roles.decide(doc._.clauses, doc._.facts, doc._.wordings, doc._.outline.places, book),
    "promised": lambda doc, book: promised(doc),
    "spotted": lambda doc, book: naming.find(doc._.promised, book, issuer(doc)),
    "names": lambda doc, book: categories.told(
        doc._.promised, renaming.arbitrated(doc._.promised, doc._.words, doc._.spotted, book, issuer(doc)), book
    ),
    "commitments": lambda doc, book: assembly.assemble(scene(doc, book)),
}


class Numbers(dict[str, int]):
    """spaCy's number of every tag, looked up once."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings

    def __missing__(self, tag: str) -> int:
        self[tag] = self.strings.add(tag)
        return self[tag]


class Segmenter:
    """spaCy tokenizer: raw text to a `Doc` over its healed, folded characters, with jieba's words and tags."""

    def __init__(self, vocab: Vocab, tag: segmentation.Tagger) -> None:
        self.vocab = vocab
        self.tag = tag
        self.tags = Numbers(vocab.strings)

    def __call__(self, raw: str) -> Doc:
        text = normalisation.heal(raw)
        if (whole := without_halves(text.folded)) is not text.folded:
            text = replace(text, folded=whole)
        pairs = self.tag(text.folded)
        words = [word for word, _ in pairs]
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if words:
            column = np.fromiter((self.tags[tag] for _, tag in pairs), np.uint64, len(pairs)).reshape(-1, 1)
            doc.from_array([TAG], cast(Any, column))
        lengths = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
        doc._.words = Words((np.cumsum(lengths) - lengths).tolist(), pairs)
        doc._.text = text
        return doc


@cache
def load(rules: Path | None = None, engine: segmentation.Engine = "auto", arbiter: bool = True) -> Language:
    """The pipeline, built once per rules folder and segmenter; without `arbiter` the decision table decides alone.

    Raises:
        RuleError: a rule file is broken.
    """
    book = rulebook.load(rules)
    for name in ("text", "words", "given", *STAGES):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=Given() if name == "given" else None)
    tag = segmentation.tagger(engine, book.words["segmenter"])
    nlp = Language(Vocab(), max_length=2**40, create_tokenizer=lambda nlp: Segmenter(nlp.vocab, tag))
    for name in STAGES:
        nlp.add_pipe("extractor_stage", name=name, config={"rules": str(rules) if rules else None, "arbiter": arbiter})
    return nlp


@Language.factory("extractor_stage")
def stage(nlp: Language, name: str, rules: str | None, arbiter: bool) -> Callable[[Doc], Doc]:
    """The component that runs the stage of this name."""
    book = book_of(Path(rules) if rules else None, arbiter)

    def run(doc: Doc) -> Doc:
        doc._.set(name, STAGES[name](doc, book))
        return doc

    return run


def book_of(rules: Path | None, arbiter: bool) -> Rulebook:
    """The rulebook that the stages read; without `arbiter` it knows no trained model."""
    book = rulebook.load(rules)
    return book if arbiter else replace(book, arbiter=None)


def promised(doc: Doc) -> str:
    """The view of the clauses that records are made of: names elsewhere are not looked for."""
    verdicts = zip(doc._.clauses, doc._.verdicts, strict=True)
    inside = [clause for clause, verdict in verdicts if verdict.role in ("commitment", "lead-in", "tail")]
    return clauses.view(doc._.text.folded, inside)


def issuer(doc: Doc) -> str | None:
    """Who issues the text: the caller's word counts before the text's, and where it has none, all who speak in it."""
    front = doc._.outline.front
    speaking = dict.fromkeys(speech.organization for speech in front.speeches if speech.organization)
    said: str | None = doc._.given.issuer or front.issuer or linking.AND.join(speaking) or None
    return said


def as_text(place: Place, verdict: Verdict) -> Place:
    """The place of what looked like a heading and is a commitment: it does not stand under itself."""
    if not place.is_heading or verdict.role in ("heading", "other"):
        return place
    return place._replace(is_heading=False, headings=place.headings[:-1])


def scene(doc: Doc, book: Rulebook) -> Scene:
    """What the stages found, for assembly; a figure in a name, a time in a document's and a year in a project's are part of it."""
    outline = replace(doc._.outline, places=tuple(map(as_text, doc._.outline.places, doc._.verdicts)))
    policies, projects = ([name for name in doc._.names if name.type == kind] for kind in ("POLICY", "PROJECT"))
    figures, periods = outside(doc._.figures, doc._.names), outside(doc._.periods, policies)
    apart = set(outside(periods, projects))
    periods = [period for period in periods if period in apart or period.rule != attributes.YEAR]
    return Scene(
        given=doc._.given,
        text=doc._.text,
        view=doc._.view,
        clauses=doc._.clauses,
        outline=outline,
        strengths=by_clause(doc._.clauses, (m for m in doc._.matches if m.rule.startswith("strength."))),
        things=by_clause(doc._.clauses, [*figures, *periods, *doc._.names]),
        periods=doc._.periods,
        notes=doc._.notes,
        allotted=doc._.allotment.notes,
        borders=[c.start for c, place in zip(doc._.clauses, outline.places, strict=True) if place.is_heading],
        dues=covering.due_labels(doc._.text.folded, doc._.clauses),
        verdicts=doc._.verdicts,
        words=doc._.words,
        wordings=doc._.wordings,
        horizon=doc._.horizon,
        book=book,
    )
