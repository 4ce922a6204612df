"""Runs the examples that rules carry: a hit is exactly the marked span, a near miss stays silent.

`⟦…⟧` marks the hits of a rule in its own examples. In the rows of a decision table it marks the one clause that the
row must decide (in `positive`) or must not decide (in `negative`), the whole pipeline running over the example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import clauses, matching, topics
from extractor.literals import alternatives
from extractor.pipeline import load
from extractor.rulebook import Decision, Rule, Rulebook

MARK = re.compile("[⟦⟧]")
MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)
FEWEST = 2
"""Examples of each sort that a rule must carry."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a rule's examples contradict."""

    rule: str
    example: str
    reason: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}: {self.example}" if self.example else f"{self.rule}: {self.reason}"


def check(rulebook: Rulebook) -> list[Fault]:
    """Every fault of every rule, decision row and topic, in order."""
    found: list[Fault] = []
    for rule in rulebook.rules.values():
        found += check_rule(rule)
    for row in rulebook.decisions.values():
        found += check_decision(row)
    return [*found, *check_topics(topics.load(rulebook.topics))]


def check_rule(rule: Rule) -> Iterator[Fault]:
    """The faults of one matcher."""
    yield from check_counts(rule.id, rule)
    for example in rule.positive:
        if spans(rule, example) != marked_spans(example):
            yield Fault(rule.id, example, f"matches {found_words(rule, example) or 'nothing'}")
    for example in rule.negative:
        if words := found_words(rule, example):
            yield Fault(rule.id, example, f"near miss matches {words}")
    for example in rule.known_gap:
        if spans(rule, example) == marked_spans(example):
            yield Fault(rule.id, example, "known gap is closed: move it to positive or negative")
    yield from check_unless(rule)
    yield from check_alternatives(rule)


def check_counts(name: str, row: Rule | Decision | topics.Topic) -> Iterator[Fault]:
    """Whether there are enough different examples of both sorts."""
    for sort, examples in (("positive", row.positive), ("negative", row.negative)):
        if len(set(examples)) < FEWEST:
            yield Fault(name, "", f"has {len(set(examples))} {sort} examples, needs {FEWEST}")


def check_unless(rule: Rule) -> Iterator[Fault]:
    """Whether each exception keeps some example right."""
    for number, exception in enumerate(rule.unless):
        without = changed(rule, unless=(*rule.unless[:number], *rule.unless[number + 1 :]))
        same = all(spans(without, example) == spans(rule, example) for example in (*rule.negative, *rule.positive))
        if same:
            yield Fault(rule.id, "", f"no example needs exception {number + 1}, {exception[:60]}")


def check_alternatives(rule: Rule) -> Iterator[Fault]:
    """Whether each alternative at the top of a pattern is used by some example."""
    options = alternatives(rule.pattern) if rule.pattern else rule.phrases
    if len(options) < 2:
        return
    for number, option in enumerate(options):
        rest = (*options[:number], *options[number + 1 :])
        without = changed(rule, pattern="|".join(rest)) if rule.pattern else changed(rule, phrases=rest)
        if all(spans(without, example) == marked_spans(example) for example in rule.positive):
            yield Fault(rule.id, "", f"no example needs alternative {number + 1}, {option[:60]}")


def changed(rule: Rule, **fields: object) -> Rule:
    """The rule with other fields, compiled anew."""
    return Rule.model_validate({**rule.model_dump(), **fields})


def spans(rule: Rule, example: str) -> list[tuple[int, int]]:
    """Where a rule matches in an example."""
    text = MARK.sub("", example)
    cut = clauses.split(text)
    return sorted((m.start, m.end) for m in matching.find([rule], clauses.view(folded(text), cut)))


def folded(text: str) -> str:
    """An example as matchers see it."""
    from extractor.normalisation import heal

    healed = heal(text)
    return healed.folded if len(healed.folded) == len(text) else text


def marked_spans(example: str) -> list[tuple[int, int]]:
    """The marked spans of an example, as offsets into it without the marks."""
    return [
        (found.start() - 2 * number, found.end() - 2 * (number + 1))
        for number, found in enumerate(MARKED.finditer(example))
    ]


def found_words(rule: Rule, example: str) -> str:
    """What a rule matches in an example, for messages."""
    text = MARK.sub("", example)
    return "、".join(text[start:end] for start, end in spans(rule, example))


def check_decision(row: Decision) -> Iterator[Fault]:
    """The faults of one row of a decision table."""
    yield from check_counts(row.id, row)
    for example in row.positive:
        if row.id not in (deciders := decided(example, row.id.startswith("arbiter."))):
            yield Fault(row.id, example, f"decided by {'、'.join(deciders) or 'nothing'}")
    for example in row.negative:
        deciders = decided(example, row.id.startswith("arbiter."))
        if not deciders:
            yield Fault(row.id, example, "near miss marks no clause")
        elif row.id in deciders:
            yield Fault(row.id, example, "near miss is decided by this row")


def check_topics(classifier: topics.Classifier) -> Iterator[Fault]:
    """The faults of the topics: an example that another topic gets, a near miss that this one does, a word in vain."""
    for topic in classifier.scheme.topic:
        place = f"topics {topic.name}"
        yield from check_counts(place, topic)
        for example in topic.positive:
            if topic.name not in (given := classifier.topics(example)):
                yield Fault(place, example, f"is given {'；'.join(given) or 'nothing'}")
        for example in topic.negative:
            if topic.name in classifier.topics(example):
                yield Fault(place, example, "near miss is given this topic")
        for word in topic.words.get(0, ()):
            if not any(other in word for weight, words in topic.words.items() if weight for other in words):
                yield Fault(place, word, "of weight 0, but hides no word of this topic")


def decided(example: str, arbiter: bool = False) -> Sequence[str]:
    """The rows that decided the marked clause: its role, and its kind where it is a commitment."""
    wanted = MARKED.search(example)
    text = MARK.sub("", example)
    nlp = load(arbiter=arbiter)
    doc = nlp(text)
    start = wanted.start() if wanted else 0
    rows = [
        verdict.rule
        for clause, verdict in zip(doc._.clauses, doc._.verdicts, strict=True)
        if doc._.text.raw_span(clause.start, clause.end)[0] == start
    ]
    kinds = [
        rule
        for record in doc._.commitments
        if record.head.start == start
        for rule in record.rules
        if rule.startswith(("kind.", "arbiter."))
    ]
    return [*rows, *kinds]
