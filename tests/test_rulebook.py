"""Reading `rules/`: named parts, word lists, digests, and one clear message for whatever is broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor import rulebook
from extractor.rulebook import Decision, Rule, Rulebook, RuleError

EXAMPLES = 'positive = ["⟦修渠⟧"]\nnegative = ["架桥"]\n'


def rule(name: str, *lines: str) -> str:
    return "\n".join(["[[rule]]", f'id = "{name}"', 'description = "试"', *lines, EXAMPLES])


def written(folder: Path, files: dict[str, str]) -> Path:
    """A rules folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


BROKEN = {
    "not TOML": ({"verb.toml": "[[rule]\n"}, "verb.toml: not valid TOML"),
    "a duplicate key": ({"verb.toml": rule("verb.a", "pattern = '修'", "pattern = '架'")}, "verb.toml: not valid TOML"),
    "a misspelt key": ({"verb.toml": rule("verb.a", "patern = '修'")}, "verb.toml: rule.0.patern"),
    "no examples": ({"verb.toml": '[[rule]]\nid = "verb.a"\ndescription = "试"\n'}, "verb.toml: rule.0.positive"),
    "an id used twice": (
        {"verb.toml": rule("verb.a", "pattern = '修'") + rule("verb.a", "pattern = '架'")},
        "verb.toml: verb.a: this id is used twice",
    ),
    "an id of another file": (
        {"verb.toml": rule("tense.a", "pattern = '修'")},
        "tense.a: ids in this file start with 'verb'",
    ),
    "no pattern and no phrases": ({"verb.toml": rule("verb.a")}, "verb.a: give either pattern or phrases"),
    "pattern and phrases": (
        {"verb.toml": rule("verb.a", "pattern = '修'", "phrases = ['架']")},
        "verb.a: give either pattern or phrases",
    ),
    "a pattern that does not compile": (
        {"verb.toml": rule("verb.a", "pattern = '(修'")},
        "verb.a: the pattern does not compile",
    ),
    "an exception that does not compile": (
        {"verb.toml": rule("verb.a", "pattern = '修'", "unless = ['[修']")},
        "verb.a: the pattern does not compile",
    ),
    "an unknown part": ({"verb.toml": rule("verb.a", "pattern = '⟨when⟩修'")}, "verb.a: unknown part ⟨when⟩"),
    "an unknown word list": ({"verb.toml": rule("verb.a", "pattern = '⟨words/none⟩修'")}, "unknown part ⟨words/none⟩"),
}


@pytest.mark.parametrize(("files", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_with_its_rule(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(RuleError, match=re.escape(message)) as caught:
        compile_all(rulebook.load(written(tmp_path / "rules", files)))
    assert "\n" not in str(caught.value)


def compile_all(book: Rulebook) -> None:
    """Patterns are compiled when they are first used."""
    for found in book.rules.values():
        assert found.regex
        assert found.exceptions is None or found.exceptions.pattern


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"nowhere: no such rules folder"):
        rulebook.load(tmp_path / "nowhere")


def test_a_folder_with_some_of_the_models_is_no_folder_of_rules(tmp_path: Path) -> None:
    """A missing network would change what is said without a word."""
    assert rulebook.load(written(tmp_path / "none", {"rules.toml": ""})).arbiter is None
    whole = rulebook.load(written(tmp_path / "all", dict.fromkeys(rulebook.MODELS, "{}")))
    assert whole.arbiter == tmp_path / "all" / "arbiter.json"
    for missing in rulebook.MODELS:
        others = {name: "{}" for name in rulebook.MODELS if name != missing}
        with pytest.raises(RuleError, match=f": {missing} missing beside"):
            rulebook.load(written(tmp_path / f"without {missing}", others))


def test_parts_and_word_lists_are_filled_in(tmp_path: Path) -> None:
    files = {
        "words/verb.txt": "# 动词\n修\n修建  # 长词在前\n\n架\n",
        "verb.toml": "[parts]\nwhen = '今年|明年'\nboth = '⟨when⟩⟨words/verb⟩'\n\n"
        + rule("verb.a", "pattern = '^⟨both⟩桥'", "unless = ['⟨when⟩架']"),
    }
    book = rulebook.load(written(tmp_path / "rules", files))
    assert book.words["verb"] == ("修", "修建", "架")
    assert book.rules["verb.a"].regex.fullmatch("明年修建桥")
    assert not book.rules["verb.a"].regex.match("年修桥")
    exceptions = book.rules["verb.a"].exceptions
    assert exceptions is not None
    assert exceptions.search("今年架桥")


def test_phrases_match_the_longest_first_and_literally() -> None:
    found = Rule(id="verb.a", description="", positive=(), negative=(), phrases=("修", "修建", "a.c"))
    assert found.regex.findall("修建abc修a.c") == ["修建", "修", "a.c"]
    assert found.exceptions is None


def test_families_tables_and_verbs_keep_file_and_line_order(tmp_path: Path) -> None:
    row = '[[decision]]\nid = "roles.{0}"\ndescription = ""\ngives = "other"\npositive = []\nnegative = []\n'
    files = {
        "words/verb_action.txt": "修建\n",
        "words/verb_outcome.txt": "提高\n",
        "words/noun.txt": "渠\n",
        "b.toml": rule("b.z", "pattern = '修'") + rule("b.a", "pattern = '架'"),
        "a.toml": rule("a.a", "pattern = '植'"),
        "roles.toml": row.format("z") + row.format("a"),
    }
    book = rulebook.load(written(tmp_path / "rules", files))
    assert list(book.rules) == ["a.a", "b.z", "b.a"]
    assert [found.id for found in book.family("b")] == ["b.z", "b.a"]
    assert [found.id for found in book.tables["roles"]] == ["roles.z", "roles.a"]
    assert list(book.tables) == ["roles"]
    assert book.verbs == {"修建", "提高"}


def test_equal_digests_mean_equal_rules(tmp_path: Path) -> None:
    files = {"verb.toml": rule("verb.a", "pattern = '修'"), "words/verb.txt": "修\n"}
    same, again = written(tmp_path / "one", files), written(tmp_path / "two", files)
    assert rulebook.digest(same) == rulebook.digest(again)
    written(again, {"words/verb.txt": "修\n架\n"})
    assert rulebook.digest(same) != rulebook.digest(again)
    (same / "words/verb.txt").rename(same / "words/verbs.txt")
    assert rulebook.digest(same) != rulebook.digest(again)


def test_the_shipped_rules_load_once(book: Rulebook) -> None:
    assert rulebook.load() is book
    assert len(book.rules) >= 100
    assert len(book.decisions) >= 40
    assert len(book.verbs) >= 300
    assert len(book.digest) == 64


def test_every_shipped_word_list_holds_words_once(book: Rulebook) -> None:
    assert len(book.words) >= 30
    for name, words in book.words.items():
        assert words, name
        assert len(set(words)) == len(words), f"{name}: {[word for word in words if words.count(word) > 1]}"


def test_every_shipped_decision_asks_for_facts_that_exist(book: Rulebook) -> None:
    families = {name.partition(".")[0] for name in book.rules}
    for row in book.decisions.values():
        for fact in (*row.all, *row.any, *row.none):
            if fact.partition(".")[0] in families:
                assert fact in book.rules or derived(fact), f"{row.id} asks for {fact}, which no rule gives"


def derived(fact: str) -> bool:
    """Facts that stages add under the name of a rule family."""
    return fact in {"tag", "voice.own", "period.past", "period.ahead"} or fact.startswith(("tag.", "doc."))


def test_tables_end_in_a_row_without_conditions(book: Rulebook) -> None:
    for name in ("roles", "kind"):
        last = book.tables[name][-1]
        assert (last.all, last.any, last.none) == ((), (), ()), last.id


def test_rules_and_rows_are_frozen_and_closed() -> None:
    row = Decision(id="roles.a", description="", positive=(), negative=(), gives="other")
    with pytest.raises(ValueError, match="frozen"):
        row.gives = "tail"
    with pytest.raises(ValueError, match="extra"):
        Decision.model_validate({**row.model_dump(), "role": "tail"})
