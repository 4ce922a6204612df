/* Elements are made here and nowhere else; what comes from a text or a server only ever becomes text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

export function button(label, press, attributes = {}) {
  return element("button", { type: "button", class: "quiet", click: press, ...attributes }, label);
}

/* A button that says its key: the letter is for the eye, `aria-keyshortcuts` for a screen reader. */
export function keyed(label, key, press, attributes = {}) {
  const hint = element("kbd", { "aria-hidden": "true" }, key);
  return button([label, hint], press, { "aria-keyshortcuts": key, ...attributes });
}

/* A labelled field; the label is drawn above it. */
export function field(label, control, attributes = {}) {
  return element("label", { class: "field", ...attributes }, element("span", {}, label), control);
}

export function options(pairs, chosen) {
  return pairs.map(([value, label]) => element("option", { value, selected: value === chosen }, label));
}

/* Waits until calls have ceased for a moment; the last one is carried out. */
export function calm(act, pause = 200) {
  let waiting;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(...given), pause);
  };
}
