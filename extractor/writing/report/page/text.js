/* The source with its commitments highlighted, one document at a time. */
let opened = null;

function openText(number) {
  if (opened === number || !DATA.documents[number]) return;
  opened = number;
  document.getElementById("document").value = String(number);
  const article = document.getElementById("source");
  const records = RECORDS.filter((record) => record.document === number);
  const text = DATA.documents[number].text;
  article.replaceChildren(...(text === null ? ownTexts(records) : paragraphs(records, text)));
  dimText();
}

function ownTexts(records) {
  const lines = records.map((record) => {
    const inside = { ...record, start: 0, end: record.length, head: record.inner };
    return element("p", {}, promise(record, marked(inside, slicer(record.text))));
  });
  return [element("p", { class: "note" }, say("no_text")), ...lines];
}

/* Paragraphs end at line breaks outside commitments: one that runs over a page break stays whole. */
function paragraphs(records, text) {
  const cut = slicer(text);
  const made = [element("p")];
  const plain = (piece) => piece.split("\n").forEach((line, number) => {
    if (number) made.push(element("p"));
    made.at(-1).append(line);
  });
  let done = 0;
  for (const record of records) {
    if (record.start < done) continue;
    plain(cut(done, record.start));
    made.at(-1).append(promise(record, marked(record, cut)));
    done = record.end;
  }
  plain(cut(done, text.length));
  return made;
}

function promise(record, children) {
  return element("span", { class: `promise ${record.kind}`, role: "button", tabindex: "0", "data-number": record.number }, ...children);
}

/* Commitments that the filters keep out step back. */
function dimText() {
  const kept = new Set(shown.map((record) => record.number));
  for (const mark of document.querySelectorAll("#source .promise")) {
    mark.classList.toggle("aside", !kept.has(Number(mark.dataset.number)));
  }
}

function drawReading() {
  const names = DATA.documents.map((about, number) => element("option", { value: number }, about.title ?? about.source));
  const select = document.getElementById("document");
  select.replaceChildren(...names);
  if (opened !== null) select.value = String(opened);
  const legend = KINDS.map((kind) => element("li", { class: kind }, element("span", { class: "swatch" }), say(`kind.${kind}`)));
  document.getElementById("legend").replaceChildren(...legend);
}

document.getElementById("document").addEventListener("change", (event) => openText(Number(event.target.value)));
