/* The source text: paragraphs of plain text nodes whose stretches carry the marks that lie over them. */
import { get } from "./api.js";
import { byId, element } from "./dom.js";
import { on, tell } from "./news.js";
import { cutter, length } from "./points.js";
import { addressOf, rolesOf, state, TYPES } from "./state.js";
import { say, sayOf } from "./words.js";

const article = byId("source");
let paragraphs = []; // {start, end, node}
let faint = new Map(); // paragraph → marks of all commitments
let roles = new Map(); // paragraph → marks of all clauses
let lively = new Map(); // paragraph → marks of the commitment on the desk
let withRoles = false;
let wanted = null; // the document shown or on its way
let opening = null;
let asked = 0;

/* Shows a document, `anew` what has changed in it. The clauses take longer than the text: they come after it, and only when they are shown. */
export function openText(source, anew = false) {
  if (source !== wanted || anew) {
    wanted = source;
    opening = open(source, ++asked);
  }
  return opening;
}

async function open(source, mine) {
  article.setAttribute("aria-busy", "true");
  if (!withRoles || state.text?.source !== source) await bring(source, false, mine);
  if (withRoles) bring(source, true, mine);
}

/* Fetches a text and lays it out, unless another was asked for meanwhile; a text that is not at hand is said to be so. */
async function bring(source, clauses, mine) {
  const text = await get("/api/documents/text", { source, clauses }).catch((error) => ({ source, text: null, clauses: [], cases: [], missing: error.message }));
  if (mine !== asked) return;
  const same = text.text !== null && state.text?.source === source && state.text.text === text.text;
  state.text = { ...text, cut: cutter(text.text ?? "") };
  article.removeAttribute("aria-busy");
  if (same) mark();
  else lay();
}

function lay() {
  const { text } = state.text;
  if (text === null) {
    paragraphs = [];
    article.replaceChildren(element("p", { class: "empty" }, say("no_text"), " ", state.text.missing ?? ""));
    drawAbout();
    return;
  }
  let start = 0;
  paragraphs = text.split("\n").map((line) => {
    const made = { start, end: start + length(line), node: element("p") };
    start = made.end + 1;
    return made;
  });
  mark();
  article.replaceChildren(...paragraphs.map((paragraph) => paragraph.node));
  drawAbout();
}

function mark() {
  const { cases, clauses } = state.text;
  faint = shared(cases.filter((one) => one.state !== "rejected").map(({ id, start, end }) => ({ start, end, look: "promise", case: id })));
  roles = shared(clauses.map(({ start, end, role, rule }) => ({ start, end, look: `role ${role}`, title: `${sayOf("role", role)} · ${rule}` })));
  lively = shared(livelyMarks());
  paragraphs.forEach(paint);
}

/* The number of the paragraph that holds an offset. */
export function paragraphAt(offset) {
  let low = 0;
  let high = paragraphs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (paragraphs[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function paragraph(number) {
  return paragraphs[number];
}

/* The paragraph that a node of the page lies in. */
export function paragraphOf(node) {
  const inside = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const found = inside?.closest?.("#source > p");
  return found ? paragraphs.find((one) => one.node === found) : null;
}

/* Marks by the paragraphs that they touch. */
function shared(marks) {
  const found = new Map();
  for (const mark of marks) {
    for (let number = paragraphAt(mark.start); number < paragraphs.length && paragraphs[number].start < mark.end; number += 1) {
      if (!found.has(number)) found.set(number, []);
      found.get(number).push(mark);
    }
  }
  return found;
}

function livelyMarks() {
  const shown = state.draft ?? state.case?.record;
  if (!shown || (state.case && state.case.record.source !== state.text?.source)) return [];
  return [
    ...rolesOf(shown).map(({ start, end, role }) => ({ start, end, look: role, title: say(`part.${role}`) })),
    ...shown.entities.map(({ start, end, type }) => ({ start, end, look: `entity ${type}`, title: sayOf("type", type) })),
  ];
}

/* Cuts a paragraph at every border of a mark; each stretch carries the looks of all marks over it. What looks as it did is
   left alone: a selection in it lives on. */
function paint(paragraph, number) {
  const { start, end, node } = paragraph;
  const marks = [...(faint.get(number) ?? []), ...(roles.get(number) ?? []), ...(lively.get(number) ?? [])];
  const looks = JSON.stringify(marks);
  if (looks === paragraph.looks) return;
  paragraph.looks = looks;
  if (!marks.length) {
    node.textContent = state.text.cut(start, end);
    return;
  }
  const borders = new Set([start, end]);
  for (const mark of marks) {
    borders.add(Math.max(start, mark.start));
    borders.add(Math.min(end, mark.end));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  node.replaceChildren(...sorted.slice(1).map((until, at) => stretch(sorted[at], until, marks)));
}

function stretch(start, end, marks) {
  const over = marks.filter((mark) => mark.start <= start && end <= mark.end);
  const text = state.text.cut(start, end);
  if (!over.length) return text;
  const title = over.findLast((mark) => mark.title)?.title;
  return element("span", { class: over.map((mark) => mark.look).join(" "), title, "data-case": over.find((mark) => mark.case)?.case }, text);
}

/* The commitment on the desk has changed: only the paragraphs that it touches or touched are painted. */
function enliven() {
  if (state.text?.text == null) return;
  const before = lively;
  lively = shared(livelyMarks());
  for (const number of new Set([...before.keys(), ...lively.keys()])) paint(paragraphs[number], number);
}

export function showHead() {
  article.querySelector(".head")?.scrollIntoView({ block: "center" });
}

export async function toggleRoles() {
  withRoles = !withRoles;
  byId("roles").setAttribute("aria-pressed", String(withRoles));
  drawAbout();
  if (!wanted) return;
  if (withRoles) tell("say", say("reading"));
  await bring(wanted, withRoles, ++asked);
  if (withRoles) tell("say", "");
}

function drawAbout() {
  const title = titleOf(state.text?.source);
  byId("text-title").textContent = title;
  byId("text-title").title = title;
  const looks = [
    ...["head", "lead-in", "tail"].map((role) => [role, say(`part.${role}`)]),
    ...TYPES.map((type) => [`entity ${type}`, say(`type.${type}`)]),
    ["promise", say("others")],
    ...(withRoles ? ["heading", "other"].map((role) => [`role ${role}`, say(`role.${role}`)]) : []),
  ];
  byId("legend").replaceChildren(...looks.map(([look, name]) => element("li", {}, element("span", { class: look }, name))));
}

function titleOf(source) {
  const about = state.documents.find((one) => one.source === source);
  return about?.title ?? source ?? "";
}

on("case", enliven);
on("draft", enliven);
on("look", enliven);
on("language", () => { drawAbout(); enliven(); });
byId("roles").addEventListener("click", toggleRoles);
article.addEventListener("click", (event) => {
  const id = event.target.closest("[data-case]")?.dataset.case;
  const selecting = !getSelection().isCollapsed;
  if (id && !selecting && !state.draft && id !== state.case?.id) location.hash = addressOf(id);
});
