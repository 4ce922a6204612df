/* A draft: what a person is about to correct or add, and how marks and fields change it. */
import { tell } from "./news.js";
import { trimmed, without } from "./points.js";
import { isOnDesk, rolesOf, state } from "./state.js";
import { say } from "./words.js";

const FIELDS = ["kind", "strength", "specificity", "actor", "action", "object", "topic", "responsible", "deadline"];
const EMPTY = { lead_ins: [], tails: [], entities: [], ...Object.fromEntries(FIELDS.map((name) => [name, null])) };

/* Starts to correct the case on the desk. */
export function begin() {
  if (!isOnDesk() || state.draft) return false;
  state.draft = { ...structuredClone(state.case.record), note: noteOf(state.case) };
  tell("draft", "begun");
  return true;
}

/* The note that stands: that of the last decision that has one. */
function noteOf({ history }) {
  return history.findLast((past) => past.note)?.note ?? "";
}

/* Starts a commitment that was missed: the selection becomes its head. */
export function beginNew() {
  if (state.draft || !state.text || state.text.text === null) return;
  const place = state.selection && trimmed(state.selection, state.text.cut, true);
  if (!place || place.start === place.end) {
    tell("say", say("select_first"));
    tell("select");
    return;
  }
  const head = spanned(place);
  state.draft = { ...structuredClone(EMPTY), head, note: "", source: state.text.source, isNew: true };
  getSelection().removeAllRanges();
  tell("draft", "begun");
}

export function drop() {
  state.draft = null;
  tell("draft", "dropped");
}

export function change(fields) {
  Object.assign(state.draft, fields);
}

function spanned({ start, end }) {
  return { start, end, text: state.text.cut(start, end) };
}

/* Makes a stretch of the text a part of the draft, or an entity in it. */
export function mark(name, stretch) {
  const { cut } = state.text;
  if (!["head", "lead-in", "tail"].includes(name)) {
    const place = trimmed(stretch, cut, false);
    if (place.start === place.end) return;
    const others = state.draft.entities.filter((one) => one.end <= place.start || place.end <= one.start || one.type !== name);
    change({ entities: [...others, { type: name, ...spanned(place), norm: undefined }].sort((a, b) => a.start - b.start) });
  } else {
    part(name, trimmed(stretch, cut, true));
  }
  tell("draft", "marked");
}

/* What a part takes, the other parts lose. */
function part(name, place) {
  if (place.start === place.end) return;
  const left = { lead_ins: without(state.draft.lead_ins, place), tails: without(state.draft.tails, place) };
  if (name === "lead-in") left.lead_ins.push(place);
  if (name === "tail") left.tails.push(place);
  const head = name === "head" ? place : without(state.draft.head ? [state.draft.head] : [], place)[0] ?? null;
  const tidy = (spans) => spans.map((span) => trimmed(span, state.text.cut, true)).filter((span) => span.start < span.end).sort((a, b) => a.start - b.start).map(spanned);
  const before = state.draft.entities.length;
  change({ lead_ins: tidy(left.lead_ins), tails: tidy(left.tails), head: head && tidy([head])[0] });
  keepInside();
  if (state.draft.entities.length < before) tell("say", say("entities_left", before - state.draft.entities.length));
}

export function dropPart(name, start) {
  const key = { "lead-in": "lead_ins", tail: "tails" }[name];
  change({ [key]: state.draft[key].filter((span) => span.start !== start) });
  keepInside();
  tell("draft", "marked");
}

export function dropEntity(number) {
  change({ entities: state.draft.entities.filter((_, at) => at !== number) });
  tell("draft", "marked");
}

/* Entities lie inside a clause of their commitment. */
function keepInside() {
  const inside = (one) => rolesOf(state.draft).some((span) => span.start <= one.start && one.end <= span.end);
  change({ entities: state.draft.entities.filter(inside) });
}

const bare = ({ start, end }) => ({ start, end });
const entityOf = ({ type, start, end, norm }) => ({ type, start, end, norm });
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function bordersOf(record) {
  return { head: record.head && bare(record.head), lead_ins: record.lead_ins.map(bare), tails: record.tails.map(bare) };
}

function shapeOf(record) {
  const deadline = record.deadline && { text: record.deadline.text, start_date: record.deadline.start_date, end_date: record.deadline.end_date };
  const fields = Object.fromEntries(FIELDS.map((name) => [name, record[name] ?? null]));
  return { ...bordersOf(record), ...fields, deadline, entities: record.entities.map(entityOf) };
}

/* What a correction sends: every field in which the draft differs from the record shown or from the machine's. */
export function changesOf(draft, shown) {
  const { record, was } = shown;
  const [now, ...olds] = [draft, record, was ?? record].map(shapeOf);
  const changed = Object.entries(now).filter(([name, value]) => olds.some((old) => !same(old[name], value)));
  return { ...Object.fromEntries(changed), ...(draft.note !== noteOf(shown) ? { note: draft.note } : {}) };
}

/* What an addition sends: what a person has filled in. The rest is what the machine makes of the words. */
export function additionOf(draft) {
  const filled = Object.entries(shapeOf(draft)).filter(([, value]) => value !== null && value.length !== 0);
  return { source: draft.source, ...Object.fromEntries(filled), ...(draft.note ? { note: draft.note } : {}) };
}

/* The fields in which two records differ, for reading. */
export function differences(was, now) {
  const [a, b] = [shapeOf(was), shapeOf(now)];
  return Object.keys(a).filter((name) => !same(a[name], b[name]));
}
