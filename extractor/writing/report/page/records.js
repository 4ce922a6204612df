/* What the page knows: the records as Python wrote them, and those that the filters let through. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const RECORDS = DATA.records.map((record, number) => ({ ...record, number, ...DATA.places[record.at] }));
const KINDS = ["action", "target", "directive"];
const STRENGTHS = ["firm", "planned", "aspirational", "exploratory"];
let shown = RECORDS;
let chosen = null;

/* An element with attributes, text or children. Text is only ever set as text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function named(record, type) {
  return record.entities.filter((entity) => entity.type === type);
}

function voice(record) {
  const about = DATA.documents[record.document];
  return record.speaker ?? record.organization ?? about.issuer ?? about.title ?? about.source;
}

function year(record) {
  return record.deadline?.end?.slice(0, 4) ?? null;
}

/* Whether its words or those above it say by when, and not only the year that the document plans for. */
function isDated(record) {
  return Boolean(record.deadline) && record.deadline.basis !== "document_year";
}

/* How often each value occurs, the most frequent first. */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/* Offsets count code points: a source with characters beyond the first plane is cut by them. */
function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}

/* The clauses of a commitment with its head in bold, over its stretch of `cut`'s text. */
function marked(record, cut) {
  const pieces = [cut(record.start, record.head[0]), cut(record.head[0], record.head[1]), cut(record.head[1], record.end)];
  return [pieces[0], element("b", {}, pieces[1]), pieces[2]];
}
