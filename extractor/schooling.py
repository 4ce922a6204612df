"""Trains the network that stands beside the arbiter of roles; needs the extra `[train]`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array
from numpy.typing import NDArray

from extractor import arbiter, network
from extractor.clauses import Clause
from extractor.facts import names
from extractor.lesson import Lesson
from extractor.network import HIDDEN, INPUTS, NAMED, OUTPUT, REACH, SPAN, WIDTH, WINDOW

LENGTH = 64
"""Clauses that are learnt from together; longer windows are cut, at a paragraph where one ends in the second half."""
MOST = 96
"""Names of a clause that are looked at; hardly one has more."""
RAREST = 3
"""A name that fewer clauses have is left out."""
ROUNDS = 10
BATCH = 32
PACE = 2e-3
DECAY = 0.1
FORGOTTEN, DROPPED = 0.4, 0.3
"""The shares of names and of values that are hidden at every step, so that none is relied on alone."""
UNLIKE = 0.5
"""What a sample counts that is unlike the texts to come."""
SLOW = 0.25
"""Names are learnt at a quarter of the pace of layers."""
SAY = 0.75
"""What the network's scores count beside the arbiter's, chosen on documents left out."""
SEED = 1

Parameters: TypeAlias = dict[str, Array]
Name: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lot:
    """Stretches of clauses: the numbers of their names (0 for none), flags, labels, and which places are filled.

    `weights` is what each stretch counts, `near` which clauses are neighbours: all but titles, bylines and dates.
    """

    seen: NDArray[np.int32]
    flags: NDArray[np.float32]
    labels: NDArray[np.int32]
    filled: NDArray[np.float32]
    near: NDArray[np.float32]
    weights: NDArray[np.float32]


def train(taught: Sequence[Lesson], labels: Sequence[str]) -> dict[str, Any]:
    """The weights of the network, as they stand in `rules/network.json`; the same samples give the same weights."""
    shown = [list(named(lesson)) for lesson in taught]
    counts = Counter(name for clauses in shown for clause in clauses for name in clause)
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for kind, name in sorted(name for name, count in counts.items() if count >= RAREST):
        kept[kind].append(name)
    numbers = {name: number for number, name in enumerate(((kind, one) for kind in NAMED for one in kept[kind]), 1)}
    parameters = learnt(lot(taught, shown, numbers, labels), len(numbers), len(labels))
    values = {name: np.asarray(value, dtype=np.float64) for name, value in parameters.items()}
    for counted in (OUTPUT, "always " + OUTPUT, "moves"):
        values[counted] *= SAY
    layers = {layer: np.concatenate([values[layer], values["always " + layer][None]]) for layer in INPUTS}
    return network.as_json(labels, kept, SLOW * values["named"][1:], layers, values["moves"])


def named(lesson: Lesson) -> Iterator[list[Name]]:
    """The facts, the verb and the traits of every clause."""
    for known, wording in zip(lesson.facts, lesson.wordings, strict=True):
        facts = sorted(names(known).difference(arbiter.HIDDEN))
        verb = [(network.VERB, wording.verb)] if wording.verb else []
        yield [*((network.FACT, fact) for fact in facts), *verb, *wording.traits()]


def lot(
    taught: Sequence[Lesson], shown: Sequence[list[list[Name]]], numbers: dict[Name, int], labels: Sequence[str]
) -> Lot:
    """All lessons, cut into stretches."""
    cut = [(one, part) for one, lesson in enumerate(taught) for part in stretches(lesson.clauses)]
    size = (len(cut), LENGTH)
    found = Lot(
        seen=np.zeros((*size, MOST), np.int32),
        flags=np.zeros((*size, network.FLAGS), np.float32),
        labels=np.zeros(size, np.int32),
        filled=np.zeros(size, np.float32),
        near=np.zeros(size, np.float32),
        weights=np.ones(len(cut), np.float32),
    )
    for row, (one, part) in enumerate(cut):
        lesson = taught[one]
        length = part.stop - part.start
        for place, clause in enumerate(shown[one][part]):
            known = [numbers[name] for name in clause if name in numbers][:MOST]
            found.seen[row, place, : len(known)] = known
        found.flags[row, :length] = network.flags(lesson.clauses[part])
        found.labels[row, :length] = [labels.index(label) for label in lesson.labels[part]]
        found.filled[row, :length] = 1
        found.near[row, :length] = [arbiter.FRONT not in names(known) for known in lesson.facts[part]]
        found.weights[row] = UNLIKE if lesson.unlike else 1
    return found


def stretches(clauses: Sequence[Clause]) -> Iterator[slice]:
    """Parts of at most `LENGTH` clauses."""
    first = 0
    while first < len(clauses):
        end = min(len(clauses), first + LENGTH)
        ends = (n for n in range(end, first + LENGTH // 2, -1) if clauses[n - 1].paragraph != clauses[n].paragraph)
        if end < len(clauses):
            end = next(ends, end)
        yield slice(first, end)
        first = end


def learnt(shown: Lot, size: int, labels: int) -> Parameters:
    """The parameters after all rounds."""
    parts = (shown.seen, shown.flags, shown.labels, shown.filled, shown.near, shown.weights)
    return descended(fresh(size, labels), loss, [parts], ROUNDS, BATCH)


def descended(
    parameters: Parameters,
    loss: Callable[[Parameters, tuple[Array, ...], Array], Array],
    lots: Sequence[tuple[NDArray[Any], ...]],
    rounds: int,
    most: int,
) -> Parameters:
    """Parameters after some rounds of gradient descent, each over all lots, in batches of at most `most` rows in chance order.

    Args:
        loss: what is to be made small, of parameters, a batch and a key for what is left to chance.
        lots: arrays with a row for each example; rows of one lot have one shape.
    """
    chance = np.random.default_rng(SEED)
    sizes = [(len(lot[0]), min(most, len(lot[0]))) for lot in lots]
    steps = rounds * sum(size // batch for size, batch in sizes)
    if not steps:
        return parameters
    pace = optax.warmup_cosine_decay_schedule(0.0, PACE, max(1, steps // 10), steps, PACE / 100)
    rule = optax.adamw(pace, weight_decay=DECAY)
    state = rule.init(parameters)

    @jax.jit
    def stepped(
        parameters: Parameters, state: optax.OptState, part: tuple[Array, ...], key: Array
    ) -> tuple[Parameters, optax.OptState]:
        slope = jax.grad(loss)(parameters, part, key)
        updates, state = rule.update(slope, state, parameters)
        changed: Parameters = optax.apply_updates(parameters, updates)
        return changed, state

    key = jax.random.PRNGKey(SEED)
    for _ in range(rounds):
        orders = [chance.permutation(size) for size, _ in sizes]
        batches = [
            (lot, order[first : first + batch])
            for lot, order, (size, batch) in zip(lots, orders, sizes, strict=True)
            for first in range(0, size - batch + 1, batch)
        ]
        for number in chance.permutation(len(batches)) if len(lots) > 1 else range(len(batches)):
            lot, rows = batches[number]
            key, own = jax.random.split(key)
            parameters, state = stepped(parameters, state, tuple(jnp.asarray(values[rows]) for values in lot), own)
    return parameters


def fresh(size: int, labels: int) -> Parameters:
    """Parameters before the first round: small and random."""
    keys = jax.random.split(jax.random.PRNGKey(SEED), len(INPUTS) + 1)
    found = {"named": 0.1 * jax.random.normal(keys[0], (size + 1, WIDTH)), "moves": jnp.zeros((labels, labels))}
    for key, (layer, width) in zip(keys[1:], INPUTS.items(), strict=True):
        wide = labels if layer == OUTPUT else WIDTH
        found[layer] = jax.random.normal(key, (width, wide)) / np.sqrt(width)
        found["always " + layer] = jnp.zeros(wide)
    return found


def loss(parameters: Parameters, part: tuple[Array, ...], key: Array) -> Array:
    """How unlikely the network calls the labels of a batch: a chain a paragraph, per clause."""
    seen, flags, labels, filled, near, weights = part
    given = scores(parameters, seen, flags, near, key)
    chained = filled[:, 1:] * flags[:, 1:, 1]
    rows = jnp.take_along_axis(given, labels[..., None], axis=2)[..., 0] * filled
    between = parameters["moves"][labels[:, :-1], labels[:, 1:]] * chained
    return (weights * (everything(parameters, given, filled, chained) - rows.sum(1) - between.sum(1))).sum() / (
        weights * filled.sum(1)
    ).sum()


def everything(parameters: Parameters, given: Array, filled: Array, chained: Array) -> Array:
    """The logarithm of what all sequences of labels weigh together, stretch by stretch."""

    def onward(before: Array, here: tuple[Array, Array, Array]) -> tuple[Array, None]:
        scored, full, chain = here
        moves = parameters["moves"] * chain[:, None, None]
        after = jax.nn.logsumexp(before[:, :, None] + moves, axis=1) + scored
        return jnp.where(full[:, None] > 0, after, before), None

    along = (given[:, 1:].swapaxes(0, 1), filled[:, 1:].T, chained.T)
    last, _ = jax.lax.scan(onward, given[:, 0], along)
    return jax.nn.logsumexp(last, axis=1)


def scores(parameters: Parameters, seen: Array, flags: Array, near: Array, key: Array) -> Array:
    """What `network.Network.scores` gives, while some names and values are hidden."""
    keys = jax.random.split(key, 3)
    shown = (seen > 0) & (jax.random.uniform(keys[0], seen.shape) > FORGOTTEN)
    own = jnp.tanh((parameters["named"][seen] * shown[..., None]).sum(axis=2) * SLOW)
    joined = thinned(jnp.tanh(weighed(parameters, HIDDEN, own)), keys[1])
    told = jnp.concatenate([joined, flags], axis=-1) * near[..., None]
    padded = jnp.pad(told, ((0, 0), (REACH, REACH), (0, 0)))
    window = jnp.concatenate([padded[:, first : first + LENGTH] for first in range(SPAN)], axis=-1)
    around = thinned(jnp.tanh(weighed(parameters, WINDOW, window)), keys[2])
    return weighed(parameters, OUTPUT, jnp.concatenate([joined, around], axis=-1))


def weighed(parameters: Parameters, layer: str, values: Array) -> Array:
    """Values times the weights of a layer."""
    return values @ parameters[layer] + parameters["always " + layer]


def thinned(values: Array, key: Array) -> Array:
    """Values of which some are hidden and the others stand for them."""
    return values * (jax.random.uniform(key, values.shape) > DROPPED) / (1 - DROPPED)
