"""Damages files as disks, networks and attackers do, by a seed."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

NASTY = [
    b"\x00",
    b"\xff" * 4,
    b"\x00" * 64,
    b"<",
    b"]]>",
    b"&x;",
    b'"',
    b"\n",
    b"\xed\xa0\x80",
    b"%PDF-",
    b"PK\x03\x04",
    b"9" * 30,
]


def flip(data: bytearray, chance: random.Random) -> None:
    """Change some bits."""
    for _ in range(chance.choice([1, 4, 32])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    """Break off."""
    del data[chance.randrange(len(data)) :]


def lose(data: bytearray, chance: random.Random) -> None:
    """Lose a stretch."""
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 200)]


def insert(data: bytearray, chance: random.Random) -> None:
    """Put something nasty in."""
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(NASTY)


def repeat(data: bytearray, chance: random.Random) -> None:
    """Say a stretch again."""
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(1, 300)] * chance.randrange(1, 20)


def splice(data: bytearray, chance: random.Random) -> None:
    """Put a stretch where another belongs."""
    start, target, length = (chance.randrange(len(data)) for _ in range(3))
    data[target : target + length] = data[start : start + length]


MUTATIONS: list[Callable[[bytearray, random.Random], None]] = [flip, cut, lose, insert, repeat, splice]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A damaged copy; of ZIP files half of the time a member is damaged and packed again, so that its reader gets to see it."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return repacked(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        if changed:
            chance.choice(MUTATIONS)(changed, chance)
    return bytes(changed)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A ZIP file with one of its members damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    victim = chance.choice([name for name, content in members.items() if content])
    members[victim] = mutated(members[victim], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=zlib.Z_BEST_SPEED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()
