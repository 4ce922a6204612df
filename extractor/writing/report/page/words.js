/* The labels of the page in both languages, and the Chinese words for the values that records carry. */
const WORDS = {
  zh: {
    kicker: "承诺台账", list: "清单", source: "原文", charts: "图表", document: "文件", other: "English",
    speaker: "讲话人", topic: "主题", project: "项目", place: "地点", strength: "力度", kind: "类型", deadline: "时限",
    search: "全文检索", clear: "清除筛选", filters: "更多筛选", all: "全部", dated: "写明时限", undated: "未写明时限", year: "{} 年",
    searching: "词语，空格分隔", naming: "输入名称",
    counted: "{} 条承诺", counted_of: "{} 条，共 {} 条承诺", more: "向下滚动，显示其余 {} 条", none: "没有符合条件的承诺",
    documents: "文件", commitments: "承诺", measurable: "可衡量", with_deadline: "写明时限",
    what: "承诺", actor: "责任主体", choose: "点选一条承诺，这里显示它的记录与判定所依据的规则。",
    action: "动作", object: "对象", lead: "牵头", partners: "配合", specificity: "具体程度", section: "章节", pledge: "条目",
    said_by: "讲话", from: "出处", characters: "第 {}–{} 字", entities: "实体", rules: "判定依据", doubt: "需复核：{}",
    to_text: "看原文", to_list: "看清单", earlier: "上一条", later: "下一条", close: "关闭", no_text: "原文不在手边，下面是各条承诺的文字。",
    "specificity.1": "仅有方向", "specificity.2": "具体", "specificity.3": "可衡量且有时限",
    "kind.action": "举措", "kind.target": "指标", "kind.directive": "要求",
    "strength.firm": "坚决", "strength.planned": "计划", "strength.aspirational": "愿望", "strength.exploratory": "探索",
    "basis.explicit": "本句写明", "basis.inherited": "承自上文", "basis.document_year": "文件所计划的年份",
    "type.PROJECT": "项目", "type.LOCATION": "地点", "type.ORG": "机构", "type.QUANTITY": "数量", "type.TIME": "时间", "type.POLICY": "文件",
    chart_topics: "主题与力度", says_topics: "按首要主题计；点条形可筛选", chart_deadlines: "时限分布", says_deadlines: "按时限的截止日计",
    chart_indicators: "指标与数值", says_indicators: "有指标名称的数量，按出现次数排列", chart_verbs: "常用动词", says_verbs: "主句的动词，前 20 个",
    chart_speakers: "各讲话人可衡量的承诺所占比例", says_speakers: "有数量的承诺 ÷ 全部承诺；无讲话人的按单位、发文机关或文件计",
    no_topic: "未归类", no_data: "筛选出的承诺中没有这类数据", table: "数据表", share: "比例", count: "条数", figures: "数值", indicator: "指标",
    measured: "有数量", verb: "动词", period: "截止", foot: "由 commitment-extractor 从原文提取，每条均可追溯到原文字符与判定规则。图表：Apache ECharts（Apache-2.0）。",
  },
  en: {
    kicker: "Commitments", list: "List", source: "Source text", charts: "Charts", document: "Document", other: "中文",
    speaker: "Speaker", topic: "Topic", project: "Project", place: "Place", strength: "Strength", kind: "Kind", deadline: "Deadline",
    search: "Free text", clear: "Clear filters", filters: "More filters", all: "all", dated: "with a deadline", undated: "without one", year: "{}",
    searching: "words, with spaces between", naming: "type a name",
    counted: "{} commitments", counted_of: "{} of {} commitments", more: "scroll down for {} more", none: "No commitment meets these filters",
    documents: "documents", commitments: "commitments", measurable: "measurable", with_deadline: "with deadline",
    what: "Commitment", actor: "Actor", choose: "Choose a commitment: its record and the rules that decided it are shown here.",
    action: "Action", object: "Object", lead: "Lead", partners: "Partners", specificity: "Specificity", section: "Section", pledge: "Item",
    said_by: "Speech", from: "Source", characters: "characters {}–{}", entities: "Entities", rules: "Decided by", doubt: "Please review: {}",
    to_text: "In the text", to_list: "In the list", earlier: "Previous", later: "Next", close: "Close", no_text: "The source text is not at hand; these are the commitments' own texts.",
    "specificity.1": "direction only", "specificity.2": "concrete", "specificity.3": "measurable and dated",
    "kind.action": "action", "kind.target": "target", "kind.directive": "directive",
    "strength.firm": "firm", "strength.planned": "planned", "strength.aspirational": "aspirational", "strength.exploratory": "exploratory",
    "basis.explicit": "said here", "basis.inherited": "inherited", "basis.document_year": "year the document plans for",
    "type.PROJECT": "project", "type.LOCATION": "place", "type.ORG": "body", "type.QUANTITY": "quantity", "type.TIME": "time", "type.POLICY": "policy",
    chart_topics: "Topics and strength", says_topics: "by the first topic; click a bar to filter", chart_deadlines: "Deadlines", says_deadlines: "by the last day",
    chart_indicators: "Indicators and figures", says_indicators: "quantities whose indicator is named, the most frequent first", chart_verbs: "Frequent verbs", says_verbs: "of the main clauses, the first 20",
    chart_speakers: "Measurable share by speaker", says_speakers: "commitments with a quantity ÷ all; without a speaker by body, issuer or document",
    no_topic: "none", no_data: "Nothing of this kind among the commitments shown", table: "Data", share: "share", count: "count", figures: "figures", indicator: "indicator",
    measured: "with a quantity", verb: "verb", period: "until", foot: "Extracted by commitment-extractor; each record leads back to the characters of the source and the rules that decided. Charts: Apache ECharts (Apache-2.0).",
  },
};
let language = "zh";

function say(key, ...values) {
  return values.reduce((text, value) => text.replace("{}", value), WORDS[language][key] ?? key);
}
