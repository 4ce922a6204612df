/* The rules: how each fared in this run and in the eyes of reviewers, its examples, and a place to try a pattern before saving it. */
import { get, post } from "./api.js";
import { button, byId, calm, element, field, options } from "./dom.js";
import { on, tell } from "./news.js";
import { addressOf } from "./state.js";
import { say } from "./words.js";

const view = byId("view-rules");
let rules = null;
let stale = true; // whether something was decided since they were fetched
let rule = null;
let sought = "";
let tried = null; // {on, answer | error | busy}

export async function openRules(id) {
  if (stale) rules = await get("/api/rules");
  stale = false;
  rule = id ? await get(`/api/rules/${encodeURIComponent(id)}`) : null;
  tried = null;
  draw();
  if (id) byId("rule")?.focus({ preventScroll: true });
}

function draw() {
  if (!rules) return;
  const search = element("input", { type: "search", id: "rule-search", value: sought, input: calm((event) => { sought = event.target.value; drawNames(); }, 80) });
  view.replaceChildren(
    element("section", { class: "names", "aria-label": say("rules") }, field(say("search_rules"), search), element("p", { class: "count", id: "rule-count", role: "status" }), element("ul", { id: "rule-names" })),
    element("section", { class: "rule", id: "rule", tabindex: "-1", "aria-label": say("rule") }, ...(rule ? about() : [element("h2", {}, say("rules")), element("p", { class: "empty" }, say("choose_rule"))]), ...trial()));
  drawNames();
}

function drawNames() {
  const kept = rules.filter((one) => `${one.id} ${one.description}`.toLowerCase().includes(sought.toLowerCase()));
  byId("rule-count").textContent = say("rules_listed", kept.length);
  byId("rule-names").replaceChildren(...kept.map((one) => element("li", {},
    element("a", { href: `#rules/${encodeURIComponent(one.id)}`, "aria-current": one.id === rule?.id && "true" },
      element("code", {}, one.id), element("span", { class: "figure" }, one.matches ? say("matches", one.matches.toLocaleString("en")) : "–"),
      element("span", { class: "says", lang: "zh-CN" }, one.description), one.precision === null ? null : element("span", { class: "figure" }, percent(one.precision))))));
}

function percent(share) {
  return `${Math.round(100 * share)}%`;
}

function about() {
  const figures = { matches_here: rule.matches, accepted: rule.accepted, corrected: rule.corrected, rejected: rule.rejected, precision: rule.precision === null ? "–" : percent(rule.precision) };
  return [
    element("h2", {}, element("code", {}, rule.id)),
    element("p", { class: "lead", lang: "zh-CN" }, rule.description),
    element("dl", { class: "figures" }, ...Object.entries(figures).map(([name, value]) => element("div", {}, element("dt", {}, say(name)), element("dd", {}, String(value))))),
    rule.matches ? button(say("show_matches"), () => tell("narrow", { rule: rule.id }), { id: "show-matches" }) : null,
    ...(rule.pattern ? [element("h3", {}, say("pattern")), element("pre", { tabindex: "0", "aria-label": say("pattern") }, element("code", {}, rule.pattern))] : []),
    ...listing("unless", rule.unless), ...listing("positive", rule.positive), ...listing("negative", rule.negative), ...listing("known_gap", rule.known_gap),
    ...cases(),
  ];
}

function listing(name, lines) {
  return lines?.length ? [element("h3", {}, say(name)), element("ul", { class: "examples", lang: "zh-CN" }, ...lines.map((line) => element("li", {}, element("span", {}, ...brackets(line)))))] : [];
}

/* An example marks its match with ⟦ and ⟧. */
function brackets(line) {
  return line.split(/⟦(.*?)⟧/su).map((piece, at) => (at % 2 ? element("mark", {}, piece || "\u200b") : piece));
}

function cases() {
  const item = (one) => element("li", {}, element("a", { href: addressOf(one.id), lang: "zh-CN" }, one.text), element("span", { class: `badge ${one.state}` }, say(`state.${one.state}`)));
  return rule.cases?.length ? [element("h3", {}, say("in_this_run")), element("ul", { class: "examples" }, ...rule.cases.slice(0, 20).map(item))] : [];
}

function trial() {
  const pattern = element("textarea", { name: "pattern", rows: 3, lang: "zh-CN", spellcheck: "false", required: true }, rule?.pattern ?? "");
  const unless = element("textarea", { name: "unless", rows: 2, lang: "zh-CN", spellcheck: "false", placeholder: say("one_a_line") }, (rule?.unless ?? []).join("\n"));
  const where = element("select", { name: "on" }, options([["run", say("on.run")], ["corpus", say("on.corpus")]], "run"));
  const submit = (event) => {
    event.preventDefault();
    attempt({ pattern: pattern.value, unless: unless.value.split("\n").filter(Boolean), on: where.value });
  };
  return [element("form", { class: "trial", id: "trial", submit }, element("h3", {}, say("try_pattern")), element("p", { class: "hint" }, say("try_says")),
    field(say("pattern"), pattern), field(say("unless"), unless),
    element("div", { class: "line" }, field(say("where"), where), button(say("try_it"), null, { type: "submit", class: "strong yes" }))),
  element("div", { id: "tried", class: "tried", role: "status" })];
}

async function attempt(body) {
  tried = { busy: true };
  drawTried();
  tried = await post("/api/rules/try", body).then((answer) => ({ answer }), (error) => ({ error: error.message || say("offline") }));
  drawTried();
}

function drawTried() {
  const place = byId("tried");
  if (!place || !tried) return;
  if (tried.busy) return place.replaceChildren(say("trying"));
  if (tried.error) return place.replaceChildren(element("p", { class: "refused" }, tried.error));
  const { matches, total, texts } = tried.answer;
  const item = (one) => element("li", {}, element("span", { lang: "zh-CN" }, one.before, element("mark", {}, one.text), one.after), element("span", { class: "where" }, one.source));
  return place.replaceChildren(element("p", {}, say("found", total.toLocaleString("en"), texts, matches.length)), element("ul", { class: "examples" }, ...matches.map(item)));
}

on("language", () => { draw(); drawTried(); });
on("run", () => { stale = true; });
