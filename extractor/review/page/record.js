/* The record on the desk: what it says, why it should be looked at, and what can be done with it. */
import { step } from "./cases.js";
import { decide, insist, undo, yieldTo } from "./deciding.js";
import { byId, button, element, keyed } from "./dom.js";
import { begin, differences } from "./drafting.js";
import { drawForm } from "./form.js";
import { on } from "./news.js";
import { deadlineOf, doubtOf, moment, normOf, quoted } from "./reading.js";
import { state } from "./state.js";
import { say, sayOf } from "./words.js";

const panel = byId("record");

/* Draws anew without losing the place: what was scrolled to stays in sight, and the focus does not fall out of the panel. */
function draw() {
  const { scrollTop } = panel;
  const inside = panel.contains(document.activeElement);
  drawShown();
  panel.scrollTop = scrollTop;
  if (inside && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
}

function drawShown() {
  if (state.draft) return drawForm(panel, conflict());
  if (!state.case) return panel.replaceChildren(element("p", { class: "empty" }, say("choose")));
  const { record } = state.case;
  return panel.replaceChildren(
    head(),
    ...conflict(),
    ...doubt(),
    element("blockquote", { lang: "zh-CN" }, ...quoted(record, textOf(record))),
    ...places(record),
    ...changed(),
    element("dl", {}, ...facts(record).map(([name, value]) => element("div", {}, element("dt", {}, say(name)), element("dd", {}, value)))),
    ...entities(record),
    ...rules(record),
    ...history(),
  );
}

function head() {
  const { state: now, version } = state.case;
  const buttons = [
    keyed(say("accept"), "a", () => decide("accept"), { id: "accept", class: "strong yes" }),
    keyed(say("reject"), "r", () => decide("reject"), { id: "reject", class: "strong no" }),
    keyed(say("edit"), "e", begin, { id: "edit", class: "strong" }),
    now === "changed" && state.case.was && keyed(say("adopt"), "m", () => decide("adopt"), { id: "adopt", class: "strong" }),
    keyed(say("undo"), "u", undo, { id: "undo", disabled: !version || now === "open", class: "strong plain" }),
  ];
  return element("header", { class: "head-of" },
    element("div", { class: "title" }, element("h2", { id: "record-title" }, say("record")), element("span", { class: `badge ${now}` }, say(`state.${now}`)),
      button("‹", () => step(-1), { id: "earlier", class: "quiet icon", "aria-label": say("earlier"), "aria-keyshortcuts": "k" }),
      button("›", () => step(1), { id: "later", class: "quiet icon", "aria-label": say("later"), "aria-keyshortcuts": "j" })),
    element("div", { class: "acts", role: "group", "aria-label": say("decide") }, ...buttons));
}

/* Another tab was quicker: what it did, and the way on. */
function conflict() {
  if (!state.conflict) return [];
  const last = state.case.history?.at(-1);
  const done = last ? say("conflict_by", sayOf("did", last.action), last.who, moment(last.when)) : say(`state.${state.case.state}`);
  const wanted = state.conflict.wanted.undone ? say("did.undo") : sayOf("did", state.conflict.wanted.action);
  return [element("section", { class: "conflict", role: "alert" },
    element("h3", {}, say("conflict")), element("p", {}, done), element("p", {}, say("conflict_wanted", wanted)),
    element("div", { class: "acts" },
      button(say("conflict_theirs"), yieldTo, { id: "theirs", class: "strong" }),
      !state.conflict.wanted.undone && button(say("conflict_mine"), insist, { id: "mine", class: "strong" })))];
}

/* What cuts the text of a record, if that text is at hand. */
function textOf(record) {
  return state.text?.text != null && state.text.source === record.source ? state.text.cut : null;
}

function doubt() {
  const { review } = state.case.record;
  return review ? [element("p", { class: "doubt" }, doubtOf(review))] : [];
}

/* Places that the text does not decide: each candidate is one press away. */
function places(record) {
  const open = record.entities.map((one, at) => [one, at]).filter(([one]) => Array.isArray(one.norm) && one.norm.length);
  let key = 0;
  return open.map(([one, at]) => element("section", { class: "places" },
    element("h3", {}, say("which_place", one.text)),
    ...one.norm.map((division) => {
      key += 1;
      return keyed(`${division.path} ${division.code}`, key < 10 ? String(key) : "", () => pick(at, division), { class: "quiet candidate", "data-candidate": key });
    })));
}

function pick(number, norm) {
  const bare = ({ type, start, end, norm: old }) => ({ type, start, end, ...(old ? { norm: old } : {}) });
  const entities = state.case.record.entities.map((one, at) => bare(at === number ? { ...one, norm } : one));
  return decide("correct", { entities });
}

export function pickByKey(key) {
  panel.querySelector(`[data-candidate="${key}"]`)?.click();
}

/* What a person made of the machine's record; where a newer run has changed it, what that run would make of what was decided. */
function changed() {
  const { was, record, state: now } = state.case;
  if (!was) return [];
  const [old, made] = now === "changed" ? [record, was] : [was, record];
  const line = (name) => element("li", {}, element("b", {}, say(`field.${name}`)), " ",
    element("del", { lang: "zh-CN" }, shown(name, old[name], made[name])), " → ", element("ins", { lang: "zh-CN" }, shown(name, made[name], old[name])));
  const lines = differences(old, made).map(line);
  return lines.length ? [element("section", { class: "was" }, element("h3", {}, say(now === "changed" ? "newer" : "was")), element("ul", {}, ...lines))] : [];
}

/* A value for reading; of entities those alone that the other record has not. */
function shown(name, value, other) {
  if (value === null || value === undefined || value.length === 0) return say("none");
  if (name === "head") return value.text;
  if (name === "lead_ins" || name === "tails") return value.map((span) => span.text).join("；");
  if (name === "entities") return fresh(value.map(entityLine), other.map(entityLine));
  if (name === "deadline") return deadlineOf(value);
  if (name === "responsible") return [...value.lead, ...value.partners].join("；");
  return sayOf(name, value);
}

function entityLine({ type, text, norm }) {
  return `${sayOf("type", type)} ${text}${norm ? `（${normOf(norm)}）` : ""}`;
}

function fresh(lines, others) {
  return lines.filter((line) => !others.includes(line)).join("；") || say("none");
}

function facts(record) {
  const said = record.speech && [record.speech.speaker, record.speech.organization, record.speech.position].filter(Boolean).join("，");
  return Object.entries({
    kind: sayOf("kind", record.kind), strength: sayOf("strength", record.strength), specificity: sayOf("specificity", record.specificity),
    topic: record.topic, actor: record.actor, action: record.action, object: record.object,
    lead: record.responsible?.lead.join("；"), partners: record.responsible?.partners.join("；"), deadline: record.deadline && deadlineOf(record.deadline),
    section: record.section.join(" › "), pledge: record.pledge && `${record.pledge.label} ${record.pledge.title}`, said_by: said, from: whence(record),
  }).filter(([, value]) => value);
}

function whence(record) {
  const spot = Object.entries(record.locator ?? {}).filter(([, value]) => value).map(([name, value]) => say(`spot.${name}`, value));
  return [record.source, ...spot, say("characters", record.start, record.end)].join(" · ");
}

function entities(record) {
  if (!record.entities.length) return [];
  const item = (one) => element("li", {}, element("span", { class: "type" }, sayOf("type", one.type)),
    element("span", { class: `entity ${one.type}`, lang: "zh-CN" }, one.text), one.norm && element("span", { class: "norm" }, normOf(one.norm)));
  return [element("h3", {}, say("entities")), element("ul", { class: "entities" }, ...record.entities.map(item))];
}

function rules(record) {
  const link = (id) => element("li", {}, element("a", { href: `#rules/${encodeURIComponent(id)}` }, id));
  return record.rules.length ? [element("h3", {}, say("decided_by")), element("ul", { class: "ids" }, ...record.rules.map(link))] : [];
}

function history() {
  const lines = state.case.history ?? [];
  const item = (one) => element("li", {}, element("b", {}, sayOf("did", one.action)), ` ${one.who} `, element("time", { datetime: one.when }, moment(one.when)),
    one.note && element("p", { class: "remark", lang: "zh-CN" }, one.note));
  return lines.length ? [element("h3", {}, say("history")), element("ol", { class: "history" }, ...lines.toReversed().map(item))] : [];
}

for (const topic of ["case", "draft", "language", "conflict"]) on(topic, draw);
