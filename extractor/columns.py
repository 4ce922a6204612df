"""What stands in the tables: one row a column, with its headers, its meaning and how it is got from a record.

The data dictionary (`columns.csv`), the headers in both languages and the tables themselves all come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Literal, TypeVar

from extractor.records import Commitment, Division, Entity, EntityType, Pledge

Cell = str | int | None
Kind = Literal["id", "text", "date", "integer", "decimal"]
T = TypeVar("T")

LIST = "；"
"""Between the members of a list."""
ALTERNATIVE = "｜"
"""Between divisions that a place name may mean, where the text does not decide."""
PATH = " > "
"""Between headings, from the outside in."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: machine name (the English header), meaning in English, Chinese header, meaning in Chinese, kind, value.

    Kinds: `id` a key, never read as a number; `text`; `date` ISO 8601; `integer`; `decimal` exact, as text.
    """

    name: str
    english: str
    chinese: str
    description: str
    kind: Kind
    value: Callable[[T], Cell]


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


def joined(values: Iterable[str | None], sign: str = LIST) -> str | None:
    """The values that are not empty, in order; None where there are none."""
    return sign.join(value for value in values if value) or None


def field(path: str) -> Callable[[object], Cell]:
    """The field at a dotted path, None where a step of it is None."""

    def value(row: object) -> Cell:
        for name in path.split("."):
            row = None if row is None else getattr(row, name)
        if row is not None and not isinstance(row, (str, int)):
            raise TypeError(f"{path} is no cell; give the field inside it")
        return row

    return value


def bodies(part: Literal["lead", "partners"]) -> Callable[[Commitment], Cell]:
    """Who leads or assists."""
    return lambda c: joined(getattr(c.responsible, part)) if c.responsible else None


def texts(kind: EntityType) -> Callable[[Commitment], Cell]:
    """The texts of the entities of one type."""
    return lambda c: joined(e.text for e in c.entities if e.type == kind)


def norms(kind: EntityType) -> Callable[[Commitment], Cell]:
    """The norms of the entities of one type, in the order of their texts; `?` stands for one without."""

    def value(c: Commitment) -> Cell:
        found = [norm(e) for e in c.entities if e.type == kind]
        return joined(n or "?" for n in found) if any(found) else None

    return value


def norm(entity: Entity) -> str | None:
    """An entity's norm in one cell: as it is, or the division with its code, or all divisions it may mean."""
    if entity.norm is None or isinstance(entity.norm, str):
        return entity.norm
    return joined((f"{division.code} {division.path}" for division in divisions(entity)), ALTERNATIVE)


def divisions(entity: Entity) -> Sequence[Division]:
    """The division or divisions that a place may be; empty for other entities."""
    if isinstance(entity.norm, Division):
        return (entity.norm,)
    return entity.norm if isinstance(entity.norm, tuple) else ()


COMMITMENTS: tuple[Column[Commitment], ...] = (
    Column("id", "key of the commitment", "承诺编号", "承诺的唯一编号，同一文件总是相同", "id", lambda c: c.id),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda c: c.source),
    Column("document_title", "title of the document", "文件标题", "文件自身的标题", "text", lambda c: c.document.title),
    Column("document_date", "date of the document", "文件日期", "文件自身的日期", "date", lambda c: c.document.date),
    Column(
        "document_issuer", "who issued it", "发文机关", "文件自身写明的发文机关", "text", lambda c: c.document.issuer
    ),
    Column("speech", "title of the speech", "讲话", "所在讲话的标题", "text", field("speech.title")),
    Column("speaker", "who speaks", "讲话人", "讲话人姓名", "text", field("speech.speaker")),
    Column("position", "office of the speaker", "职务", "讲话人职务", "text", field("speech.position")),
    Column("organization", "the speaker's", "单位", "讲话人单位", "text", field("speech.organization")),
    Column("section", "headings above it", "章节", "各级标题，由外到内", "text", lambda c: joined(c.section, PATH)),
    Column("pledge_id", "key of its item", "条目编号", "所属条目，见 pledges.csv", "id", field("pledge.id")),
    Column("pledge_label", "its enumerator", "条目序号", "如 一是、（二）", "text", field("pledge.label")),
    Column("pledge_ordinal", "its number", "条目次序", "序号的数值", "integer", field("pledge.ordinal")),
    Column("pledge_title", "its title", "条目标题", "条目的标题句", "text", field("pledge.title")),
    Column("text", "the commitment", "承诺原文", "领起语、主句与补充，跨页断行已接合", "text", lambda c: c.text),
    Column("head", "its main clause", "主句", "承诺的主句", "text", lambda c: c.head.text),
    Column(
        "lead_ins", "its lead-ins", "领起语", "时间、依据、方式等", "text", lambda c: joined(s.text for s in c.lead_ins)
    ),
    Column("tails", "its tails", "补充", "目的、结果等", "text", lambda c: joined(s.text for s in c.tails)),
    Column("kind", "action, target or directive", "类型", "举措、指标或要求", "text", lambda c: c.kind),
    Column("strength", "how firm it is", "力度", "坚决、计划、愿望或探索", "text", lambda c: c.strength),
    Column(
        "specificity", "1 to 3", "具体程度", "3 可衡量且有时限，2 具体，1 仅有方向", "integer", lambda c: c.specificity
    ),
    Column("actor", "who is bound", "责任主体", "作出承诺的一方", "text", lambda c: c.actor),
    Column("action", "what is done", "动作", "主句的动词", "text", lambda c: c.action),
    Column("object", "to what", "对象", "动作的对象", "text", lambda c: c.object),
    Column("lead", "who leads", "牵头", "牵头单位", "text", bodies("lead")),
    Column(
        "partners",
        "who assists",
        "配合",
        "配合单位",
        "text",
        bodies("partners"),
    ),
    Column("deadline", "by when, in words", "时限", "时限原文", "text", field("deadline.text")),
    Column("deadline_start", "from", "时限起", "时限的开始", "date", field("deadline.start_date")),
    Column("deadline_end", "until", "时限止", "时限的结束", "date", field("deadline.end_date")),
    Column(
        "deadline_basis",
        "what says so",
        "时限依据",
        "本句、上文或文件所计划的年份",
        "text",
        field("deadline.basis"),
    ),
    Column("topic", "policy field", "主题", "政策领域", "text", lambda c: c.topic),
    Column("projects", "named projects", "项目", "点名的项目、工程、行动", "text", texts("PROJECT")),
    Column("locations", "named places", "地点", "点名的地点", "text", texts("LOCATION")),
    Column("divisions", "the places' divisions", "行政区划", "地点对应的区划代码与路径", "text", norms("LOCATION")),
    Column("organizations", "named bodies", "机构", "点名的机构", "text", texts("ORG")),
    Column("quantities", "quantities", "数量", "数量原文", "text", texts("QUANTITY")),
    Column("quantity_norms", "comparator, value, unit", "数量规范值", "比较符、数值、单位", "text", norms("QUANTITY")),
    Column("times", "times", "时间", "时间原文", "text", texts("TIME")),
    Column("time_norms", "ISO 8601 intervals", "时间规范值", "起止日期", "text", norms("TIME")),
    Column("policies", "named policies", "政策文件", "点名的文件、法规、规划", "text", texts("POLICY")),
    Column("rules", "what decided", "依据规则", "判定所依据的规则", "text", lambda c: joined(c.rules)),
    Column("review", "why to look at it", "需复核", "需要人工复核的原因", "text", lambda c: c.review),
    Column("start", "first character", "起", "在原文中的起点（字符）", "integer", lambda c: c.start),
    Column("end", "behind the last", "止", "在原文中的终点（字符，不含）", "integer", lambda c: c.end),
    Column("source_sha256", "digest of the file", "文件摘要", "文件字节的 SHA-256", "id", lambda c: c.source_sha256),
)

ENTITIES: tuple[Column[EntityRow], ...] = (
    Column(
        "commitment_id",
        "key of the commitment",
        "承诺编号",
        "所在承诺，见 commitments.csv",
        "id",
        lambda r: r.commitment.id,
    ),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda r: r.commitment.source),
    Column("type", "entity type", "类别", "项目、地点、机构、数量、时间或文件", "text", lambda r: r.entity.type),
    Column("text", "as printed", "原文", "实体原文", "text", lambda r: r.entity.text),
    Column("norm", "canonical form", "规范值", "数量、时间的规范写法，地点的区划", "text", lambda r: norm(r.entity)),
    Column("code", "division code", "区划代码", "地点唯一确定时的代码", "text", lambda r: sole(r.entity, "code")),
    Column("path", "division", "区划路径", "地点唯一确定时的区划", "text", lambda r: sole(r.entity, "path")),
    Column("table", "code table", "代码表", "所用代码表", "text", lambda r: sole(r.entity, "table")),
    Column("table_date", "its date", "代码表日期", "代码表的日期", "date", lambda r: sole(r.entity, "date")),
    Column("comparator", "comparator", "比较符", "=、>=、<=、>、<、~", "text", lambda r: r.entity.comparator),
    Column("value", "value", "数值", "十进制精确值", "decimal", lambda r: r.entity.value),
    Column("upper", "upper end of a range", "上限", "区间的上限", "decimal", lambda r: r.entity.upper),
    Column("unit", "unit", "单位", "计量单位", "text", lambda r: r.entity.unit),
    Column("indicator", "what is measured", "指标", "数量所量的指标", "text", lambda r: r.entity.indicator),
    Column("base", "compared with", "基期", "比较的基期", "text", lambda r: r.entity.base),
    Column("start", "first character", "起", "在原文中的起点（字符）", "integer", lambda r: r.entity.start),
    Column("end", "behind the last", "止", "在原文中的终点（字符，不含）", "integer", lambda r: r.entity.end),
)


def sole(entity: Entity, name: Literal["code", "path", "table", "date"]) -> str | None:
    """A field of the division that a place is, None where it is none or may be several."""
    found = divisions(entity)
    return str(getattr(found[0], name)) if len(found) == 1 else None


PLEDGES: tuple[Column[PledgeRow], ...] = (
    Column("pledge_id", "key of the item", "条目编号", "条目的唯一编号", "id", lambda r: r.pledge.id),
    Column("source", "file it was read from", "来源文件", "所读文件的路径", "text", lambda r: r.first.source),
    Column(
        "document_title",
        "title of the document",
        "文件标题",
        "文件自身的标题",
        "text",
        lambda r: r.first.document.title,
    ),
    Column("speaker", "who speaks", "讲话人", "讲话人姓名", "text", field("first.speech.speaker")),
    Column(
        "section", "headings above it", "章节", "各级标题，由外到内", "text", lambda r: joined(r.first.section, PATH)
    ),
    Column("label", "enumerator", "条目序号", "如 一是、（二）", "text", lambda r: r.pledge.label),
    Column("ordinal", "its number", "条目次序", "序号的数值", "integer", lambda r: r.pledge.ordinal),
    Column("title", "title", "条目标题", "条目的标题句", "text", lambda r: r.pledge.title),
    Column("commitments", "how many stand under it", "承诺数", "条目下的承诺条数", "integer", lambda r: r.commitments),
)


def entity_rows(commitments: Iterable[Commitment]) -> Iterator[EntityRow]:
    """Every entity with its commitment, in text order."""
    return (EntityRow(commitment, entity) for commitment in commitments for entity in commitment.entities)


def pledge_rows(commitments: Iterable[Commitment]) -> Iterator[PledgeRow]:
    """Every enumerated item that holds commitments, in text order; one source may repeat the keys of another.

    The commitments of a source lie together, so that no more than one source is held at a time.
    """
    for _, records in groupby(commitments, key=lambda commitment: commitment.source):
        found: dict[str, PledgeRow] = {}
        for record in records:
            if record.pledge:
                first = found.get(record.pledge.id) or PledgeRow(record.pledge, record, 0)
                found[record.pledge.id] = PledgeRow(first.pledge, first.first, first.commitments + 1)
        yield from found.values()
