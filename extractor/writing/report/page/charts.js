/* Five charts of what the filters let through; each has its figures as a table too. */
const COLOURS = { firm: "#1f5f6b", planned: "#6fa3a6", aspirational: "#d3a36a", exploratory: "#c9c5ba", explicit: "#1f5f6b", inherited: "#6fa3a6", document_year: "#d9d5ca", one: "#4d878c" };
const INK = "#4c555d";
const LINE = "#e4e1d9";
const MOST = 20;
const MONTHS = 36;
const plots = {};

const CHARTS = {
  topics: { full: true, data: topicData },
  deadlines: { full: true, data: deadlineData },
  indicators: { data: indicatorData },
  verbs: { data: verbData },
  speakers: { full: true, data: speakerData },
};

function topicData() {
  const first = (record) => record.topics[0] ?? say("no_topic");
  const names = tally(shown.map(first)).map(([name]) => name);
  const series = STRENGTHS.map((strength) => ({ name: say(`strength.${strength}`), colour: COLOURS[strength],
    values: names.map((name) => shown.filter((record) => record.strength === strength && first(record) === name).length) }));
  return { names, series, sideways: true, head: "topic", click: (name) => name !== say("no_topic") && setFilter("topic", name) };
}

function deadlineData() {
  const dated = shown.filter((record) => record.deadline?.end);
  const months = span(dated.map((record) => record.deadline.end.slice(0, 7)));
  const names = months.length <= MONTHS ? months : [...new Set(months.map((month) => month.slice(0, 4)))];
  const series = ["explicit", "inherited", "document_year"].map((basis) => ({ name: say(`basis.${basis}`), colour: COLOURS[basis],
    values: names.map((name) => dated.filter((record) => record.deadline.basis === basis && record.deadline.end.startsWith(name)).length) }));
  return { names, series, head: "period", click: (name) => setFilter("deadline", name.slice(0, 4)) };
}

/* Every month between the first and the last. */
function span(months) {
  if (!months.length) return [];
  const [first, last] = [months.reduce((a, b) => (a < b ? a : b)), months.reduce((a, b) => (a > b ? a : b))];
  const number = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const name = (count) => `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
  return Array.from({ length: number(last) - number(first) + 1 }, (_, step) => name(number(first) + step));
}

function indicatorData() {
  const found = shown.flatMap((record) => named(record, "QUANTITY").filter((entity) => entity.indicator));
  const counts = tally(found.map((entity) => entity.indicator)).slice(0, MOST);
  const norms = (name) => found.filter((entity) => entity.indicator === name).map((entity) => entity.norm ?? entity.text);
  return { ...single(counts, "indicator"), extra: { figures: counts.map(([name]) => norms(name).slice(0, 8).join("；")) }, click: (name) => setFilter("search", name) };
}

function verbData() {
  return { ...single(tally(shown.map((record) => record.action).filter(Boolean)).slice(0, MOST), "verb"), click: (name) => setFilter("search", name) };
}

function single(counts, head) {
  return { names: counts.map(([name]) => name), sideways: true, head, series: [{ name: say("count"), colour: COLOURS.one, values: counts.map(([, count]) => count) }] };
}

function speakerData() {
  const all = tally(shown.map(voice)).slice(0, MOST);
  const measured = new Map(tally(shown.filter((record) => named(record, "QUANTITY").length).map(voice)));
  const rows = all.map(([name, count]) => ({ name, count, measured: measured.get(name) ?? 0 })).sort((a, b) => b.measured / b.count - a.measured / a.count);
  return { names: rows.map((row) => row.name), sideways: true, head: "speaker", percent: true,
    series: [{ name: say("share"), colour: COLOURS.one, values: rows.map((row) => Math.round((1000 * row.measured) / row.count) / 10) }],
    extra: { measured: rows.map((row) => row.measured), commitments: rows.map((row) => row.count) }, click: (name) => setFilter("speaker", name) };
}

function showCharts() {
  const view = document.getElementById("view-charts");
  if (view.hidden) return;
  if (!view.children.length) view.append(...Object.entries(CHARTS).map(frame));
  for (const [name, chart] of Object.entries(CHARTS)) fill(name, chart.data());
}

function frame([name, chart]) {
  return element("figure", { class: chart.full ? "chart full" : "chart", id: `chart-${name}` },
    element("h2"), element("p", { class: "says" }), element("div", { class: "plot", role: "img" }), element("details", name === "indicators" ? { open: "" } : {}));
}

function fill(name, data) {
  const figure = document.getElementById(`chart-${name}`);
  const [title, says, plot, details] = figure.children;
  title.textContent = say(`chart_${name}`);
  const empty = !data.names.length;
  says.textContent = say(empty ? "no_data" : `says_${name}`);
  plot.hidden = details.hidden = empty;
  if (empty) return;
  plot.setAttribute("aria-label", title.textContent);
  plot.style.height = `${data.sideways ? 70 + 25 * data.names.length : 280}px`;
  plots[name] ??= echarts.init(plot);
  plots[name].resize();
  plots[name].setOption(option(data, plot.clientWidth), true);
  plots[name].off("click");
  plots[name].on("click", (event) => data.click(event.name));
  details.replaceChildren(element("summary", {}, say("table")), element("div", { class: "scroll" }, dataTable(data)));
}

function option(data, width) {
  const stacked = data.series.length > 1;
  const room = width < 500 ? 96 : 200;
  const category = { type: "category", data: data.names, inverse: Boolean(data.sideways), axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } },
    axisLabel: { color: INK, ...(data.sideways ? { width: room, overflow: "truncate", interval: 0 } : { hideOverlap: true }) } };
  const value = { type: "value", minInterval: 1, max: data.percent ? 100 : null, splitLine: { lineStyle: { color: "#f0ede6" } }, axisLabel: { color: "#8a929a", formatter: data.percent ? "{value}%" : "{value}" } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 44, top: stacked ? 36 : 8, bottom: 8, containLabel: true },
    legend: stacked ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 18, textStyle: { color: INK } } : { show: false },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" } },
    xAxis: data.sideways ? value : category,
    yAxis: data.sideways ? category : value,
    series: data.series.map((one) => ({ type: "bar", name: one.name, data: one.values, stack: stacked ? "all" : null, barMaxWidth: 16, itemStyle: { color: one.colour, borderRadius: stacked ? 0 : 2 },
      label: stacked ? { show: false } : { show: true, position: "right", color: INK, formatter: data.percent ? "{c}%" : "{c}" } })),
  };
}

function dataTable(data) {
  const columns = data.series.map((one) => [one.name, one.values, true]);
  for (const [name, values] of Object.entries(data.extra ?? {})) columns.push([say(name), values, typeof values[0] === "number"]);
  const head = element("tr", {}, element("th", { scope: "col" }, say(data.head)), ...columns.map(([name, , number]) => element("th", { scope: "col", class: number ? "number" : "words" }, name)));
  const rows = data.names.map((name, place) => element("tr", {}, element("td", {}, name), ...columns.map(([, cells, number]) => element("td", { class: number ? "number" : "words" }, String(cells[place])))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

addEventListener("resize", () => Object.values(plots).forEach((plot) => plot.resize()));
