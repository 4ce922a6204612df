/* Views, keys and languages: the page comes alive here. */
const VIEWS = ["list", "text", "charts"];
const HOVER = 150;

function show(name) {
  for (const view of VIEWS) {
    document.getElementById(`view-${view}`).hidden = view !== name;
    const tab = document.getElementById(`tab-${view}`);
    tab.setAttribute("aria-selected", String(view === name));
    tab.tabIndex = view === name ? 0 : -1;
  }
  document.querySelector("main").classList.toggle("wide", name === "charts");
  document.getElementById("record").hidden = name === "charts";
  if (name === "text") openText(chosen?.document ?? opened ?? 0);
  if (name === "charts") showCharts();
}

function recordAt(target) {
  const place = target.closest?.("[data-number]");
  return place ? RECORDS[Number(place.dataset.number)] : null;
}

function drawFigures() {
  const share = (count) => (RECORDS.length ? `${Math.round((100 * count) / RECORDS.length)}%` : "–");
  const figures = {
    documents: DATA.documents.length, commitments: RECORDS.length.toLocaleString("en"),
    measurable: share(RECORDS.filter((record) => named(record, "QUANTITY").length).length),
    with_deadline: share(RECORDS.filter(isDated).length),
  };
  const pairs = Object.entries(figures).map(([name, value]) => element("div", {}, element("dt", {}, say(name)), element("dd", {}, String(value))));
  document.getElementById("figures").replaceChildren(...pairs);
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const place of document.querySelectorAll("[data-label]")) place.textContent = say(place.dataset.label);
  document.getElementById("language").textContent = say("other");
  drawFigures();
  drawFilters();
  drawReading();
  drawRecord();
  narrow();
}

for (const [number, name] of VIEWS.entries()) {
  const tab = document.getElementById(`tab-${name}`);
  tab.addEventListener("click", () => show(name));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = VIEWS[(number + by + VIEWS.length) % VIEWS.length];
    show(next);
    document.getElementById(`tab-${next}`).focus();
  });
}
document.getElementById("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; draw(); });
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());

const main = document.querySelector("main");
let hovering;
main.addEventListener("click", (event) => { const record = recordAt(event.target); if (record) choose(record); });
main.addEventListener("focusin", (event) => { const record = recordAt(event.target); if (record && record !== chosen) choose(record, false); });
main.addEventListener("mouseover", (event) => {
  clearTimeout(hovering);
  const record = event.target.closest?.(".promise") && recordAt(event.target);
  if (record && record !== chosen) hovering = setTimeout(() => choose(record, false), HOVER);
});
main.addEventListener("keydown", (event) => {
  const record = recordAt(event.target);
  if (record && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(record); }
  if (record && event.key === "ArrowDown") { event.preventDefault(); step(1); }
  if (record && event.key === "ArrowUp") { event.preventDefault(); step(-1); }
});
addEventListener("keydown", (event) => { if (event.key === "Escape") document.getElementById("record").classList.remove("open"); });

const asked = /^#d(\d+)$/.exec(location.hash);
if (asked && DATA.documents[Number(asked[1])] && DATA.documents.length > 1) values.document = asked[1];
draw();
show("list");
