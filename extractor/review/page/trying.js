/* Paste a text or bring a file, and see at once what the extractor makes of it. Nothing of it is kept. */
import { post } from "./api.js";
import { button, byId, element, field } from "./dom.js";
import { on } from "./news.js";
import { cutter } from "./points.js";
import { deadlineOf, doubtOf, normOf, quoted } from "./reading.js";
import { rolesOf } from "./state.js";
import { say, sayOf } from "./words.js";

const view = byId("view-try");
const given = { text: "", date: "", issuer: "" };
let shown = null; // {answer | error | busy}

export async function openTrying() {
  if (!view.hasChildNodes()) draw();
}

function draw() {
  const keep = (name) => (event) => { given[name] = event.target.value; };
  const file = element("input", { type: "file", id: "file", change: (event) => event.target.files[0] && upload(event.target.files[0]) });
  const submit = (event) => {
    event.preventDefault();
    extract({ text: given.text, ...(given.date ? { date: given.date } : {}), ...(given.issuer ? { issuer: given.issuer } : {}) });
  };
  view.replaceChildren(
    element("form", { class: "paste", submit, dragover: (event) => event.preventDefault(), drop: (event) => { event.preventDefault(); const [one] = event.dataTransfer.files; if (one) upload(one); } },
      element("h2", {}, say("try_title")), element("p", { class: "hint" }, say("paste_says")),
      field(say("paste"), element("textarea", { id: "paste", rows: 12, lang: "zh-CN", required: true, input: keep("text") }, given.text)),
      element("div", { class: "line" }, field(say("date"), element("input", { type: "date", value: given.date, change: keep("date") })), field(say("issuer"), element("input", { lang: "zh-CN", value: given.issuer, input: keep("issuer") }))),
      element("div", { class: "line" }, button(say("extract"), null, { type: "submit", class: "strong yes" }), field(say("or_file"), file))),
    element("section", { id: "found", class: "found", tabindex: "-1", "aria-label": say("result"), "aria-live": "polite" }));
  drawFound();
}

function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return extract(form);
}

async function extract(body) {
  shown = { busy: true };
  drawFound();
  shown = await post("/extract", body).then((answer) => ({ answer }), (error) => ({ error: error.message || say("offline") }));
  drawFound();
}

function drawFound() {
  const place = byId("found");
  if (!place || !shown) return place?.replaceChildren(element("p", { class: "empty" }, say("result_here")));
  if (shown.busy) return place.replaceChildren(element("p", { class: "empty" }, say("reading")));
  if (shown.error) return place.replaceChildren(element("p", { class: "refused" }, shown.error));
  const { commitments, warnings, text } = shown.answer;
  const cut = typeof text === "string" ? cutter(text) : null;
  return place.replaceChildren(
    element("h2", {}, say("found_commitments", commitments.length)),
    ...(warnings ?? []).map((line) => element("p", { class: "doubt" }, line)),
    ...(cut ? [element("article", { class: "source", lang: "zh-CN" }, ...highlighted(commitments, cut, text))] : []),
    element("ol", { class: "commitments" }, ...commitments.map((one) => card(one, cut))));
}

/* The text with its commitments; line breaks are kept by the style sheet. */
function highlighted(commitments, cut, text) {
  const pieces = [];
  let done = 0;
  for (const span of commitments.flatMap(rolesOf).sort((a, b) => a.start - b.start)) {
    if (span.start < done) continue;
    pieces.push(cut(done, span.start), element("span", { class: span.role, title: say(`part.${span.role}`) }, cut(span.start, span.end)));
    done = span.end;
  }
  return [...pieces, cut(done, text.length)];
}

function card(record, cut) {
  const facts = [sayOf("kind", record.kind), sayOf("strength", record.strength), record.topic, record.actor, record.deadline && deadlineOf(record.deadline)].filter(Boolean);
  const entity = (one) => element("li", {}, element("span", { class: `entity ${one.type}`, lang: "zh-CN" }, one.text), one.norm && element("span", { class: "norm" }, normOf(one.norm)));
  return element("li", {}, element("p", { class: "what", lang: "zh-CN" }, ...quoted(record, cut)), element("p", { class: "where" }, facts.join(" · ")),
    record.review && element("p", { class: "doubt" }, doubtOf(record.review)), element("ul", { class: "entities" }, ...record.entities.map(entity)));
}

on("language", () => view.hasChildNodes() && draw());
