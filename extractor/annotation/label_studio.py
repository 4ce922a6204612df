"""Label Studio: tasks as JSON, and the labelling interface that goes with them.

Known faults, and what is done about them:

- Older versions count UTF-16 units, newer ones code points, so that spans behind an emoji are off by one or more
  (HumanSignal/label-studio issues 1347, 1008, 2007, pull request 1559): every span comes with its words, and all spans
  of a task are read in the way of counting in which the words fit.
- Spaces are trimmed on display and in results unless the interface asks for `white-space: pre-wrap` (documentation of
  the Text tag): the interface that is written does.
- CR LF counts as two characters (ibid.): it does here too; texts are not rewritten.

Drafts are written as predictions, which annotators correct; samples as annotations.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from extractor.annotation.marks import LABELS, Mark, Page
from extractor.evaluation.samples import BrokenSample
from extractor.evaluation.scoring import squeezed
from extractor.writing import files

TASKS, INTERFACE = "label-studio.json", "label-studio.xml"
Result = dict[str, Any]


def write(pages: Sequence[Page], folder: Path) -> list[Path]:
    """Tasks to import, and the labelling interface to paste into the project's settings."""
    tasks = [
        {
            "data": {"text": page.raw, "sample": page.name},
            "predictions" if page.draft else "annotations": [{"result": list(results(page))}],
        }
        for page in pages
    ]
    return [
        files.write_text(folder / TASKS, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"),
        files.write_text(folder / INTERFACE, interface()),
    ]


def results(page: Page) -> Iterator[Result]:
    """The regions of a task."""
    for number, mark in enumerate(page.marks):
        value = {"start": mark.start, "end": mark.end, "text": page.raw[mark.start : mark.end], "labels": [mark.label]}
        yield {"id": f"m{number}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def interface() -> str:
    """The labelling interface."""
    labels = "\n".join(f'    <Label value="{name}"/>' for name in LABELS)
    style = "<Style>.htx-text{ white-space: pre-wrap; }</Style>"
    return f'<View>\n  {style}\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'


def read(path: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, list[Mark]]]:
    """The marks of every task of an export (JSON): of its last annotation that was not cancelled, else its last prediction.

    Raises:
        BrokenSample: no such export, or spans whose words do not stand in the text.
    """
    file = path / TASKS if path.is_dir() else path
    try:
        for task in json.loads(file.read_text(encoding="utf-8")):
            name, text = task["data"]["sample"], task["data"]["text"]
            if texts.get(name) != text:
                raise BrokenSample(f"{file}: {name}: its text is not the one in the folder of samples; export it again")
            yield name, list(marks(chosen(task), text, f"{file}: {name}"))
    except BrokenSample:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenSample(
            f"{file}: no JSON export of Label Studio with `sample` and `text` in its data ({error})"
        ) from None


def chosen(task: dict[str, Any]) -> list[Result]:
    """The regions that count."""
    done = [made["result"] for made in task.get("annotations") or () if not made.get("was_cancelled")]
    guessed = [made["result"] for made in task.get("predictions") or ()]
    regions: list[Result] = (done or guessed or [[]])[-1]
    return [region for region in regions if region.get("type") == "labels"]


def marks(regions: Sequence[Result], text: str, place: str) -> Iterator[Mark]:
    """Regions as marks in code points, however their offsets are counted."""
    units = list(accumulate((1 + (character > "\uffff") for character in text), initial=0))
    for count in (range(len(text) + 1), units):
        spans = [span(region["value"], count) for region in regions]
        if all(fits(region["value"], text, *where) for region, where in zip(regions, spans, strict=True)):
            for region, (start, end) in zip(regions, spans, strict=True):
                yield from (Mark(start, end, name) for name in region["value"]["labels"])
            return
    raise BrokenSample(f"{place}: spans do not hold their words, in code points nor in UTF-16 units; export it again")


def span(value: Result, count: Sequence[int]) -> tuple[int, int]:
    """A region's offsets as code points, where `count[n]` is how a tool counts n of them."""
    return bisect_left(count, value["start"]), bisect_left(count, value["end"])


def fits(value: Result, text: str, start: int, end: int) -> bool:
    """Whether a span holds the words that came with it; white space aside, and surrogates put together again."""
    words = value.get("text")
    return words is None or squeezed(whole(words)) == squeezed(whole(text[start:end]))


def whole(words: str) -> str:
    """Words in whole characters, line breaks as such."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\\n", "\n")
