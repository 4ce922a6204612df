/* The list: rows are made as the reader scrolls, so that thousands open at once. */
const STEP = 60;
const COLUMNS = ["what", "topic", "actor", "deadline", "strength"];
let drawn = 0;

function showList() {
  document.getElementById("columns").replaceChildren(...COLUMNS.map((name) => element("th", { scope: "col" }, say(name))));
  document.getElementById("rows").replaceChildren();
  drawn = 0;
  drawRows(STEP);
}

function drawRows(count) {
  document.getElementById("rows").append(...shown.slice(drawn, drawn + count).map(row));
  drawn = Math.min(shown.length, drawn + count);
  const left = shown.length - drawn;
  document.getElementById("more").textContent = left ? say("more", left) : "";
}

function row(record) {
  const cut = slicer(record.text);
  const inside = { ...record, start: 0, end: record.length, head: record.inner };
  const where = [DATA.documents.length > 1 ? DATA.documents[record.document].title : null, record.speaker, record.pledge?.title ?? record.section.at(-1)];
  const cells = [
    element("td", { class: "what" }, element("p", {}, ...marked(inside, cut)), element("span", { class: "where" }, where.filter(Boolean).join(" · "))),
    element("td", { class: "side" }, record.topics[0] ?? ""),
    element("td", { class: "side" }, record.actor ?? ""),
    element("td", { class: isDated(record) ? "side brief date" : "side brief date implied" }, record.deadline?.end ?? ""),
    element("td", { class: "side brief" }, say(`strength.${record.strength}`)),
  ];
  return element("tr", { tabindex: "0", class: record.kind, "data-number": record.number, "aria-current": String(record === chosen) }, ...cells);
}

/* The row of a record, drawn if it was not yet; none when the filters keep it out. */
function rowOf(record) {
  const place = shown.indexOf(record);
  if (place >= drawn) drawRows(place - drawn + STEP);
  return document.querySelector(`#rows [data-number="${record.number}"]`);
}

new IntersectionObserver((seen) => { if (seen[0].isIntersecting) drawRows(STEP); }, { rootMargin: "600px" })
  .observe(document.getElementById("more"));
addEventListener("beforeprint", () => drawRows(shown.length));
