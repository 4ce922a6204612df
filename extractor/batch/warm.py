"""The pipeline, loaded before there is any work: workers are forked from a process that has imported this module."""

from __future__ import annotations

import gc
from contextlib import suppress

from extractor import pipeline
from extractor.batch.work import settle
from extractor.rulebook import RuleError


def up(arbiter: bool = True) -> None:
    """Load everything, and let collections pass over what is loaded, for it stays.

    Raises:
        RuleError: a rule file is broken.
    """
    gc.disable()
    nlp = pipeline.load(arbiter=arbiter)
    nlp(nlp.make_doc("下一步，我镇将新建两所幼儿园。"))
    settle()


with suppress(RuleError):
    up()
