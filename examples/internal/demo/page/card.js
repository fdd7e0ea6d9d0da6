// A card shows one request and what became of it.

import { details, element } from "./dom.js";
import { words } from "./send.js";
import { wire } from "./wire.js";

function readableHeaders(outcome) {
  const list = element("dl", "");
  for (const [name, value] of outcome.headers) {
    list.append(element("dt", "", name), element("dd", "", value));
  }
  const more = outcome.body ? [element("p", "small", "And the body:"), element("pre", "", outcome.body)] : [];
  return details("readable", `The page can read: ${outcome.headers.map(([name]) => name).join(", ") || "no headers"}`, list, ...more);
}

// newCard returns a card that waits for its outcome. Its button, if press is
// given, sends the request again.
export function newCard(name, request, press) {
  const head = element("div", "head", element("h3", "", request.title));
  if (press) {
    const button = element("button", "small-button", "Send again");
    button.type = "button";
    button.setAttribute("aria-label", `Send again: ${request.title}`);
    button.addEventListener("click", press);
    head.append(button);
  }
  return element(name, "", head, element("p", "sent", element("code", "", request.sent)), element("p", "outcome", "Waiting…"));
}

// fill shows an outcome in a card. What a person had opened stays open.
export function fill(card, outcome, { why, mark, api }) {
  const open = new Set([...card.querySelectorAll(":scope > details[open]")].map((d) => d.className));
  const line = element("p", "outcome", element("span", "", words(outcome, api)));
  if (mark) line.append(element("span", "mark", mark));
  card.dataset.kind = outcome.kind;
  for (const old of [...card.children].slice(2)) old.remove(); // the button stays where it is, and so does the focus
  card.append(line, element("p", "why", why));
  if (outcome.error) card.append(element("p", "small", "The script learns: ", element("code", "", outcome.error)));
  if (outcome.dropped.length > 0) {
    card.append(element("p", "small", `The browser dropped ${outcome.dropped.join(", ")}: a script may not set it.`));
  }
  if (outcome.kind === "allowed") card.append(readableHeaders(outcome));
  if (outcome.kind !== "invalid") card.append(wire(outcome));
  for (const d of card.querySelectorAll(":scope > details")) d.open = open.has(d.className);
}

// reveal opens what went over the wire, for a request that a person chose.
export function reveal(card) {
  const found = card.querySelector(":scope > details.wire");
  if (found) found.open = true;
}
