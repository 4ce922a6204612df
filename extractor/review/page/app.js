/* The page comes alive here: languages, light and dark, the way from address to view, and the line that says what is saved. */
import "./keys.js";
import { ApiError, caseAt, get, post } from "./api.js";
import { list, narrow, step } from "./cases.js";
import { hasUnsaved, show, tryAgain } from "./deciding.js";
import { button, byId, element } from "./dom.js";
import { on, tell } from "./news.js";
import { openRules } from "./rules.js";
import { openText, showHead } from "./source.js";
import { addressOf, state } from "./state.js";
import { openTrying } from "./trying.js";
import { learn, say, speak, spoken } from "./words.js";

const VIEWS = { review: openReview, rules: openRules, try: openTrying };
const THEMES = ["auto", "light", "dark"];
const narrowScreen = matchMedia("(max-width: 1000px)");
let reached = 0;

async function go() {
  const [name, rest] = location.hash.slice(1).split(/\/(.*)/s);
  const view = name in VIEWS ? name : "review";
  for (const other of Object.keys(VIEWS)) {
    byId(`view-${other}`).hidden = other !== view;
    const link = byId(`to-${other}`);
    if (other === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  await VIEWS[view](rest ? decodeURIComponent(rest) : "");
}

/* Brings a case to the desk: its record, its text, its place in the list. */
async function openReview(id) {
  if (state.draft && id !== state.case?.id) tell("say", say("finish_first"));
  if ((state.draft || !id) && state.case) history.replaceState(null, "", addressOf(state.case.id));
  if (state.draft || !id) return;
  const mine = ++reached;
  if (id === state.case?.id) { tell("case"); return; }
  const answer = await get(caseAt(id));
  if (mine !== reached) return;
  state.conflict = null;
  show(answer);
  await openText(answer.record.source);
  if (mine !== reached) return;
  tell("case");
  showHead();
  byId("record").scrollTop = 0;
}

/* Another tab may have decided meanwhile: what is shown is asked for anew when this one comes to the front. */
async function look() {
  if (document.hidden || hasUnsaved() || state.conflict) return;
  state.run = await get("/api/run");
  tell("run");
  const id = state.case?.id;
  if (!id) return;
  const answer = await get(caseAt(id));
  if (id === state.case?.id && answer.version !== state.case.version && !hasUnsaved()) show(answer);
}

function drawRun() {
  if (!state.run) return;
  const { decided, commitments, to_review: left, folder, reviewer } = state.run;
  byId("progress").max = Math.max(1, decided + left);
  byId("progress").value = decided;
  byId("counts").textContent = say("counts", decided.toLocaleString("en"), left.toLocaleString("en"));
  byId("counts").title = say("about_run", folder, commitments);
  byId("reviewer").textContent = say("reviewer", reviewer);
}

function rename() {
  const dialog = byId("dialog");
  const name = element("input", { name: "name", value: state.run.reviewer, maxlength: 100, required: true });
  const submit = async (event) => {
    event.preventDefault();
    state.run = await post("/api/reviewer", { name: name.value }).catch((error) => { tell("failed", error.message); return state.run; });
    dialog.close();
    tell("run");
  };
  dialog.replaceChildren(element("form", { submit }, element("h2", { id: "dialog-title" }, say("who")), element("label", { class: "field" }, element("span", {}, say("name")), name),
    element("div", { class: "acts" }, button(say("save"), null, { type: "submit", class: "strong yes" }), button(say("cancel"), () => dialog.close(), { class: "strong plain" }))));
  dialog.showModal();
  name.select();
}

/* The one line that says what is saved; it never says so before the server did. */
function says(look, ...parts) {
  const line = byId("saved");
  line.className = `saved ${look}`;
  line.replaceChildren(...parts);
}

function failed(reason) {
  says("bad", say("failed"), reason ? ` ${reason} ` : " ", button(say("again"), tryAgain, { id: "again" }));
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  byId("theme").title = say(`theme.${theme}`);
}

function pane(name) {
  byId("view-review").dataset.pane = name;
  for (const one of document.querySelectorAll("[data-to]")) one.setAttribute("aria-pressed", String(one.dataset.to === name));
  if (name === "text") showHead();
}

on("run", drawRun);
on("saving", () => says("busy", say("saving")));
on("saved", () => says("good", say("saved", new Date().toLocaleTimeString(spoken()))));
on("failed", failed);
on("refused", () => says("bad", say("refused")));
on("conflict", () => says("bad", say("conflict")));
on("say", (text) => says("", text));
on("pane", (name) => { if (narrowScreen.matches) pane(name); });
on("draft", (what) => {
  if (what !== "begun") return;
  if (narrowScreen.matches) pane("record");
  if (!byId("text").contains(document.activeElement)) byId("record").focus({ preventScroll: true });
});
on("finished", () => byId("saved").append(" · ", say("finished")));
on("narrow", (filters) => { show(null); location.hash = "#review"; narrow(filters); });
on("bare", (source) => { if (!state.draft) { show(null); openText(source); } });
on("language", () => { drawRun(); paint(localStorage.getItem("theme") ?? "auto"); });

byId("language").addEventListener("click", () => speak(spoken() === "zh" ? "en" : "zh"));
byId("theme").addEventListener("click", () => paint(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
byId("reviewer").addEventListener("click", rename);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector("main:not([hidden]) > section[tabindex]")?.focus();
});
for (const one of document.querySelectorAll("[data-to]")) one.addEventListener("click", () => pane(one.dataset.to));
addEventListener("hashchange", go);
addEventListener("beforeunload", (event) => { if (hasUnsaved()) event.preventDefault(); });
document.addEventListener("visibilitychange", look);

async function start() {
  paint(localStorage.getItem("theme") ?? "auto");
  await learn();
  pane("list");
  [state.run, state.documents, state.options] = await Promise.all([get("/api/run"), get("/api/documents"), get("/api/options")]);
  tell("language");
  tell("run");
  await go().catch(complain);
  await list(true);
  if (!state.case && !location.hash) await step(1);
}

/* A call that failed: the server is gone, or says why it does not answer. */
function complain(error) {
  if (!(error instanceof ApiError)) throw error;
  says("bad", error.status ? error.message : say("offline"));
}

addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof ApiError)) return;
  event.preventDefault();
  complain(event.reason);
});

start();
