/* The filters above the list: each narrows what list, text and charts show. */
const FILTERS = {
  search: { wide: true, text: true, passes: (record, value) => value.toLowerCase().split(/\s+/).every((word) => record.haystack.includes(word)) },
  topic: { of: (record) => record.topics },
  speaker: { of: (record) => [voice(record)] },
  kind: { of: (record) => [record.kind], order: KINDS, prefix: "kind." },
  strength: { of: (record) => [record.strength], order: STRENGTHS, prefix: "strength." },
  deadline: { of: (record) => [isDated(record) ? "dated" : "undated", ...(year(record) ? [year(record)] : [])], years: true },
  project: { text: true, of: (record) => named(record, "PROJECT").map((entity) => entity.text) },
  place: { text: true, of: (record) => named(record, "LOCATION").map((entity) => entity.text) },
  document: { of: (record) => [String(record.document)], hidden: DATA.documents.length < 2 },
};
const values = {};

for (const record of RECORDS) {
  record.haystack = [record.text, record.actor, voice(record), record.position, ...record.section, record.pledge?.title, ...record.topics]
    .filter(Boolean).join("\n").toLowerCase();
}

function passes(record, filter, value) {
  if (filter.passes) return filter.passes(record, value);
  return filter.text ? filter.of(record).some((text) => text.includes(value)) : filter.of(record).includes(value);
}

function narrow() {
  const active = Object.entries(values).filter(([, value]) => value);
  shown = RECORDS.filter((record) => active.every(([name, value]) => passes(record, FILTERS[name], value)));
  const counted = active.length ? say("counted_of", shown.length, RECORDS.length) : say("counted", shown.length);
  document.getElementById("count").textContent = shown.length ? counted : say("none");
  showList();
  dimText();
  showCharts();
}

function drawFilters() {
  const form = document.getElementById("filters");
  form.replaceChildren();
  for (const [name, filter] of Object.entries(FILTERS)) {
    if (filter.hidden) continue;
    const field = filter.text ? textField(name, filter) : choiceField(name, filter);
    form.append(element("label", filter.wide ? { class: "wide" } : {}, say(name), ...field));
  }
  const toggle = element("button", { type: "button", class: "quiet toggle", "aria-expanded": String(form.classList.contains("open")) }, say("filters"));
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(form.classList.toggle("open"))));
  const clear = element("button", { type: "button", class: "quiet clear" }, say("clear"));
  clear.addEventListener("click", () => { for (const name in values) values[name] = ""; drawFilters(); narrow(); });
  form.firstChild.after(toggle);
  form.append(clear);
}

function textField(name, filter) {
  const hint = say(name === "search" ? "searching" : "naming");
  const input = element("input", { type: "search", name, id: `filter-${name}`, placeholder: hint, list: `${name}-names` });
  input.value = values[name] ?? "";
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { values[name] = input.value.trim(); narrow(); }, 120);
  });
  if (!filter.of) return [input];
  const names = tally(RECORDS.flatMap(filter.of)).slice(0, 500);
  return [input, element("datalist", { id: `${name}-names` }, ...names.map(([value]) => element("option", { value })))];
}

function choiceField(name, filter) {
  const select = element("select", { name, id: `filter-${name}` }, element("option", { value: "" }, say("all")));
  for (const [value, count] of choices(filter)) {
    select.append(element("option", { value }, `${choiceLabel(name, filter, value)}（${count}）`));
  }
  select.value = values[name] ?? "";
  select.addEventListener("change", () => { values[name] = select.value; narrow(); });
  return [select];
}

function choices(filter) {
  const found = tally(RECORDS.flatMap(filter.of));
  if (filter.order) return found.sort((a, b) => filter.order.indexOf(a[0]) - filter.order.indexOf(b[0]));
  return filter.years ? found.sort((a, b) => (isNaN(b[0]) - isNaN(a[0])) || (a[0] < b[0] ? -1 : 1)) : found;
}

function choiceLabel(name, filter, value) {
  if (name === "document") return DATA.documents[value].title ?? DATA.documents[value].source;
  if (filter.years) return isNaN(value) ? say(value) : say("year", value);
  return filter.prefix ? say(filter.prefix + value) : value;
}

function setFilter(name, value) {
  values[name] = value;
  drawFilters();
  narrow();
}
