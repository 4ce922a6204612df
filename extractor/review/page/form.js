/* The form that corrects a record or adds one: borders come from the text, everything else from fields. */
import { saveDraft } from "./deciding.js";
import { button, byId, element, field, keyed, options } from "./dom.js";
import { change, drop, dropEntity, dropPart } from "./drafting.js";
import { on, tell } from "./news.js";
import { normOf } from "./reading.js";
import { rolesOf, SPECIFICITIES, state, TYPES } from "./state.js";
import { say, sayOf } from "./words.js";

export function drawForm(panel, before) {
  const { draft } = state;
  panel.replaceChildren(
    element("form", { class: "form", id: "form", submit: submit },
      element("header", { class: "head-of" },
        element("div", { class: "title" }, element("h2", { id: "record-title" }, say(draft.isNew ? "adding" : "editing"))),
        element("div", { class: "acts" },
          keyed(say("save"), "Ctrl+Enter", null, { type: "submit", id: "save", class: "strong yes", "aria-keyshortcuts": "Control+Enter" }),
          keyed(say("cancel"), "Esc", drop, { id: "cancel", class: "strong plain", "aria-keyshortcuts": "Escape" }))),
      ...before,
      element("p", { id: "refused", class: "refused", role: "alert" }),
      element("p", { class: "hint" }, say("how_to_mark"), " ", draft.isNew && say("left_empty")),
      parts(draft),
      choice("kind", state.options.kinds), choice("strength", state.options.strengths), choice("specificity", SPECIFICITIES),
      words("actor"), words("action"), words("object"),
      field(say("topic"), element("select", { name: "topic", change: (event) => change({ topic: event.target.value || null }) }, options([["", say("none")], ...state.options.topics.map((name) => [name, name])], draft.topic ?? ""))),
      bodies("lead"), bodies("partners"),
      deadline(draft),
      entities(draft),
      field(say("note"), element("textarea", { name: "note", rows: 2, input: (event) => change({ note: event.target.value }) }, draft.note))));
}

function submit(event) {
  event.preventDefault();
  saveDraft();
}

function parts(draft) {
  const item = (span) => element("li", { class: `part ${span.role}` }, element("b", {}, say(`part.${span.role}`)), element("span", { lang: "zh-CN" }, span.text),
    span.role !== "head" && button("×", () => dropPart(span.role, span.start), { class: "quiet cross", "aria-label": say("take_out", span.text) }));
  return element("fieldset", {}, element("legend", {}, say("borders")), element("ul", { class: "parts" }, ...rolesOf(draft).map(item)));
}

/* A choice of few: radio buttons that look like one bar. */
function choice(name, values) {
  const radio = (value) => element("label", {},
    element("input", { type: "radio", name, value, checked: state.draft[name] === value, change: () => change({ [name]: value }) }),
    element("span", {}, sayOf(name, value)));
  return element("fieldset", { class: "choice" }, element("legend", {}, say(name)), ...values.map(radio));
}

function words(name) {
  return field(say(name), element("input", { name, lang: "zh-CN", value: state.draft[name] ?? "", input: (event) => change({ [name]: event.target.value.trim() || null }) }));
}

function bodies(name) {
  const put = (event) => {
    const held = state.draft.responsible ?? { lead: [], partners: [] };
    const next = { lead: held.lead, partners: held.partners, [name]: event.target.value.split(/[；;]/u).map((one) => one.trim()).filter(Boolean) };
    change({ responsible: next.lead.length || next.partners.length ? next : null });
  };
  return field(say(name), element("input", { name, lang: "zh-CN", placeholder: say("several"), value: (state.draft.responsible?.[name] ?? []).join("；"), input: put }));
}

function deadline(draft) {
  const put = (name) => (event) => {
    const held = { text: "", start_date: null, end_date: null, ...state.draft.deadline, [name]: event.target.value || (name === "text" ? "" : null) };
    change({ deadline: held.text || held.start_date || held.end_date ? held : null });
  };
  const input = (name, type) => element("input", { name: `deadline.${name}`, type, value: draft.deadline?.[name] ?? "", lang: type === "text" && "zh-CN", input: put(name) });
  return element("fieldset", { class: "deadline" }, element("legend", {}, say("deadline")),
    field(say("deadline_text"), input("text", "text")), field(say("start_date"), input("start_date", "date")), field(say("end_date"), input("end_date", "date")));
}

function entities(draft) {
  const rows = draft.entities.map((one, at) => element("li", {},
    element("select", { "aria-label": say("type_of", one.text), change: (event) => { one.type = event.target.value; one.norm = undefined; tell("look"); } }, options(TYPES.map((type) => [type, sayOf("type", type)]), one.type)),
    element("span", { class: `entity ${one.type}`, lang: "zh-CN" }, one.text),
    button("×", () => dropEntity(at), { class: "quiet cross", "aria-label": say("take_out", one.text) }),
    ...norm(one)));
  return element("fieldset", {}, element("legend", {}, say("entities")), rows.length ? element("ul", { class: "edited" }, ...rows) : element("p", { class: "hint" }, say("no_entities")));
}

/* How an entity reads in canonical form: candidates of a place to choose from, else a line; bodies and projects have none. */
function norm(one) {
  if (Array.isArray(one.norm)) {
    const all = one.norm;
    const pairs = [["", normOf(all)], ...all.map((division) => [division.code, normOf(division)])];
    const pick = (event) => { one.norm = all.find((division) => division.code === event.target.value) ?? all; };
    return [element("select", { class: "norm", "aria-label": say("norm_of", one.text), change: pick }, options(pairs, ""))];
  }
  if (!["QUANTITY", "TIME", "LOCATION"].includes(one.type)) return [];
  const value = typeof one.norm === "object" ? one.norm?.code : one.norm;
  const put = (event) => { one.norm = event.target.value.trim() || null; };
  return [element("input", { class: "norm", "aria-label": say("norm_of", one.text), placeholder: say(`norm.${one.type}`), value: value ?? "", input: put })];
}

/* What the server did not take: the line says why, and the field is brought to hand. */
on("refused", ({ field: name, reason }) => {
  const place = byId("refused");
  if (!place) return;
  const plain = (name ?? "").replace(/^changes\./, "");
  place.textContent = reason ?? say("needs_head");
  byId("form").querySelector(`[name="${CSS.escape(plain)}"]`)?.focus();
  place.scrollIntoView({ block: "nearest" });
});
