/* The list of cases: only the rows in sight exist, and pages of cases are fetched as they come near. */
import { get } from "./api.js";
import { byId, calm, element, field, options } from "./dom.js";
import { on, tell } from "./news.js";
import { addressOf, state } from "./state.js";
import { say, sayOf } from "./words.js";

const PAGE = 200;
const HEIGHT = 78; // pixels; `.row` in style.css is as high
const BEYOND = 6;

const rows = byId("rows");
const canvas = byId("canvas");
let total = 0;
let pages = new Map();
let cases = [];
let current = -1; // the place of the case on the desk, -1 where the list has it not
let near = 0; // the last such place
let asked = 0;

/* Asks for the list anew, as the filters stand. The case on the desk is shown in it if it is among the first, or wherever it is if `seek`. */
export async function list(seek = false) {
  const mine = ++asked;
  pages = new Map();
  const first = await fetchPage(0);
  if (mine !== asked) return;
  total = first.total;
  cases = new Array(total);
  keep(0, first);
  if (seek) for (let place = PAGE; place < total && placeOf(state.case) < 0; place += PAGE) await at(place);
  come(placeOf(state.case));
  drawCount();
  draw();
  rows.scrollTop = Math.max(0, current * HEIGHT - rows.clientHeight / 2);
  if (!total && state.filters.document) tell("bare", state.filters.document);
}

function placeOf(shown) {
  return shown ? cases.findIndex((one) => one?.id === shown.id) : -1;
}

function fetchPage(number) {
  if (!pages.has(number)) pages.set(number, get("/api/cases", { ...state.filters, offset: number * PAGE, limit: PAGE }));
  return pages.get(number);
}

function keep(number, answer) {
  answer.cases.forEach((one, at) => { cases[number * PAGE + at] ??= one; });
}

/* The case at a place of the list, fetched if it was not yet. */
async function at(place) {
  if (!cases[place]) {
    const mine = asked;
    const number = Math.floor(place / PAGE);
    const answer = await fetchPage(number);
    if (mine !== asked) return null;
    keep(number, answer);
  }
  return cases[place];
}

export async function step(by) {
  if (!total) return;
  const from = current < 0 ? near - Math.max(0, Math.sign(by)) : current;
  const next = Math.min(total - 1, Math.max(0, from + by));
  const one = await at(next);
  if (one) await choose(one.id, next);
}

/* After a decision: the next case that is still open, else the next one. */
export async function goOn() {
  for (let place = current < 0 ? near : current + 1; place < total; place += 1) {
    const one = await at(place);
    if (!one) return;
    if (isOpen(one)) { await choose(one.id, place); return; }
  }
  tell("finished");
}

async function choose(id, place) {
  if (state.draft) return tell("say", say("finish_first"));
  come(place);
  reveal();
  draw();
  location.hash = addressOf(id);
  return undefined;
}

function come(place) {
  current = place;
  if (place >= 0) near = place;
}

function isOpen(one) {
  return one.state === "open" || one.state === "changed";
}

function reveal() {
  const top = current * HEIGHT;
  if (top < rows.scrollTop) rows.scrollTop = top;
  if (top + HEIGHT > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + HEIGHT - rows.clientHeight;
}

function draw() {
  canvas.style.height = `${total * HEIGHT}px`;
  const from = Math.max(0, Math.floor(rows.scrollTop / HEIGHT) - BEYOND);
  const to = Math.min(total, Math.ceil((rows.scrollTop + rows.clientHeight) / HEIGHT) + BEYOND);
  const wanted = [];
  for (let place = from; place < to; place += 1) {
    if (!cases[place]) at(place).then((one) => one && drawSoon());
    wanted.push(row(cases[place], place));
  }
  canvas.replaceChildren(...wanted);
  const chosen = byId(`case-${current}`);
  if (chosen) rows.setAttribute("aria-activedescendant", chosen.id);
  else rows.removeAttribute("aria-activedescendant");
}

const drawSoon = calm(draw, 30);

function row(one, place) {
  const where = one ? [sayOf("kind", one.kind), one.topic, one.source].filter(Boolean).join(" · ") : "";
  const made = element("div", {
    class: `row ${one?.kind ?? ""} ${one?.state ?? ""}`, id: `case-${place}`, role: "option", "data-place": place,
    "aria-selected": String(place === current), "aria-setsize": total, "aria-posinset": place + 1,
  },
  element("span", { class: "state", title: one && say(`state.${one.state}`) }, one ? say(`sign.${one.state}`) : "",
    one && element("span", { class: "unseen" }, say(`state.${one.state}`))),
  element("span", { class: "what", lang: "zh-CN" }, one?.text ?? "…"),
  element("span", { class: "where" }, one?.review && isOpen(one) ? element("b", {}, say("doubtful"), " · ") : "", where));
  made.style.transform = `translateY(${place * HEIGHT}px)`;
  return made;
}

function drawCount() {
  byId("count").textContent = total ? say("listed", total.toLocaleString("en")) : say("nothing");
}

function drawFilters() {
  const change = (name) => (event) => { state.filters[name] = event.target.value; list(); };
  const states = ["open,changed", "decided", "changed", "all"].map((name) => [name, say(`filter.${name}`)]);
  const documents = [["", say("every_document")], ...(state.documents ?? []).map((one) => [one.source, one.title ? `${one.title}（${one.source}）` : one.source])];
  byId("filters").replaceChildren(
    field(say("search"), element("input", { type: "search", id: "search", value: state.filters.q, placeholder: say("searching"), input: calm(change("q")) }), { class: "field find" }),
    field(say("state"), element("select", { id: "filter-state", change: change("state") }, options(states, state.filters.state))),
    field(say("rule"), element("input", { id: "filter-rule", value: state.filters.rule, placeholder: "project.…", spellcheck: "false", list: "rule-ids", focus: nameRules, change: change("rule") })),
    element("datalist", { id: "rule-ids" }),
    field(say("document"), element("select", { id: "filter-document", change: change("document") }, options(documents, state.filters.document)), { class: "field wide" }),
  );
}

/* The ids of the rules, to choose from: fetched when somebody first comes to the field. */
async function nameRules() {
  const names = byId("rule-ids");
  if (names.hasChildNodes()) return;
  const rules = await get("/api/rules").catch(() => []);
  names.replaceChildren(...rules.map((one) => element("option", { value: one.id })));
}

/* Sets filters from elsewhere (a rule's page) and lists anew. */
export function narrow(filters) {
  Object.assign(state.filters, { state: "all", document: "", rule: "", q: "" }, filters);
  drawFilters();
  return list();
}

/* What was decided stands in its row at once; the row stays where it is until the list is asked for anew. */
on("case", () => {
  if (!state.case) return;
  const { record, state: now } = state.case;
  const place = placeOf(state.case);
  if (place >= 0) cases[place] = { ...cases[place], text: record.text, kind: record.kind, topic: record.topic, review: record.review, state: now };
  come(place);
  draw();
});
on("language", () => { drawFilters(); drawCount(); draw(); });

rows.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
new ResizeObserver(draw).observe(rows);
rows.addEventListener("click", async (event) => {
  const place = event.target.closest("[data-place]")?.dataset.place;
  if (place === undefined) return;
  const one = await at(Number(place));
  if (one) { await choose(one.id, Number(place)); tell("pane", "record"); }
});
rows.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -total, End: total }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  step(by);
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
