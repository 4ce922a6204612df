/* Decisions: each is sent at once; what could not be saved stays on the desk and says so. */
import { ApiError, caseAt, get, post } from "./api.js";
import { goOn, list } from "./cases.js";
import { additionOf, changesOf, drop } from "./drafting.js";
import { tell } from "./news.js";
import { addressOf, isOnDesk, state } from "./state.js";
import { openText } from "./source.js";

const LISTED = ["all", "decided"]; // the filters that let an addition through
const undoable = []; // ids, the last decision last
let again = null; // what "try again" does
let busy = false;

export async function decide(action, changes) {
  if (!state.case || busy || (!changes && !isOnDesk())) return;
  const { id, version } = state.case;
  const body = { version, action, ...(changes ? { changes } : {}) };
  await save(() => post(caseAt(id, "/decisions"), body), { id, action, changes });
}

/* Saves the draft, be it a correction or an addition. */
export async function saveDraft() {
  const { draft } = state;
  if (!draft.head) return tell("refused", { field: "head" });
  if (draft.isNew) return save(() => post("/api/cases", additionOf(draft)), { added: true });
  const changes = changesOf(draft, state.case);
  if (!Object.keys(changes).length) return drop();
  return decide("correct", changes);
}

/* Takes back the last decision on the case shown, or the last one made here. */
export async function undo() {
  const decided = state.case?.version && (state.case.outcome || state.case.state !== "open");
  const id = decided ? state.case.id : undoable.at(-1);
  if (!id || busy) return;
  const seen = id === state.case?.id ? state.case : await get(caseAt(id));
  await save(() => post(caseAt(id, "/undo"), { version: seen.version }), { id, undone: true });
}

/* Sends what another tab was quicker than, on top of what that tab saved. */
export async function insist() {
  const { action, changes } = state.conflict.wanted;
  state.conflict = null;
  await decide(action, changes);
}

export function yieldTo() {
  state.conflict = null;
  drop();
  tell("case");
}

async function save(send, wanted) {
  busy = true;
  tell("saving");
  const answer = await send().catch((error) => refused(error, wanted, () => save(send, wanted))).finally(() => { busy = false; });
  if (answer) await saved(answer, wanted);
}

function refused(error, wanted, retry) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 409 && error.body?.record) clash(error.body, wanted);
  else if (error.status === 422) tell("refused", { field: error.body?.field, reason: error.message });
  else failed(error, retry);
}

async function saved(answer, { id, action, added, undone }) {
  const gone = answer.state === "undone";
  again = null;
  if (undone) undoable.splice(undoable.lastIndexOf(id), undoable.includes(id) ? 1 : 0);
  else undoable.push(answer.id);
  state.conflict = null;
  state.draft = null;
  tell("saved");
  show(gone ? null : answer);
  tell("draft", "dropped");
  if (gone || (added && LISTED.includes(state.filters.state))) await list();
  if (action === "accept" || action === "reject" || action === "adopt") await goOn();
  else if (!gone) location.hash = addressOf(answer.id);
  if (added || undone || action === "correct") await openText(answer.record.source, true);
  state.run = await get("/api/run");
  tell("run");
}

export function show(answer) {
  state.case = answer;
  tell("case");
}

function clash(now, wanted) {
  again = null;
  state.conflict = { wanted };
  show(now);
  location.hash = addressOf(now.id);
  tell("conflict");
}

function failed(error, retry) {
  again = retry ?? null;
  tell("failed", error.message);
}

export function tryAgain() {
  return again?.();
}

export function hasUnsaved() {
  return busy || again !== null || state.draft !== null;
}
