"""spaCy's DocBin, for `spacy train` and for everything that reads `.spacy` files.

Known faults, and what is done about them:

- A span must begin and end with a token, else `Doc.char_span` gives None: every character is a token of its own, as in
  `spacy.blank("zh")`, white space and line breaks too.
- `Doc.ents` may not overlap: marks stand in the span groups `clauses` and `entities`.
- A DocBin forgets which sample a text is of: it stores user data, where `sample` says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extractor.annotation.marks import Mark, Page
from extractor.evaluation.samples import TYPES, BrokenSample
from extractor.writing import files

FILE = "annotations.spacy"
GROUPS = ("clauses", "entities")


def write(pages: Sequence[Page], folder: Path) -> list[Path]:
    """One file."""
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    vocab = Vocab()
    store = DocBin(store_user_data=True)
    for page in pages:
        doc = Doc(vocab, words=list(page.raw), spaces=[False] * len(page.raw))
        doc.user_data["sample"] = page.name
        for group in GROUPS:
            marks = [mark for mark in page.marks if (mark.label in TYPES) == (group == "entities")]
            doc.spans[group] = [Span(doc, mark.start, mark.end, label=mark.label) for mark in marks]
        store.add(doc)
    with files.atomic(folder / FILE) as draft:
        draft.write_bytes(store.to_bytes())
    return [folder / FILE]


def read(path: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, list[Mark]]]:
    """The span groups of every text of a file.

    Raises:
        BrokenSample: no DocBin, or a text that is not the one in the folder of samples.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    file = path / FILE if path.is_dir() else path
    try:
        docs = list(DocBin(store_user_data=True).from_bytes(file.read_bytes()).get_docs(Vocab()))
    except Exception as error:  # what a broken file raises depends on where it breaks
        raise BrokenSample(f"{file}: no DocBin of spaCy ({type(error).__name__})") from None
    for doc in docs:
        name = str(doc.user_data.get("sample"))
        if texts.get(name) != doc.text:
            raise BrokenSample(f"{file}: {name}: its text is not the one in the folder of samples; export it again")
        spans = (span for group in GROUPS for span in doc.spans.get(group, ()))
        yield name, [Mark(span.start_char, span.end_char, span.label_) for span in spans]
