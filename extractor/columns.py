"""What stands in the tables: one row a column, with its headers, its meaning and how it is got from a record.

The data dictionary (`columns.csv`, `outputs/README.md`), the headers in both languages, the types in pandas, Parquet
and SQLite, and the tables themselves all come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, Literal, TypeVar, get_args

from extractor import records
from extractor.cells import PATH, Cell, bodies, field, fields, joined, norm, norms, number, other_codes, sole, texts
from extractor.records import Commitment, Entity, Pledge

Header = Literal["en", "zh"]
Kind = Literal["id", "text", "list", "category", "date", "integer", "decimal"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """How the cells of a kind are written: type in pandas, type in SQLite, convention in English and in Chinese."""

    pandas: str
    sqlite: str
    english: str
    chinese: str


KINDS: Mapping[Kind, Form] = {
    "id": Form("str", "TEXT", "a key, never read as a number", "键，不作数字读取"),
    "text": Form("str", "TEXT", "as printed; empty where the text does not say", "照录原文；原文未写明的为空"),
    "list": Form("str", "TEXT", "members joined by ； in text order", "按原文顺序，以“；”分隔"),
    "category": Form("category", "TEXT", "one of the values listed", "取所列各值之一"),
    "date": Form("datetime64[us]", "TEXT", "ISO 8601, day", "ISO 8601 日期"),
    "integer": Form("Int64", "INTEGER", "a whole number", "整数"),
    "decimal": Form(
        "float64",
        "REAL",
        "in CSV an exact decimal or fraction, elsewhere the nearest binary number",
        "CSV 中为精确的小数或分数，其他格式为最接近的浮点数",
    ),
}
"""The kinds of columns."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: machine name (the English header), meaning in English, Chinese header, meaning in Chinese, kind, value.

    `values` are what a `category` may be.
    """

    name: str
    english: str
    chinese: str
    description: str
    kind: Kind
    value: Callable[[T], Cell]
    values: tuple[str, ...] = ()

    def header(self, language: Header) -> str:
        """The header in a language."""
        return self.chinese if language == "zh" else self.name

    def typed(self) -> Callable[[T], Cell | float]:
        """What gives the cell of a row with decimals and fractions as the nearest binary numbers."""
        value = self.value
        if self.kind != "decimal":
            return value

        def nearest(row: T) -> Cell | float:
            found = value(row)
            return number(found) if isinstance(found, str) else found

        return nearest


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A row of `entities.csv`: an entity and the commitment that holds it."""

    commitment: Commitment
    entity: Entity


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A row of `pledges.csv`: an enumerated item, the first commitment under it and how many there are."""

    pledge: Pledge
    first: Commitment
    commitments: int


# A column a line, however long: a table to be read down.
# fmt: off
COMMITMENTS: tuple[Column[Commitment], ...] = (
    Column("id", "key of the commitment", "承诺编号", "承诺的唯一编号，同一文件总是相同", "id", lambda c: c.id),
    Column("text", "the commitment: lead-ins, main clause and tails, page breaks healed", "承诺原文", "领起语、主句与补充，跨页断行已接合", "text", lambda c: c.text),
    Column("pledge_label", "its enumerator (一是, （二）)", "条目序号", "条目的序号，如“一是”“（二）”", "text", field("pledge.label")),
    Column("pledge_title", "title of its item", "条目标题", "条目的标题句", "text", field("pledge.title")),
    Column("kind", "what it is", "类型", "举措 action、指标 target 或要求 directive", "category", lambda c: c.kind, get_args(records.Kind)),
    Column("strength", "how firm it is", "力度", "坚决 firm、计划 planned、愿望 aspirational 或探索 exploratory", "category", lambda c: c.strength, get_args(records.Strength)),
    Column("specificity", "3 measurable and dated, 2 concrete act or named object, 1 direction only", "具体程度", "3 可衡量且有时限，2 有具体举措或点名对象，1 仅有方向", "integer", lambda c: c.specificity),
    Column("review", "why a person should look at it", "需复核", "需要人工复核的原因", "text", lambda c: c.review),
    Column("topic", "most likely topic of the State Council's policy library, empty when unsure", "主题", "最可能的主题，依国务院政策文件库的分类；拿不准则空", "text", lambda c: c.topic),
    Column("topics", "all its topics, the most likely first", "全部主题", "全部主题，最可能的在先", "list", lambda c: joined(c.topics)),
    Column("actor", "who is bound", "责任主体", "作出承诺的一方", "text", lambda c: c.actor),
    Column("action", "verb of the main clause", "动作", "主句的动词", "text", lambda c: c.action),
    Column("object", "what the verb is done to", "对象", "动作的对象", "text", lambda c: c.object),
    Column("lead", "bodies that lead", "牵头", "牵头单位", "list", bodies("lead")),
    Column("partners", "bodies that assist", "配合", "配合单位", "list", bodies("partners")),
    Column("deadline", "by when, as printed", "时限", "时限原文", "text", field("deadline.text")),
    Column("deadline_start", "first day of the time, empty for `by`", "时限起", "时限的首日，“……前”则为空", "date", field("deadline.start_date")),
    Column("deadline_end", "last day", "时限止", "时限的末日", "date", field("deadline.end_date")),
    Column("deadline_basis", "who says so: the clause, its lead-in or heading, or the year or years that the document plans for", "时限依据", "本句写明 explicit、承自领起语或标题 inherited、文件所计划的年份 document_year", "category", field("deadline.basis"), get_args(records.Basis)),
    Column("quantities", "quantities as printed", "数量", "数量原文", "list", texts("QUANTITY")),
    Column("quantity_norms", "comparator, value and unit of each quantity, ? for none", "数量规范值", "各数量的比较符、数值、单位，无则为 ?", "list", norms("QUANTITY")),
    Column("projects", "named projects", "项目", "点名的项目、工程、行动", "list", texts("PROJECT")),
    Column("locations", "named places", "地点", "点名的地点", "list", texts("LOCATION")),
    Column("divisions", "code and path of each place, ｜ between candidates, ? for none", "行政区划", "各地点的区划代码与路径，多个候选以“｜”分隔，无则为 ?", "list", norms("LOCATION")),
    Column("organizations", "named bodies", "机构", "点名的机构", "list", texts("ORG")),
    Column("times", "times as printed", "时间", "时间原文", "list", texts("TIME")),
    Column("time_norms", "first and last day of each time (`../2025-12-31`), ? for none", "时间规范值", "各时间的起止日期，如 ../2025-12-31，无则为 ?", "list", norms("TIME")),
    Column("policies", "named policies", "政策文件", "点名的文件、法规、规划", "list", texts("POLICY")),
    Column("speaker", "who speaks", "讲话人", "讲话人姓名", "text", field("speech.speaker")),
    Column("position", "office of the speaker", "职务", "讲话人职务", "text", field("speech.position")),
    Column("organization", "body or place that the speaker speaks for", "单位", "讲话人所代表的单位或地方", "text", field("speech.organization")),
    Column("speech", "title of the speech", "讲话", "所在讲话的标题", "text", field("speech.title")),
    Column("section", "headings above it, from the outside in, joined by ` > `", "章节", "各级标题，由外到内，以“ > ”连接", "text", lambda c: joined(c.section, PATH)),
    Column("document_title", "title of the document", "文件标题", "文件自身的标题", "text", lambda c: c.document.title),
    Column("document_date", "date of the document", "文件日期", "文件自身的日期", "date", lambda c: c.document.date),
    Column("document_issuer", "who issued it", "发文机关", "文件自身写明的发文机关", "text", lambda c: c.document.issuer),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda c: c.source),
    Column("head", "its main clause", "主句", "承诺的主句", "text", lambda c: c.head.text),
    Column("lead_ins", "its lead-ins: time, basis, manner", "领起语", "领起语：时间、依据、方式等", "list", lambda c: joined(s.text for s in c.lead_ins)),
    Column("tails", "its tails: purpose, result", "补充", "补充：目的、结果等", "list", lambda c: joined(s.text for s in c.tails)),
    Column("pledge_id", "key of its item, see pledges.csv", "条目编号", "所属条目的编号，见 pledges.csv", "id", field("pledge.id")),
    Column("pledge_ordinal", "number of the enumerator (二是 is 2)", "条目次序", "序号的数值，“二是”为 2", "integer", field("pledge.ordinal")),
    Column("rules", "rules that decided, to be found in rules/*.toml", "依据规则", "判定所依据的规则，见 rules/*.toml", "list", lambda c: joined(c.rules)),
    Column("start", "first character, in code points of the decoded source, from 0", "起", "在原文中的起点，以字符（码位）计，从 0 起", "integer", lambda c: c.start),
    Column("end", "behind the last character, in code points", "止", "在原文中的终点（不含），以字符（码位）计", "integer", lambda c: c.end),
    Column("page", "page that its main clause stands on, from 1", "页", "主句所在的页，从 1 起", "integer", field("locator.page")),
    Column("paragraph", "paragraph, in plain text the line, from 1", "段", "主句所在的段落，纯文本为行，从 1 起", "integer", field("locator.paragraph")),
    Column("row", "row of a table, from 1", "行", "主句所在的表格行，从 1 起", "integer", field("locator.row")),
    Column("cell", "cell of a table", "单元格", "主句所在的单元格", "text", field("locator.cell")),
    Column("member", "path inside an archive", "压缩包内路径", "压缩包内的文件", "text", field("locator.member")),
    Column("fields", "other columns of the row it was read from, name=value", "其他列", "所读表格行的其他各列，列名=值", "list", fields),
    Column("source_sha256", "SHA-256 of the file's bytes", "文件摘要", "文件字节的 SHA-256", "id", lambda c: c.source_sha256),
)

ENTITIES: tuple[Column[EntityRow], ...] = (
    Column("commitment_id", "key of the commitment that holds it, see commitments.csv", "承诺编号", "所在承诺的编号，见 commitments.csv", "id", lambda r: r.commitment.id),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda r: r.commitment.source),
    Column("type", "project, place, body, quantity, time or document", "类别", "项目、地点、机构、数量、时间或文件", "category", lambda r: r.entity.type, get_args(records.EntityType)),
    Column("text", "as printed", "原文", "实体原文", "text", lambda r: r.entity.text),
    Column("norm", "canonical form", "规范值", "数量、时间的规范写法，地点的区划", "text", lambda r: norm(r.entity)),
    Column("code", "division code, where the place is one division", "区划代码", "区划代码，地点唯一确定时才有", "text", lambda r: sole(r.entity, "code")),
    Column("path", "division from the province down, likewise", "区划路径", "自省级起的区划路径，同上", "text", lambda r: sole(r.entity, "path")),
    Column("table", "table that the code is of", "代码表", "所用代码表", "text", lambda r: sole(r.entity, "table")),
    Column("table_date", "date of that table", "代码表日期", "代码表的日期", "date", lambda r: sole(r.entity, "date")),
    Column("other_codes", "its codes in the other tables, each with its table", "其他代码", "同一区划在其他代码表中的代码", "text", lambda r: other_codes(r.entity)),
    Column("category", "kind of a project: road, water, housing, …", "项目类别", "项目的类别（英文代号）：道路、水利、住房等", "text", lambda r: r.entity.category),
    Column("project_id", "key of the project, shared by its mentions in one document", "项目编号", "项目的编号，同一文件中同一项目相同", "id", lambda r: r.entity.project_id),
    Column("comparator", "=, >=, <=, >, < or ~ (about); 以上, 以下 and 以内 include the number itself (Civil Code, art. 1259)", "比较符", "以上、不低于、至少、余、多为 >=，以下、以内、不超过、最高为 <=，均含本数（民法典第一千二百五十九条）；超过、突破、高于为 >，低于、不足为 <；左右、约、近为 ~；其余为 =", "text", lambda r: r.entity.comparator),
    Column("value", "value, counted in `unit`", "数值", "数值，以“单位”列计", "decimal", lambda r: r.entity.value),
    Column("upper", "upper end of a range, counted in `unit`", "上限", "区间的上限，以“单位”列计", "decimal", lambda r: r.entity.upper),
    Column("unit", "unit of value and upper; scales (万, 亿) are multiplied out", "单位", "数值与上限的单位；万、亿已折算", "text", lambda r: r.entity.unit),
    Column("indicator", "what is measured", "指标", "数量所量的指标", "text", lambda r: r.entity.indicator),
    Column("base", "what a growth is compared with", "基期", "增减所比较的基期", "text", lambda r: r.entity.base),
    Column("measure", "level, increase, decrease, rate, share, count or rank", "度量方式", "水平、增量、减量、率、占比、个数或位次", "category", lambda r: r.entity.measure, get_args(records.Measure)),
    Column("start", "first character, in code points of the decoded source, from 0", "起", "在原文中的起点，以字符（码位）计，从 0 起", "integer", lambda r: r.entity.start),
    Column("end", "behind the last character, in code points", "止", "在原文中的终点（不含），以字符（码位）计", "integer", lambda r: r.entity.end),
)

PLEDGES: tuple[Column[PledgeRow], ...] = (
    Column("pledge_id", "key of the item", "条目编号", "条目的编号", "id", lambda r: r.pledge.id),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda r: r.first.source),
    Column("document_title", "title of the document", "文件标题", "文件自身的标题", "text", lambda r: r.first.document.title),
    Column("speaker", "who speaks", "讲话人", "讲话人姓名", "text", field("first.speech.speaker")),
    Column("section", "headings above it, from the outside in, joined by ` > `", "章节", "各级标题，由外到内，以“ > ”连接", "text", lambda r: joined(r.first.section, PATH)),
    Column("label", "its enumerator (一是, （二）)", "条目序号", "条目的序号，如“一是”“（二）”", "text", lambda r: r.pledge.label),
    Column("ordinal", "number of the enumerator (二是 is 2)", "条目次序", "序号的数值，“二是”为 2", "integer", lambda r: r.pledge.ordinal),
    Column("title", "title of the item", "条目标题", "条目的标题句", "text", lambda r: r.pledge.title),
    Column("commitments", "commitments that stand under it", "承诺数", "条目下的承诺条数", "integer", lambda r: r.commitments),
)
# fmt: on


def entity_rows(commitments: Iterable[Commitment]) -> Iterator[EntityRow]:
    """Every entity with its commitment, in text order."""
    return (EntityRow(commitment, entity) for commitment in commitments for entity in commitment.entities)


def pledge_rows(commitments: Iterable[Commitment]) -> Iterator[PledgeRow]:
    """Every enumerated item that holds commitments, in text order; one source may repeat the keys of another.

    The commitments of a source lie together, so that no more than one source is held at a time.
    """
    for _, group in groupby(commitments, key=lambda commitment: commitment.source):
        found: dict[str, PledgeRow] = {}
        for record in group:
            if record.pledge:
                first = found.get(record.pledge.id) or PledgeRow(record.pledge, record, 0)
                found[record.pledge.id] = PledgeRow(first.pledge, first.first, first.commitments + 1)
        yield from found.values()


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table: its name (`NAME.csv`), its columns and its rows, got from commitments in text order."""

    name: str
    columns: tuple[Column[T], ...]
    rows: Callable[[Iterable[Commitment]], Iterable[T]]


TABLES: Mapping[str, Table[Any]] = {
    table.name: table
    for table in (
        Table("commitments", COMMITMENTS, iter),
        Table("entities", ENTITIES, entity_rows),
        Table("pledges", PLEDGES, pledge_rows),
    )
}
"""The tables of the contract by name."""
