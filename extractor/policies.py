"""Documents, laws and plans that a text names."""

from __future__ import annotations

from extractor import names
from extractor.names import Name
from extractor.rulebook import Rulebook


def find(view: str, rulebook: Rulebook) -> list[Name]:
    """Every name of this kind in `view`, left to right, none overlapping another."""
    return names.find(view, rulebook, "policy")
