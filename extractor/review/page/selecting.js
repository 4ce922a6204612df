/* Selecting text with the mouse or by keys, and the bar that says what a selection can become. */
import { byId, element, keyed } from "./dom.js";
import { begin, beginNew, mark } from "./drafting.js";
import { on, tell } from "./news.js";
import { offsetIn, placeIn } from "./points.js";
import { paragraph, paragraphAt, paragraphOf } from "./source.js";
import { state, TYPES } from "./state.js";
import { say } from "./words.js";

const article = byId("source");
const bar = byId("marking");
const PARTS = ["head", "lead-in", "tail"];
const BORDER = /[，。；：！？,;:!?\n]/u;
let anchor = 0;
let focus = 0;

/* What the browser has selected, as offsets; null where nothing of the source is. */
function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return null;
  const [first, last] = [paragraphOf(range.startContainer), paragraphOf(range.endContainer)];
  if (!first) return null;
  const start = offsetIn(first.node, first.start, range.startContainer, range.startOffset);
  const end = last ? offsetIn(last.node, last.start, range.endContainer, range.endOffset) : first.end;
  return start < end ? { start, end } : null;
}

/* Selects a stretch of the source in the page. */
function select(start, end) {
  const [first, last] = [paragraph(paragraphAt(start)), paragraph(paragraphAt(end))];
  getSelection().setBaseAndExtent(...placeIn(first.node, start - first.start), ...placeIn(last.node, end - last.start));
  take();
}

/* Takes over what the browser has selected. */
function take() {
  const found = selected();
  if (!found && bar.contains(document.activeElement)) return;
  if (found?.start === state.selection?.start && found?.end === state.selection?.end) return;
  state.selection = found;
  drawBar();
}

/* The part of a stretch that a key means: 1 to 3 its parts, 4 to 9 the types of entities. */
export function markByKey(key) {
  const name = [...PARTS, ...TYPES][Number(key) - 1];
  if (!name || !state.selection) return false;
  use(name);
  return true;
}

function use(name) {
  if (!state.draft && !begin()) return;
  mark(name, state.selection);
  getSelection().removeAllRanges();
  state.selection = null;
  drawBar();
}

/* Starts selecting by keys, at the selection or at the head of the commitment. */
export function startByKeys() {
  const place = state.selection ?? state.draft?.head ?? state.case?.record.head;
  tell("pane", "text");
  article.focus();
  if (!place || state.text?.text == null) return;
  [anchor, focus] = [place.start, place.end];
  select(anchor, focus);
}

/* One step of the moving border, or as far as the clause goes. */
function moved(by, far) {
  let place = Math.min(textEnd(), Math.max(0, focus + by));
  while (far && inText(place, by) && !isBorder(place, by)) place += by;
  return place;
}

/* The clause before or behind the selection. */
function clauseBeside(by) {
  let place = by > 0 ? Math.max(anchor, focus) : Math.min(anchor, focus);
  while (inText(place, by) && (isBorder(place, by) || /\s/u.test(beside(place, by)))) place += by;
  const near = place;
  while (inText(place, by) && !isBorder(place, by)) place += by;
  return [near, place];
}

function textEnd() {
  return paragraph(paragraphAt(Infinity)).end;
}

function inText(place, by) {
  return by > 0 ? place < textEnd() : place > 0;
}

/* The character that a step would go over. */
function beside(place, by) {
  return by > 0 ? state.text.cut(place, place + 1) : state.text.cut(place - 1, place);
}

function isBorder(place, by) {
  return BORDER.test(beside(place, by));
}

/* Arrows move one character, with Ctrl or Alt a clause; Shift holds the other border where it is. */
function steer(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || state.text?.text == null) return;
  event.preventDefault();
  const { start, end } = state.selection ?? { start: anchor, end: focus };
  if (Math.min(anchor, focus) !== Math.min(start, end) || Math.max(anchor, focus) !== Math.max(start, end)) [anchor, focus] = [start, end];
  const far = event.ctrlKey || event.altKey;
  if (far && !event.shiftKey) [anchor, focus] = clauseBeside(by);
  else focus = moved(by, far);
  if (!far && !event.shiftKey) anchor = focus - by;
  if (anchor === focus) focus = moved(by, false);
  select(anchor, focus);
  getSelection().focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
}

function drawBar() {
  const chosen = state.selection;
  bar.hidden = !chosen;
  if (!chosen) return;
  const names = state.case || state.draft ? [...PARTS.map((name) => [name, `part.${name}`]), ...TYPES.map((name) => [name, `type.${name}`])] : [];
  const text = state.text.cut(chosen.start, Math.min(chosen.end, chosen.start + 40));
  const marks = names.map(([name, label], at) => keyed(say(label), String(at + 1), () => use(name), { "data-mark": name }));
  const add = state.draft ? [] : [keyed(say("add"), "n", beginNew, { "data-mark": "new" })];
  bar.replaceChildren(element("q", { lang: "zh-CN" }, text), ...marks, ...add);
}

document.addEventListener("selectionchange", take);
article.addEventListener("keydown", steer);
bar.addEventListener("mousedown", (event) => event.preventDefault());
on("draft", drawBar);
on("language", drawBar);
