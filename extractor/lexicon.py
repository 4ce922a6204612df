"""What a word is by itself, whatever stands around it: what the model of names sees of every piece of a clause.

Traits are short strings: `w:` the word, `t:` jieba's tag, `s:` and `S:` its last one and two characters, `p:` its first,
`n` its length, `c:` the word lists that hold it, `x:` what names of its kind end in, `g:` what the gazetteer knows of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TypeAlias

from extractor import gazetteer, vocabulary
from extractor.rulebook import Keyed, Rulebook
from extractor.vocabulary import Vocabulary

LISTS = (
    *("adverb", "verb_action", "verb_framing", "verb_outcome"),
    *("org_firm", "org_generic", "org_ministry", "policy_generic"),
    *("place_common_word", "place_country", "place_generic", "place_prefecture", "place_province", "place_region"),
    *("place_setting", "place_stop", "project_facility", "project_generic", "project_govern", "project_national"),
    *("project_object", "project_opener", "project_ordinary", "project_sector", "project_verb", "project_work"),
)
"""Word lists whose members are told apart."""
BUILT = tuple(name for name in LISTS if name.startswith("project"))
GOVERNING = ("project_govern", "verb_action", "project_opener", "verb_framing", "verb_outcome")
PLACED = frozenset(("g:full", "g:county", "g:town"))
"""The traits of what may be a division."""
COUNTIES, TOWNSHIPS = ("县", "市", "区", "旗"), ("镇", "乡", "街道")
NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]+$")
SIGN = re.compile(r"\W+$")
LATIN = re.compile("[A-Za-z]")
REMEMBERED = 2**15
"""Words, and what is known of them, that are kept; more are forgotten, so that memory stays bounded."""
KINDS = (("numeral", NUMERAL), ("sign", SIGN), ("latin", LATIN))
SPOTS = ("nr", "ns", "nt")
QUOTES = frozenset("“《")
ORGANS = frozenset("局委厅")
"""What the names of organs end in."""
NAMING = (
    *("org_firm", "org_ministry", "place_country", "place_prefecture", "place_province", "place_region"),
    *("project_facility", "project_work", "project_national"),
)
"""Word lists of names and of what names end in."""
LEADING = frozenset("会由向报对至到以从把在经同与和及将请")
TRAILING = frozenset("要将在会等把至到")
"""Function words that jieba joins to a name that it does not know: 会同县, 委将."""
STOPS = frozenset("、,;:。!?·—")
BORDERS = STOPS | frozenset("的了着把将被让使等以从向由为在对与和及至到给于按是") | {"以及"}
"""What ends a run of words."""
LONGEST, SIZED = 5, 4
Pair: TypeAlias = tuple[str, str]
"""A word and jieba's tag."""
BY_ITSELF, BESIDE, AFAR = "0", ("-1", "1"), ("-2", "2")
GOVERNS, ENDS, FOLLOWS = "gov", "end", "behind"
SEATS = (BY_ITSELF, *BESIDE, *AFAR, GOVERNS, ENDS, FOLLOWS)
"""Where a word stands to the piece that is judged: it is that piece, stands next to it or one farther on, is the nearest
verb before it, ends its run of words, or follows on that run."""
SEEN_AFAR = ("w:", "t:", "c:", "g:", "x:", "v", "sign", "ground")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The word lists, what names end in, the ordinary words and the full names of divisions."""

    lists: Mapping[str, frozenset[str]] = field(repr=False)
    classes: frozenset[str] = field(repr=False)
    grounds: frozenset[str] = field(repr=False)
    heads: frozenset[str] = field(repr=False)
    ordinary: Vocabulary = field(repr=False)
    divisions: frozenset[str] = field(repr=False)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs that govern names."""
        return frozenset().union(*(self.lists[name] for name in GOVERNING))

    @cached_property
    def listed(self) -> Mapping[str, Sequence[str]]:
        """The traits that tell the word lists of a word."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, words in self.lists.items():
            for word in words:
                found[word].append(f"c:{name}")
        return found

    @cached_property
    def known(self) -> Callable[[Pair], Sequence[str]]:
        """`traits`, remembered for the words met last."""
        return lru_cache(maxsize=REMEMBERED)(lambda pair: self.traits(*pair))

    @cached_property
    def opening(self) -> Callable[[Pair], str]:
        """What a name that begins with a word opens with: its tag, and whether it is `placed` or `new`; remembered."""

        def opens(pair: Pair) -> str:
            own = self.known(pair)
            placed = " placed" if not PLACED.isdisjoint(own) else ""
            return f"t:{pair[1]}{placed}{' new' if len(pair[0]) > 1 and 'v' not in own else ''}"

        return lru_cache(maxsize=REMEMBERED)(opens)

    @cached_property
    def closing(self) -> Callable[[Pair], str]:
        """What a name that ends with a word closes with: `ground`, and the traits that tell its kind; remembered."""
        return lru_cache(maxsize=REMEMBERED)(
            lambda pair: " ".join(
                trait for trait in self.known(pair) if trait == "ground" or trait.startswith(("c:", "x:"))
            )
        )

    @cached_property
    def loose(self) -> Callable[[Pair], Sequence[Pair]]:
        """`loosened`, remembered for the words met last."""
        return lru_cache(maxsize=REMEMBERED)(lambda pair: self.loosened(*pair))

    @cached_property
    def flags(self) -> Callable[[Pair], tuple[bool, bool, int]]:
        """Whether a word governs, whether it ends a run, and what it builds (`building`), remembered."""
        return lru_cache(maxsize=REMEMBERED)(
            lambda pair: (
                pair[0] in self.verbs or (pair[1] in ("v", "p") and len(pair[0]) > 1),
                pair[0] in BORDERS,
                self.building.get(pair[0], 0),
            )
        )

    @cached_property
    def telling(self) -> Callable[[Pair], bool]:
        """Whether a clause that holds a word may hold a name, remembered: most clauses hold no such word."""
        return lru_cache(maxsize=REMEMBERED)(lambda pair: self.tells(*pair))

    def tells(self, word: str, tag: str) -> bool:
        """Whether a word is tagged a person, place or organization, opens a quotation, is in a list of names, or ends as they do."""
        if tag.startswith(SPOTS) or word in QUOTES or word in self.naming:
            return True
        return len(word) > 1 and (word[-2:] in self.classes or word[-2:] in self.heads or word[-1] in ORGANS)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The words of the lists of names and of what names end in."""
        return frozenset().union(*(self.lists[name] for name in NAMING))

    @cached_property
    def covered(self) -> Callable[[str], bool]:
        """Whether a word is made of ordinary words, remembered."""
        return lru_cache(maxsize=REMEMBERED)(self.ordinary.covers)

    @cached_property
    def building(self) -> Mapping[str, int]:
        """The number of the first list of what is built that holds a word, from 1."""
        numbered = list(enumerate(BUILT, 1))
        return {word: number for number, name in reversed(numbered) for word in self.lists[name]}

    def loosened(self, word: str, tag: str) -> Sequence[Pair]:
        """A word that is not ordinary without the function words at its ends, and these; empty where there are none."""
        if len(word) < 2 or word in self.ordinary.words or SIGN.match(word):
            return ()
        leads = word[0] in LEADING and not self.placed(word)
        trails = word[-1] in TRAILING and len(word) > 1 + leads
        parts = ((word[:leads], "p"), (word[leads : len(word) - trails], "n"), (word[len(word) - trails :], "p"))
        return tuple(part for part in parts if part[0]) if leads or trails else ()

    def traits(self, word: str, tag: str) -> list[str]:
        """All that is known of a word; every word has the trait `any`."""
        found = ["any", f"w:{word}", f"t:{tag}", f"n{min(len(word), LONGEST)}", f"s:{word[-1]}", f"p:{word[0]}"]
        if len(word) > 2:
            found.append(f"S:{word[-2:]}")
        found += self.listed.get(word, ())
        found += self.commonness(word)
        if word[-1] in self.grounds:
            found += ["ground", f"ground{min(len(word), SIZED)}{tag[:2]}"]
        found += self.placed(word)
        if len(word) > 1 and (ending := next((end for end in (word[-2:], word[-1]) if end in self.classes), "")):
            found.append(f"x:{ending}")
        return found

    def commonness(self, word: str) -> list[str]:
        """Whether a word is ordinary (`v`), made of ordinary words (`vs`), a numeral, a sign, Latin, or none of these."""
        kinds = [name for name, pattern in KINDS if pattern.match(word)]
        if word in self.ordinary.words:
            return [*kinds, "v"]
        if len(word) > 1 and self.covered(word):
            return [*kinds, "vs"]
        return kinds or (["new"] if len(word) > 1 else [])

    def placed(self, word: str) -> list[str]:
        """What division a word may be: one by its full name, or the short name of a county or a township."""
        if len(word) < 2:
            return []
        if word in self.divisions:
            return ["g:full"]
        if not self.divisions.isdisjoint([word + kind for kind in COUNTIES]):
            return ["g:county"]
        common = word in self.ordinary.words
        return [] if common or self.divisions.isdisjoint([word + kind for kind in TOWNSHIPS]) else ["g:town"]

    def seen(self, word: str, tag: str) -> dict[str, list[str]]:
        """The traits of a word by its seat: from afar fewer are seen."""
        own = list(self.known((word, tag)))
        near = [trait for trait in own if not trait.startswith("p:")]
        far = [trait for trait in own if trait.startswith(SEEN_AFAR)]
        return {
            BY_ITSELF: own,
            **dict.fromkeys(BESIDE, near),
            **dict.fromkeys(AFAR, far),
            GOVERNS: [f"w:{word}"],
            ENDS: [f"w:{word}", f"s:{word[-1]}"],
            FOLLOWS: [f"w:{word}"],
        }


def load(rulebook: Rulebook) -> Lexicon:
    """The lexicon of a rulebook, made once."""
    return read(Keyed(rulebook.digest, rulebook))


@cache
def read(keyed: Keyed) -> Lexicon:
    """`load` by the digest of the rules."""
    book = keyed.rulebook
    known = gazetteer.load(book.folder / "places")
    return Lexicon(
        {name: frozenset(book.words[name]) for name in LISTS},
        frozenset(book.words["name_class"]),
        frozenset(book.words["name_ground"]),
        frozenset(book.words["name_head"]),
        vocabulary.load(book.folder / "vocabulary"),
        frozenset(known.spelled),
    )
