/* What one part of the page tells the others: the list, the text and the record never call each other. */
const listeners = new Map();

export function on(topic, hear) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), hear]);
}

export function tell(topic, ...what) {
  for (const hear of listeners.get(topic) ?? []) hear(...what);
}
