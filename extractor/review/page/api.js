/* Calls to the server. A refusal is an `ApiError` with its status, one line to show, and what the server sent. */
export class ApiError extends Error {
  constructor(status, line, body) {
    super(line);
    this.status = status;
    this.body = body;
  }
}

export async function get(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return call(`${path}${asked.size ? `?${asked}` : ""}`);
}

export function post(path, body) {
  const form = body instanceof FormData;
  const headers = { "X-Requested-With": "extractor", ...(form ? {} : { "Content-Type": "application/json" }) };
  return call(path, { method: "POST", headers, body: form ? body : JSON.stringify(body) });
}

export function caseAt(id, rest = "") {
  return `/api/cases/${encodeURIComponent(id)}${rest}`;
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new ApiError(0, "", null);
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(answer.status, line(body) ?? `${answer.status} ${answer.statusText}`, body);
  return body;
}

/* The reason that a refusal gives, whether one line or FastAPI's list of fields. */
function line(body) {
  const detail = body?.detail ?? body?.error;
  if (Array.isArray(detail)) return detail.map((fault) => `${(fault.loc ?? []).slice(1).join(".")}: ${fault.msg}`).join("; ");
  if (typeof detail === "string") return detail;
  return detail ? [detail.field, detail.reason].filter(Boolean).join(": ") : null;
}
