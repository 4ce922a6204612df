/* The panel that shows one record and the rules that decided it. */
function choose(record, open = true) {
  chosen = record;
  for (const old of document.querySelectorAll("tr[aria-current=true]")) old.setAttribute("aria-current", "false");
  for (const old of document.querySelectorAll(".promise.chosen")) old.classList.remove("chosen");
  document.querySelector(`#rows [data-number="${record.number}"]`)?.setAttribute("aria-current", "true");
  document.querySelector(`#source [data-number="${record.number}"]`)?.classList.add("chosen");
  drawRecord();
  const panel = document.getElementById("record");
  panel.classList.toggle("open", open || panel.classList.contains("open"));
  panel.scrollTop = 0;
}

function drawRecord() {
  const panel = document.getElementById("record");
  if (!chosen) return panel.replaceChildren(element("p", { class: "empty" }, say("choose")));
  const record = chosen;
  const inside = { ...record, start: 0, end: record.length, head: record.inner };
  panel.replaceChildren(
    buttons(record),
    element("blockquote", {}, ...marked(inside, slicer(record.text))),
    ...(record.review ? [element("p", { class: "doubt" }, say("doubt", record.review))] : []),
    element("dl", {}, ...facts(record).flatMap(([name, value]) => [element("dt", {}, say(name)), element("dd", {}, value)])),
    ...entityList(record),
    element("h3", {}, say("rules")),
    element("ul", {}, ...record.rules.map(ruleItem)),
  );
}

function buttons(record) {
  const actions = {
    to_text: () => { show("text"); openText(record.document); choose(record); goTo(document.querySelector(`#source [data-number="${record.number}"]`)); },
    to_list: () => { show("list"); goTo(rowOf(record)); choose(record); },
    earlier: () => step(-1),
    later: () => step(1),
    close: () => document.getElementById("record").classList.remove("open"),
  };
  const made = Object.entries(actions).map(([name, act]) => {
    const button = element("button", { type: "button", class: name === "close" ? "quiet close" : "quiet" }, say(name));
    button.addEventListener("click", act);
    return button;
  });
  return element("nav", {}, ...made);
}

function step(by) {
  const next = shown[shown.indexOf(chosen) + by];
  if (!next) return;
  if (!document.getElementById("view-text").hidden) {
    openText(next.document);
    goTo(document.querySelector(`#source [data-number="${next.number}"]`));
  } else goTo(rowOf(next));
  choose(next);
}

function goTo(target) {
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

/* The lines of the record that have a value. */
function facts(record) {
  const about = DATA.documents[record.document];
  const speech = [record.speaker, record.organization, record.position].filter(Boolean).join("，");
  const span = say("characters", record.start, record.end);
  const lines = {
    kind: say(`kind.${record.kind}`), strength: say(`strength.${record.strength}`),
    specificity: `${record.specificity} ${say(`specificity.${record.specificity}`)}`, topic: record.topics.join("；"),
    actor: record.actor, action: record.action, object: record.object, lead: record.lead.join("；"), partners: record.partners.join("；"),
    deadline: record.deadline && deadlineText(record.deadline), said_by: speech, section: record.section.join(" › "),
    pledge: record.pledge && `${record.pledge.label} ${record.pledge.title}`, from: `${about.title ?? about.source}（${about.source}，${span}）`,
  };
  return Object.entries(lines).filter(([, value]) => value);
}

function deadlineText(deadline) {
  const days = [deadline.start, deadline.end].filter(Boolean).join(" – ");
  return `${deadline.text}${days ? `（${days}）` : ""}，${say(`basis.${deadline.basis}`)}`;
}

function entityList(record) {
  if (!record.entities.length) return [];
  const items = record.entities.map((entity) => element("li", {},
    `${say(`type.${entity.type}`)}　${entity.text}`,
    entity.norm ? element("span", { class: "norm" }, [entity.indicator, entity.norm].filter(Boolean).join("：")) : null));
  return [element("h3", {}, say("entities")), element("ul", {}, ...items)];
}

function ruleItem(number) {
  const rule = DATA.rules[number];
  return element("li", {}, element("code", {}, rule.id), rule.description ? element("span", { class: "explained" }, rule.description) : null);
}
