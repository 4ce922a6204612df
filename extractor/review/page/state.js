/* What the page knows now. Parts read it freely and change it only by the functions of the module that owns a field. */
export const state = {
  run: null, // GET /api/run
  filters: { state: "open,changed", document: "", rule: "", q: "" },
  documents: [], // GET /api/documents
  options: null, // GET /api/options
  case: null, // GET /api/cases/{id}: the one on the desk
  text: null, // GET /api/documents/text of its document, with `cut`
  draft: null, // what is being corrected or added
  selection: null, // {start, end} in the text, code points
  conflict: null, // {wanted, label}: what was not saved because another tab was first
};

export const SPECIFICITIES = [1, 2, 3];
export const TYPES = ["PROJECT", "LOCATION", "ORG", "QUANTITY", "TIME", "POLICY"];

export function addressOf(id) {
  return `#review/${encodeURIComponent(id)}`;
}

/* Whether the case shown is the one that was asked for: a key that comes before the next case does must not fall on the last. */
export function isOnDesk() {
  return Boolean(state.case) && location.hash === addressOf(state.case.id);
}

/* The spans of a record or draft with their roles. */
export function rolesOf(record) {
  return [
    ...record.lead_ins.map((span) => ({ ...span, role: "lead-in" })),
    ...(record.head ? [{ ...record.head, role: "head" }] : []),
    ...record.tails.map((span) => ({ ...span, role: "tail" })),
  ].sort((a, b) => a.start - b.start);
}
