"""Trains the network that stands beside the model of names; needs the extra `[train]`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from extractor import adviser, schooling
from extractor.adviser import INPUTS, REACH, SPAN, WIDTH
from extractor.namer import LABELS, TYPES
from extractor.network import OUTPUT, WINDOW
from extractor.schooling import Parameters, descended, everything, thinned, weighed

SIZES = (8, 16, 32, 64)
"""Pieces in a stretch: a clause is learnt from among those of its size; what is longer than the last is cut."""
MOST = 40
"""Names of attributes of a piece that are looked at; hardly one has more."""
RAREST = 4
"""An attribute that fewer pieces have is left out."""
ROUNDS = 12
BATCH = 128
SLOW = 0.5
"""Attributes are learnt at half the pace of layers."""
FORGOTTEN = 0.3
"""The share of attributes that are hidden at every step, so that none is relied on alone."""
UNLIKE = 0.4
"""What a sample counts that is unlike the texts to come."""
SAY = {"PROJECT": 0.5, "LOCATION": 0.5, "ORG": 0.0}
"""What the network's scores count beside the model's, by type: chosen on documents left out, where bodies did not gain."""

Told: TypeAlias = tuple[list[list[str]], NDArray[np.int32], bool]
"""A clause: the attributes of its pieces, their labels (pieces by types), and whether it is unlike those to come."""
Stretch: TypeAlias = tuple[list[list[int]], NDArray[np.int32], float]
"""Of every piece the numbers of its attributes, its label of every type, and what the stretch counts."""


def train(taught: Sequence[Told]) -> dict[str, Any]:
    """The weights of the network, as they stand in `rules/names_network.json`; the same clauses give the same weights."""
    counts = Counter(name for pieces, _, _ in taught for piece in pieces for name in piece if adviser.sees(name))
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    numbers = {name: number for number, name in enumerate(names, 1)}
    parameters = descended(fresh(len(names)), loss, list(lots(taught, numbers)), ROUNDS, BATCH)
    values = {name: np.asarray(value, dtype=np.float64) for name, value in parameters.items()}
    says = np.array([SAY[name] for name in TYPES])
    for counted in (OUTPUT, "always " + OUTPUT):
        values[counted] *= np.repeat(says, LABELS)
    layers = {layer: np.concatenate([values[layer], values["always " + layer][None]]) for layer in INPUTS}
    return adviser.as_json(names, SLOW * values["named"][1:], layers, values["moves"] * says[:, None, None])


def lots(taught: Sequence[Told], numbers: Mapping[str, int]) -> Iterator[tuple[NDArray[Any], ...]]:
    """By size the stretches of clauses: the numbers of their attributes (0 for none), labels, which places are filled, weights."""
    by_size: defaultdict[int, list[Stretch]] = defaultdict(list)
    for pieces, labels, unlike in taught:
        for first in range(0, len(pieces), SIZES[-1]):
            part = slice(first, first + SIZES[-1])
            known = [[numbers[name] for name in piece if name in numbers][:MOST] for piece in pieces[part]]
            by_size[next(size for size in SIZES if size >= len(known))].append(
                (known, labels[part], UNLIKE if unlike else 1)
            )
    for size, stretches in sorted(by_size.items()):
        seen = np.zeros((len(stretches), size, MOST), np.int32)
        told = np.zeros((len(stretches), size, len(TYPES)), np.int32)
        filled = np.zeros((len(stretches), size), np.float32)
        for row, (known, labels, _) in enumerate(stretches):
            for place, attributes in enumerate(known):
                seen[row, place, : len(attributes)] = attributes
            told[row, : len(known)] = labels
            filled[row, : len(known)] = 1
        yield seen, told, filled, np.array([weight for _, _, weight in stretches], np.float32)


def fresh(size: int) -> Parameters:
    """Parameters before the first round: small and random."""
    keys = jax.random.split(jax.random.PRNGKey(schooling.SEED), 1 + len(INPUTS))
    found = {
        "named": 0.05 * jax.random.normal(keys[0], (size + 1, WIDTH)),
        "moves": jnp.zeros((len(TYPES), LABELS, LABELS)),
    }
    for key, (layer, width) in zip(keys[1:], INPUTS.items(), strict=True):
        wide = len(TYPES) * LABELS if layer == OUTPUT else WIDTH
        found[layer] = jax.random.normal(key, (width, wide)) / np.sqrt(width)
        found["always " + layer] = jnp.zeros(wide)
    return found


def loss(parameters: Parameters, part: tuple[Array, ...], key: Array) -> Array:
    """How unlikely the network calls the labels of a batch: a chain a clause and type, per piece."""
    seen, labels, filled, weights = part
    given = scores(parameters, seen, filled, key).reshape(*filled.shape, len(TYPES), LABELS)
    chained = filled[:, 1:]
    total = jnp.zeros(len(weights))
    for number in range(len(TYPES)):
        ours, told, moves = given[:, :, number], labels[:, :, number], parameters["moves"][number]
        rows = jnp.take_along_axis(ours, told[..., None], axis=2)[..., 0] * filled
        between = moves[told[:, :-1], told[:, 1:]] * chained
        total += everything({"moves": moves}, ours, filled, chained) - rows.sum(1) - between.sum(1)
    return (weights * total).sum() / (weights * filled.sum(1)).sum()


def scores(parameters: Parameters, seen: Array, filled: Array, key: Array) -> Array:
    """What `adviser.Adviser.scores` gives, while some attributes and values are hidden."""
    keys = jax.random.split(key, 3)
    shown = (seen > 0) & (jax.random.uniform(keys[0], seen.shape) > FORGOTTEN)
    own = jnp.tanh((parameters["named"][seen] * shown[..., None]).sum(axis=2) * SLOW) * filled[..., None]
    own = thinned(own, keys[1])
    padded = jnp.pad(own, ((0, 0), (REACH, REACH), (0, 0)))
    window = jnp.concatenate([padded[:, first : first + seen.shape[1]] for first in range(SPAN)], axis=-1)
    around = thinned(jnp.tanh(weighed(parameters, WINDOW, window)), keys[2])
    return weighed(parameters, OUTPUT, jnp.concatenate([own, around], axis=-1))
