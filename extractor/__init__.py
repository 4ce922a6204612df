"""Reads Chinese government texts and writes down what the government says it will do.

>>> import extractor
>>> ledger = extractor.extract("下一步，我镇将新建两所幼儿园。", issuer="清河镇")
>>> ledger.commitments[0].head.text
'我镇将新建两所幼儿园'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.framing import extract_frame
    from extractor.ledger import Ledger, extract
    from extractor.pipeline import load
    from extractor.restoring import read
    from extractor.writing.frame import read_csv

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "extract", "extract_frame", "load", "read", "read_csv"]

HOMES = {
    "Ledger": "extractor.ledger",
    "extract": "extractor.ledger",
    "extract_frame": "extractor.framing",
    "load": "extractor.pipeline",
    "read": "extractor.restoring",
    "read_csv": "extractor.writing.frame",
}


def __getattr__(name: str) -> object:
    """Import the library only when one of its verbs is used: `extractor --help` stays quick."""
    if name not in HOMES:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(HOMES[name]), name)
