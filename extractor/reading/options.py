"""What a caller says about how files are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read: nothing to choose yet."""


DEFAULT = Options()
