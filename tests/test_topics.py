"""Topics: what the word list gives, how weights and titles add up, and that a faulty list is named."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from conftest import Extract

from extractor import checking, rulebook, topics
from extractor.topics import About

ROOT = Path(__file__).parent.parent
OURS = topics.load(rulebook.load().topics)
SCHEME = [
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
]
TRIAL = """
enough = 2.0
beside = 0.6
[titles]
pledge = 0.8
section = 0.5
document = 0.25
[[topic]]
name = "学"
positive = ["建小学", "建中学"]
negative = ["修路", "大学路"]
[topic.words]
3 = "小学 中学"
1 = "学生 老师"
0 = "大学路"
[[topic]]
name = "路"
positive = ["大学路", "修公路"]
negative = ["建小学", "学生"]
[topic.words]
2 = "路 公路"
1 = "车"
"""


@pytest.fixture
def trial(tmp_path: Path) -> topics.Classifier:
    path = tmp_path / "topics.toml"
    path.write_text(TRIAL, encoding="utf-8")
    return topics.load(path)


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("建小学", About(), ("学",)),
        ("给学生", About(), ()),
        ("给学生、给老师", About(), ("学",)),
        ("学生、学生", About(), ()),
        ("建小学、修路", About(), ("学", "路")),
        ("建小学、中学，修路", About(), ("学",)),
        ("修大学路", About(), ("路",)),
        ("建好", About(), ()),
        ("建好", About(pledge="办小学"), ("学",)),
        ("建好", About(section=("一、小学",)), ()),
        ("建好", About(section=("一、小学", "（一）中学")), ("学",)),
        ("建好", About(document="小学中学规划"), ()),
        ("送学生", About(section=("一、小学",)), ("学",)),
        ("", About(), ()),
    ],
    ids=repr,
)
def test_weights_add_up(text: str, about: About, expected: tuple[str, ...], trial: topics.Classifier) -> None:
    assert trial.topics(text, about) == expected


def test_the_topics_are_those_of_the_policy_library() -> None:
    assert [topic.name for topic in OURS.scheme.topic] == SCHEME


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('1 = "车"', '1 = "路"'), "路: 路 is listed twice; keep one of its weights"),
        (("beside = 0.6", "besides = 0.6"), "beside: Field required; see an existing topic"),
        (("beside = 0.6", "beside = "), "not valid TOML"),
        (("beside = 0.6", "beside = 2"), "beside: Input should be less than or equal to 1"),
    ],
    ids=["twice", "misspelt", "no TOML", "out of range"],
)
def test_a_faulty_list_is_named(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(TRIAL.replace(*change), encoding="utf-8")
    with pytest.raises(rulebook.RuleError) as caught:
        topics.load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(rulebook.RuleError, match="cannot be read"):
        topics.load(tmp_path / "topics.toml")


def test_examples_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    text = (
        TRIAL.replace('"建中学"]', '"修大路"]')
        .replace('["建小学", "学生"]', '["公路"]')
        .replace('"大学路"\n', '"大学路 中路"\n')
    )
    path.write_text(text, encoding="utf-8")
    assert list(map(str, checking.check_topics(topics.load(path)))) == [
        "topics 学: is given 路: 修大路",
        "topics 学: of weight 0, but hides no word of this topic: 大学路",
        "topics 学: of weight 0, but hides no word of this topic: 中路",
        "topics 路: has 1 negative examples, needs 2",
        "topics 路: near miss is given this topic: 公路",
    ]


def test_our_examples_hold() -> None:
    assert list(checking.check_topics(OURS)) == []


def test_records_carry_their_topics(extract: Extract) -> None:
    first, second = extract("下一步，新建两所小学。一抓到底。")
    assert (first.topic, first.topics) == ("科技、教育", ("科技、教育",))
    assert (second.topic, second.topics) == (None, ())


def test_topics_are_told_as_well_as_the_readme_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    module = importlib.import_module("topics")
    judged = module.score("judge")
    assert len(list(module.labelled("develop"))) == 400
    assert len(list(module.labelled("judge"))) == 200
    assert f"macro-F1 of {judged.macro:.2f}" in (ROOT / "README.md").read_text(encoding="utf-8")
