/* The labels of the page in both languages; the choice is remembered. */
import { tell } from "./news.js";

let words = {};
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export async function learn() {
  words = await (await fetch("words.json")).json();
  label();
}

export function spoken() {
  return language;
}

export function speak(other) {
  language = other;
  localStorage.setItem("language", other);
  label();
  tell("language");
}

/* The label of `key`, its `{}` filled in order; a key without a label is its own. */
export function say(key, ...values) {
  return values.reduce((text, value) => text.replace("{}", () => value), words[language]?.[key] ?? key);
}

/* The label of one of a record's values (`kind.action`); the value itself where it has none. */
export function sayOf(family, value) {
  return words[language]?.[`${family}.${value}`] ?? String(value);
}

function label() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-label]")) place.textContent = say(place.dataset.label);
  for (const place of document.querySelectorAll("[data-name]")) place.setAttribute("aria-label", say(place.dataset.name));
}
