/* How parts of a record read: its words with the looks of its clauses, deadlines, norms, moments. */
import { element } from "./dom.js";
import { rolesOf } from "./state.js";
import { say, sayOf } from "./words.js";

/* The words of a record with the looks of its parts, cut by `cut` from the source. */
export function quoted(record, cut) {
  if (!cut) return [record.text];
  const parts = [];
  let done = record.start;
  for (const span of rolesOf(record)) {
    if (span.start > done) parts.push(cut(done, span.start));
    parts.push(element("span", { class: span.role }, cut(span.start, span.end)));
    done = span.end;
  }
  return parts;
}

export function deadlineOf(deadline) {
  const days = [deadline.start_date, deadline.end_date].filter(Boolean).join(" – ");
  return `${deadline.text}${days ? `（${days}）` : ""}`;
}

export function normOf(norm) {
  if (Array.isArray(norm)) return say("candidates", norm.length);
  return norm?.path ? `${norm.path} ${norm.code}` : norm;
}

export function moment(when) {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? when : date.toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
}

/* Why a person should look: what is in doubt, then the words in question. */
export function doubtOf(review) {
  const [what, words] = review.split(/: (.*)/s);
  return say("doubt", [sayOf("doubt", what), words].filter(Boolean).join("："));
}
