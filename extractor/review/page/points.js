/* Offsets are code points, strings here are UTF-16: this module stands between the two. */
const ASTRAL = /[\ud800-\udfff]/;

export function length(text) {
  return ASTRAL.test(text) ? Array.from(text).length : text.length;
}

/* A function that cuts `text` by code points. */
export function cutter(text) {
  if (!ASTRAL.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}

/* Where a place in the page lies in the source: `paragraph` holds nothing but the source's own text, from offset `start` on. */
export function offsetIn(paragraph, start, node, at) {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, at);
  return start + length(range.toString());
}

/* The text node and UTF-16 index that lie `points` code points into `paragraph`. */
export function placeIn(paragraph, points) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = points;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const size = length(node.data);
    if (left <= size) return [node, cutter(node.data)(0, left).length];
    left -= size;
    last = node;
  }
  return last ? [last, last.data.length] : [paragraph, 0];
}

/* A span without the blanks at its borders and, for a clause, without the punctuation that parts clauses. */
export function trimmed(span, cut, clause) {
  const idle = clause ? /[\s，。；：！？,;:!?]/u : /\s/u;
  let { start, end } = span;
  while (start < end && idle.test(cut(start, start + 1))) start += 1;
  while (end > start && idle.test(cut(end - 1, end))) end -= 1;
  return { start, end };
}

/* What is left of `spans` when `taken` is cut out of them. */
export function without(spans, taken) {
  return spans.flatMap((span) => [
    { start: span.start, end: Math.min(span.end, taken.start) },
    { start: Math.max(span.start, taken.end), end: span.end },
  ].filter((rest) => rest.start < rest.end));
}
