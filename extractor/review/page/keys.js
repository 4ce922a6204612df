/* Every key of the page, and the dialog that lists them. Letters can be switched off for those whose software types by itself. */
import { step } from "./cases.js";
import { decide, saveDraft, undo } from "./deciding.js";
import { button, byId, element } from "./dom.js";
import { begin, beginNew, drop } from "./drafting.js";
import { on, tell } from "./news.js";
import { pickByKey } from "./record.js";
import { markByKey, startByKeys } from "./selecting.js";
import { toggleRoles } from "./source.js";
import { state } from "./state.js";
import { say } from "./words.js";

const LETTERS = {
  j: () => move(1), k: () => move(-1),
  a: () => !state.draft && decide("accept"), r: () => !state.draft && decide("reject"),
  m: () => !state.draft && state.case?.state === "changed" && decide("adopt"),
  e: begin, u: () => !state.draft && undo(), n: beginNew, t: startByKeys, x: toggleRoles,
  c: () => { begin(); byId("form")?.elements.note?.focus(); },
  l: () => { tell("pane", "list"); byId("rows").focus(); },
  "/": () => { tell("pane", "list"); byId("search").focus(); },
};
const LISTED = [
  ["j k", "key.move"], ["a", "accept"], ["r", "reject"], ["e", "edit"], ["u", "undo"], ["m", "adopt"], ["1 – 9", "key.pick"],
  ["t", "key.text"], ["← →", "key.arrows"], ["Shift ← →", "key.extend"], ["Ctrl ← →", "key.clause"], ["1 2 3", "key.parts"], ["4 – 9", "key.types"],
  ["n", "add"], ["c", "key.note"], ["Ctrl Enter", "save"], ["Esc", "key.escape"], ["x", "show_roles"], ["l", "key.list"], ["/", "search"], ["?", "help"],
];
const dialog = byId("dialog");
let letters = localStorage.getItem("letters") !== "off";

function move(by) {
  if (!state.draft) step(by);
}

function press(event) {
  if (event.key === "Escape" && !dialog.open) return leave(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && state.draft) { event.preventDefault(); saveDraft(); return undefined; }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || event.isComposing || isTyping(event.target)) return undefined;
  if (event.key === "?") return ask();
  if (byId("view-review").hidden || !letters) return undefined;
  if (/^[1-9]$/.test(event.key)) return markByKey(event.key) || pickByKey(event.key);
  const act = LETTERS[event.key];
  if (!act) return undefined;
  event.preventDefault();
  return act();
}

function isTyping(place) {
  return place.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

/* Escape leaves what is nearest: a field, a selection, then the draft. */
function leave(place) {
  if (state.selection) { getSelection().removeAllRanges(); return; }
  if (state.draft) { drop(); byId("edit")?.focus(); return; }
  if (isTyping(place)) byId("rows").focus();
}

export function ask() {
  const line = ([key, name]) => element("div", {}, element("dt", {}, ...key.split(" ").map((one) => (one === "–" ? "–" : element("kbd", {}, one)))), element("dd", {}, say(name)));
  const off = element("input", { type: "checkbox", id: "letters", checked: letters, change: (event) => { letters = event.target.checked; localStorage.setItem("letters", letters ? "on" : "off"); } });
  dialog.replaceChildren(
    element("h2", { id: "dialog-title" }, say("help")),
    element("p", {}, say("help_says")),
    element("dl", { class: "keys" }, ...LISTED.map(line)),
    element("label", { class: "check" }, off, element("span", {}, say("letters"))),
    element("p", {}, element("a", { href: "/docs", target: "_blank", rel: "noopener" }, say("api_docs"))),
    button(say("close"), () => dialog.close(), { class: "strong", id: "close", autofocus: true }));
  dialog.showModal();
}

document.addEventListener("keydown", press);
byId("help").addEventListener("click", ask);
on("language", () => dialog.open && dialog.close());
on("select", startByKeys);
