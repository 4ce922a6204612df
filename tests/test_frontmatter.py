"""What a text says of itself: title, date, issuer, plan year, bylines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import days, frontmatter, titles
from extractor.frontmatter import Frontmatter

BODY = "下一步，我镇将修建三条水渠，年底前全部通水。"
TITLES = {
    "清河镇2026年工作打算": [f"清河镇2026年工作打算\n{BODY}", f"标题：清河镇2026年工作打算\n{BODY}"],
    "清河县人民政府关于加强河道管护的实施意见": [
        f"清河县人民政府\n关于加强河道管护的\n实施意见\n{BODY}",
        f"清河县人民政府文件\n清政发〔2026〕5号\n清河县人民政府关于加强河道管护的实施意见\n{BODY}",
        f"清河县人民政府关于加强河道管护的实施意见\n清政发〔2026〕5号\n各乡镇人民政府：\n{BODY}",
    ],
    None: ["", BODY, f"{BODY}\n{BODY}"],
}
DATES = {
    date(2026, 1, 8): [
        f"清河镇工作打算\n2026年1月8日\n{BODY}",
        f"清河镇工作打算\n（2026年1月8日）\n{BODY}",
        f"清河镇工作打算\n{BODY}\n2026年1月8日",
        f"清河镇工作打算\n{BODY}\n二〇二六年一月八日",
        f"标题：清河镇工作打算\n成文日期：2026-01-08\n{BODY}",
        f"标题：清河镇工作打算\n发布日期：2026.1.8\n{BODY}",
        f"清河镇信箱\n编号：12 转办单位：水利站 回复日期：2026年1月8日\n王先生：\n{BODY}",
        f"清河镇信箱\n留言时间：2025-12-30 21:47\n答复时间：2026-01-08 16:02\n{BODY}",
        f"清河镇人口登记通知\n各村：\n报名时间：2026年3月1日至3月20日。\n{BODY}\n清河镇人民政府\n2026年1月8日",
        f"清河镇通知\n施行日期：2026年3月1日\n{BODY}\n清河镇人民政府\n2026年1月8日",
        f"清河镇信箱\n诉求时间：2025-12-01 答复时间：2026-01-08\n{BODY}",
        f"清河镇工作打算\n来信时间：2025-12-30 回复时间：2026-01-08\n{BODY}",
        f"清河县人民政府通知\n清政发〔2026〕9号 2026-01-08 09:31 来源：县政府办\n各乡镇：\n{BODY}",
        f"清河县人民政府县长办公会议纪要\n（第2号）\n2026年1月8日上午，县长主持召开县长办公会议。\n{BODY}",
        f"老街何时改造？\n来信时间 2025-12-20\n回复时间\n2026-01-08\n{BODY}",
        "在全镇干部大会上的讲话\n（2026年1月8日，根据录音整理）\n同志们：\n" + f"{BODY}\n" * 9,
        "在全镇干部大会上的讲话\n（在镇党委扩大会议上，二〇二六年一月八日于柳溪）\n同志们：\n" + f"{BODY}\n" * 9,
        f"清河县人民政府通知\n各乡镇：\n{BODY}\n二〇二六年一月八日\n清河县管理规定\n" + f"第一条 {BODY}\n" * 12,
    ],
    None: [
        f"清河镇工作打算\n{BODY}",
        f"清河镇工作打算\n2026年13月8日\n{BODY}",
        "清河县河道管理办法\n（2026年1月8日起施行，试行一年）\n" + f"{BODY}\n" * 9,
        BODY,
    ],
}
DAYS = {
    date(2026, 3, 2): ["2026年3月2日", "2026-03-02", "2026/3/2", "2026.3.2", "二〇二六年三月二日", "二○二六年三月二日"],
    date(1998, 12, 31): ["1998年12月31日", "一九九八年十二月三十一日"],
    date(2020, 10, 20): ["二〇二〇年十月二十日", "二零二零年十月二十日"],
    None: [
        "2026年3月",
        "3月2日",
        "2026年2月30日",
        "第2026号",
        "",
        "二〇二五年五月二五日",
        "二〇二五年一一月五日",
        "二〇二五年十十月十日",
    ],
}
CONGRESS = "清河县第十六届人民代表大会第三次会议"
ISSUERS = {
    "清河县人民政府": [
        f"清河县人民政府关于加强河道管护的意见\n{BODY}",
        f"标题：河道管护意见\n发布机构：清河县人民政府\n{BODY}",
        f"标题：河道管护意见\n发布机构：清河县人民政府 发布日期：2026-03-02 索引号：QH-0210\n{BODY}",
        f"清河县人民政府批转县水利局关于加强河道管护意见的通知\n各乡镇：\n{BODY}",
        "关于春耕的通知\n各村：\n" + f"{BODY}\n" * 6 + "清河县人民政府\n2026年3月2日",
        f"在清河县水利动员大会上的讲话\n清河县代县长 王大山\n{BODY}",
        f"政府工作报告\n——2026年1月15日在{CONGRESS}上\n县长  王大山\n各位代表：\n{BODY}",
        f"政府工作报告\n——在{CONGRESS}上\n（2026年1月15日）\n清河县县长 王大山\n{BODY}",
        f"政府工作报告\n清河县人民政府县长 王大山\n（2026年1月15日）\n{BODY}",
        f"在{CONGRESS}上\n政府工作报告\n代县长 王大山\n（2026年1月15日）\n{BODY}",
        f"政府工作报告\n——2026年1月15日在{CONGRESS}上\n县长 王大山\n各位代表：\n{BODY}",
        f"清河县人民政府关于做好防汛工作的通知\n{BODY}\n清河县人民政府办公室\n2026年3月2日印发",
        f"清河县县长王大山同志在全县水利工作会议上的讲话\n（2026年1月15日）\n{BODY}",
        f"关于公开征求意见的公告\n{BODY}\n清河县人民政府\n2026年3月2日\n河道管护措施\n" + f"{BODY}\n" * 12,
        f"今年的安排\n（摘自县长王大山二〇二六年一月十五日在{CONGRESS}上所作的《政府工作报告》）\n{BODY}",
        f"政府工作报告\n——2026年1月15日在{CONGRESS}上\n各位代表：\n现在，我代表县人民政府向大会报告工作。\n{BODY}",
    ],
    "清河县财政局": [
        f"关于清河县2025年预算执行情况的报告\n——2026年1月15日在{CONGRESS}上\n清河县财政局\n受县人民政府委托，现将预算执行情况报告如下。\n{BODY}",
        f"关于清河县2025年预算执行情况的报告\n——在{CONGRESS}上\n（2026年1月15日）\n清河县财政局\n{BODY}",
    ],
    "国务院": [
        f"1959年政府工作报告\n我现在根据国务院的决定，向大会作政府工作报告。\n{BODY}",
        f"政府工作报告\n——在第五届全国人民代表大会第四次会议上\n{BODY}",
        f"关于经济调整的报告\n我受中共中央和国务院的委托，现在向大会作报告。\n{BODY}",
    ],
    "政府": [f"1957年政府工作报告\n{BODY}"],
    "清河县水务局": [
        f"清河县水务局2026年工作打算\n{BODY}",
        f"答复单位：清河县水务局\n答复内容：您好。\n{BODY}",
        f"回复机构: 清河县水务局\n回复时间：2026-03-05\n{BODY}",
        f"【清河县水务局回复】您好。{BODY}",
        f"网友您好！{BODY}感谢您的关注。清河县水务局 2026年3月5日",
    ],
    "清河镇": [
        f"清河镇2026年民生实事清单\n{BODY}",
        f"上下同心重建家园——清河镇一九九八年灾后重建安排\n{BODY}",
        f"在清河镇三级干部大会上的讲话\n镇党委书记 王大山\n{BODY}",
    ],
    "行署": [f"行署专员王大山同志在地、县、社三级干部会议上的讲话\n{BODY}"],
    "县人民政府": [f"在全县水利动员大会上的讲话\n县长 王大山\n{BODY}"],
    "清河县委": [f"在清河县水利动员大会上的讲话\n县委书记 王大山\n{BODY}"],
    "县委": [f"在全县水利动员大会上的讲话\n县委第二书记 王大山\n{BODY}"],
    "清河县交通局公路大队": [f"清河县交通局公路大队二〇一二年养护工作方案\n{BODY}"],
    "清河省石门市柳林县柳溪镇": [f"清河省石门市柳林县柳溪镇花卉产业行动方案\n{BODY}"],
    "清河县教育局": [
        f"清河县教育局文件关于整顿教学秩序的意见\n{BODY}",
        f"关于第3号提案的答复\n{BODY}\n清河县教育局(章)\n2026年3月2日",
        f"在县第三次工作会议上的清河县教育局工作报告\n{BODY}",
    ],
    "石门镇人民政府": [f"石门镇2026年工作安排\n{BODY}\n石门镇人民政府\n2026年3月2日"],
    "清河县住房和城乡建设局": [
        f"关于第3号提案的答复\n{BODY}\n清河县住房和城乡建设局 2026年3月",
        f"关于第3号提案的答复\n{BODY}\n2026年3月2日\n清河县住房和城乡建设局  联系电话：0392-1234567",
        f"老街何时改造？\n回复时间\n2026-03-02\n回复单位\n清河县住房和城乡建设局\n{BODY}",
        f"标题：老街改造安排\n发布机构： 清河县住房和城乡建设局 发布日期 2026-03-02 17:01\n{BODY}",
    ],
    "清河县革命委员会": [f"清河县革命委员会文件\n清革发〔1972〕5号\n关于抓好春耕的通知\n{BODY}"],
    "水利局": [f"标题：清淤安排\n发布机构： 水 利 局\n{BODY}"],
    "清河省人民政府": [f"清河省河道管理办法\n清河省人民政府令 第82号\n{BODY}"],
    "清河市石门区": [f"清河市石门区支持养老服务若干措施\n{BODY}"],
    "清河自治区": [f"清河自治区村庄和集镇建设管理实施办法（试行）\n{BODY}"],
    "石门县政府": [f"石门县一九八七年政府工作报告\n{BODY}"],
    None: [
        f"《政府工作报告》重点工作责任分解\n{BODY}",
        f"标题：清淤安排\n发布机构： 生成日期：2026-03-02\n{BODY}",
        f"老旧小区加装电梯补贴标准\n{BODY}",
        f"示范县创建工作方案\n{BODY}",
        f"清淤安排\n{BODY}\n清政办发〔2026〕7号\n2026年3月2日",
        BODY,
        f"大家一起来修渠\n{BODY}",
        f"在全县2026年防汛工作会议上的讲话\n{BODY}",
        f"【清河镇回复】您好。\n【石门镇回复】您好。\n{BODY}",
        f"承办单位\n回复时间：2025年2月3日\n{BODY}",
        f"规范股票市场秩序工作方案\n{BODY}",
        f"做好县域商业体系建设实施方案\n{BODY}",
        f"优化夜市经济发展实施方案\n{BODY}",
        f"加强中心镇建设若干政策\n{BODY}",
        f"防疫工作视频会议讲话\n常务副县长 王大山\n{BODY}",
    ],
}
BYLINES = {
    ("临河高新区柳溪街道", "党工委书记", "王大山"): [
        "临河高新区柳溪街道党工委书记 王大山",
        "临河高新区柳溪街道党工委书记　王大山",
        "临河高新区柳溪街道党工委书记 王 大山",
    ],
    ("临河高新区杏林街道", "党工委副书记、办事处主任", "李明"): [
        "临河高新区杏林街道党工委副书记、办事处主任 李明",
        "临河高新区杏林街道党工委副书记、办事处主任 李　明",
    ],
    ("清河县", "县长", "赵水生"): ["清河县县长 赵水生"],
    (None, "党委书记", "孙小河"): ["党委书记 孙小河"],
}
NO_BYLINES = [
    "清河镇党委书记带头清淤。",
    "书记下村 干部上门",
    "请各村党支部书记签字",
    "清河县县长赵水生到会讲话，要求修渠",
]


def cases(table: Mapping[Any, Sequence[str]]) -> list[tuple[Any, str]]:
    return [(value, text) for value, texts in table.items() for text in texts]


def test_a_title_may_stand_behind_those_it_is_addressed_to() -> None:
    front = frontmatter.read(f"各乡镇人民政府，县直各部门：\n清河县2026年水利工作方案\n{BODY}")
    assert front.title == "清河县2026年水利工作方案"


@pytest.mark.parametrize("above", ["", "各位代表：\n"])
def test_a_heading_right_behind_the_title_is_none(above: str) -> None:
    top = f"清河县2026年政府工作报告\n{above}"
    front = frontmatter.read(f"{top}今年的主要任务\n{BODY}")
    assert front.title == "清河县2026年政府工作报告"
    assert not any(start <= len(top) < end for start, end in front.lines)


@pytest.mark.parametrize(
    "line",
    [
        "信息来源：县府办",
        "通讯员：孙小河",
        "有效性: 有效",
        "发布：2026-01-08",
        "2026-01-08 来源：清河县融媒体中心",
        "答复内容",
        "2026年1月",
    ],
)
def test_what_a_page_says_besides_is_no_running_text(line: str) -> None:
    top = "清河镇工作打算\n"
    assert frontmatter.read(f"{top}{line}\n{BODY}").covers(len(top))
    assert not frontmatter.read(f"{top}{BODY}\n发布信息：县府办每周通报一次。").covers(len(top) + len(BODY) + 1)


@pytest.mark.parametrize(
    "line",
    [
        "办理结果：我局将于10月底前修复河堤",
        "答复内容：您好，我局将更换水管300米",
        "受理：压实窗口责任",
        "编辑：新建河堤5公里",
        "办理机构 设立综合窗口",
    ],
)
def test_a_promise_behind_a_label_is_running_text(line: str) -> None:
    assert not frontmatter.read(f"清河镇工作打算\n{BODY}\n{line}").covers(len(f"清河镇工作打算\n{BODY}\n"))


@pytest.mark.parametrize("body", ["清河县住房和城乡建设局", "县供销集团"])
def test_a_signature_is_no_heading(body: str) -> None:
    text = f"关于第3号提案的答复\n{BODY}\n{body}\n2026年3月2日"
    assert frontmatter.read(text).covers(text.index(body))
    assert not frontmatter.read(text.replace(body, "改造老街")).covers(text.index(body))


@pytest.mark.parametrize("line", ["老街何时改造？", "清河县春耕现场会在石门镇举行！"])
def test_the_first_line_may_ask_or_exclaim(line: str) -> None:
    assert frontmatter.read(f"{line}\n{BODY}").title == line
    assert frontmatter.read(f"同志们，大家上午好！\n{BODY}").title is None
    assert frontmatter.read(f"清河镇工作打算\n{BODY}\n{line}\n{BODY}").title == "清河镇工作打算"


@pytest.mark.parametrize(("title", "text"), cases(TITLES))
def test_title(title: str | None, text: str) -> None:
    assert frontmatter.read(text).title == title


@pytest.mark.parametrize(("day", "text"), cases(DATES))
def test_date_of_the_document(day: date | None, text: str) -> None:
    assert frontmatter.read(text).date == day


@pytest.mark.parametrize(("day", "text"), cases(DAYS))
def test_a_full_date_in_a_line(day: date | None, text: str) -> None:
    assert days.parse_day(text) == day


@pytest.mark.parametrize(("issuer", "text"), cases(ISSUERS))
def test_issuer(issuer: str | None, text: str) -> None:
    assert frontmatter.read(text).issuer == issuer


def test_a_title_above_a_date_signs_nothing() -> None:
    assert frontmatter.read(f"在三级干部会议上的讲话摘要\n（一九七九年十二月三日）\n{BODY}").issuer is None


def test_issuer_of_a_short_text_with_a_sign_off() -> None:
    assert frontmatter.read(f"关于春耕的通知\n各村：\n{BODY}\n清河县人民政府\n2026年3月2日").issuer == "清河县人民政府"


@pytest.mark.parametrize(
    "title", ["2026年清河县政府工作报告", "清河县2026年政府工作报告", "清河县2026年度政府工作报告"]
)
def test_the_year_in_the_title_of_a_report_is_no_part_of_its_issuer(title: str) -> None:
    assert frontmatter.read(f"{title}\n{BODY}").issuer in ("清河县", "清河县政府")


YEARS: dict[int | None, list[str]] = {
    2024: [
        *(
            "2024年清河县政府工作报告",
            "清河镇2024年工作报告",
            "二〇二四年政府工作报告",
            "2024年清河县人大常委会工作报告",
        ),
        *("清河县2023年工作总结及2024年工作计划", "关于2023年预算执行情况和2024年预算草案的报告"),
        *("2024年国家预算报告", "关于2023年国家决算和2024年国家预算的报告", "关于2023年预算执行情况的报告"),
        *("清河县水利局2023年工作总结", "2023年度法治政府建设情况报告", "2023年度述职报告", "2024年工作要点"),
    ],
    None: [
        *("政府工作报告", "清河县三年行动计划（2024—2026年）"),
        *("清河县第十四个五年规划和2035年远景目标纲要", "清河县“十四五”规划和二〇三五年远景目标纲要"),
    ],
}


@pytest.mark.parametrize(("year", "title"), [(year, title) for year, titles in YEARS.items() for title in titles])
def test_the_year_that_a_title_plans_for(year: int | None, title: str) -> None:
    """A government reports in the year that its report is named after, on the year before; a summary names the year it sums up."""
    assert titles.titled_year(title, None) == year


@pytest.mark.parametrize(("byline", "line"), cases(BYLINES))
def test_byline(byline: tuple[str | None, str, str], line: str) -> None:
    (speech,) = frontmatter.read(f"学先进 找差距\n{line}\n{BODY}").speeches
    assert (speech.organization, speech.position, speech.speaker) == byline
    assert (speech.title, speech.start) == ("学先进 找差距", 0)


@pytest.mark.parametrize("line", NO_BYLINES)
def test_no_byline(line: str) -> None:
    assert frontmatter.read(f"{line}\n{BODY}").speeches == ()


def test_several_speeches_start_at_their_titles() -> None:
    text = f"学先进 找差距\n柳溪街道党工委书记 王大山\n{BODY}\n强作风 优服务\n杏林街道办事处主任 李明\n{BODY}"
    first, second = frontmatter.read(text).speeches
    assert (first.title, second.title) == ("学先进 找差距", "强作风 优服务")
    assert [text[speech.start :][:3] for speech in (first, second)] == ["学先进", "强作风"]
    assert frontmatter.read(text).issuer is None


def test_a_title_names_its_speaker() -> None:
    (speech,) = frontmatter.read(f"清河市市长王大山同志在全市水利工作会议上的讲话\n{BODY}").speeches
    assert (speech.organization, speech.position, speech.speaker) == ("清河市", "市长", "王大山")
    for title in ("王大山同志在李明市长调研座谈会上的讲话", "学习王大山市长讲话", "市长王大山在柳溪调研"):
        assert frontmatter.read(f"{title}\n{BODY}").speeches == ()


def test_the_only_speaker_speaks_for_the_issuer() -> None:
    assert frontmatter.read(f"学先进 找差距\n柳溪街道党工委书记 王大山\n{BODY}").issuer == "柳溪街道"


def test_front_lines_are_covered_and_running_text_is_not() -> None:
    text = f"清河镇2026年工作打算\n2026年1月8日\n{BODY}"
    front = frontmatter.read(text)
    assert [text[start:end] for start, end in front.lines] == ["清河镇2026年工作打算", "2026年1月8日"]
    assert front.covers(0)
    assert front.covers(text.index("8日"))
    assert not front.covers(text.index("下一步"))


@given(
    st.lists(
        st.sampled_from(
            ["2026年1月8日", "标题：", "清河县人民政府", "党工委书记 王大山", "。", "\n", "关于", "通知", "—", "甲 乙"]
        )
    ).map("".join)
)
def test_any_text_is_read_and_lines_are_lines_of_it(text: str) -> None:
    front = frontmatter.read(text)
    assert isinstance(front, Frontmatter)
    whole = {line.strip() for line in text.split("\n")}
    assert all(text[start:end] in whole for start, end in front.lines)
    assert list(front.lines) == sorted(set(front.lines))


@pytest.mark.parametrize(
    "line",
    ["各镇人民政府，县直各部门：", "女士们，先生们，同志们：", "尊敬的李明同志：", "各位代表，同志们", "网友您好"],
)
def test_a_salutation_is_front_matter(line: str) -> None:
    assert frontmatter.read(f"关于修渠的答复\n{line}\n{BODY}").covers(len("关于修渠的答复\n"))


@pytest.mark.parametrize(
    "line", ["今年，我局将做好以下工作：", "下一步我镇将修渠：", "新建公厕3座", "今年我镇将架桥一座"]
)
def test_a_line_of_work_is_none(line: str) -> None:
    assert not frontmatter.read(f"清河镇2026年工作打算\n{line}\n{BODY}").covers(len("清河镇2026年工作打算\n"))
