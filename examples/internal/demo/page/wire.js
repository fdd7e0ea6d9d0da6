// Shows what went over the wire: each request that arrived beside its answer,
// and what the policy said of it.

import { details, element } from "./dom.js";
import { reasons, stepWords } from "./reasons.js";

// The fields that CORS is made of come first, the rest is folded away.
const weighs = /^(access-control-.*|origin|vary|cookie|set-cookie|location)$/;

// isPreflight goes by what the browser sent, not by what the policy made of it.
const isPreflight = ({ request }) =>
  request.start.startsWith("OPTIONS ") && request.fields.some(({ name }) => name.toLowerCase() === "access-control-request-method");

// arrived reports whether the request itself did, not a preflight alone.
export const arrived = (exchanges) => exchanges.some((one) => !isPreflight(one));

// isShort reports whether the page read an answer to what was not recorded.
const isShort = ({ kind, exchanges }) => kind === "allowed" && !arrived(exchanges);

// summed says in words what arrived.
function summed(outcome) {
  const { exchanges } = outcome;
  if (isShort(outcome)) return "On the wire: more than was recorded";
  if (exchanges.length === 0) return "On the wire: nothing arrived at the API";
  if (!arrived(exchanges)) return "On the wire: a preflight, and no request behind it";
  return exchanges.some(isPreflight) ? "On the wire: a preflight, then the request" : "On the wire: the request at once, without a preflight";
}

function rows(fields, readable) {
  return fields.map(({ name, value }) => {
    const cell = element("td", "", value);
    if (readable.includes(name.toLowerCase())) cell.append(" ", element("span", "tag", "✓ page can read it"));
    const head = element("th", "", name);
    head.scope = "row";
    return element("tr", "", head, cell);
  });
}

function fieldTable(label, fields, readable) {
  const table = element("table", "", element("tbody", "", ...rows(fields, readable)));
  table.setAttribute("aria-label", label);
  return table;
}

// message shows one head. asked are the names that the page set.
function message(title, head, asked, readable) {
  const box = element("div", "message", element("h5", "", title));
  if (!head) {
    box.append(element("p", "small", "There was none."));
    return box;
  }
  box.append(element("p", "start", element("code", "", head.start)));
  const first = head.fields.filter(({ name }) => weighs.test(name.toLowerCase()) || asked.includes(name.toLowerCase()) || readable.includes(name.toLowerCase()));
  const rest = head.fields.filter((field) => !first.includes(field));
  if (first.length > 0) box.append(fieldTable(`${title}, headers that count`, first, readable));
  if (rest.length > 0) box.append(details("rest", `${rest.length} other ${rest.length === 1 ? "header" : "headers"}`, fieldTable(`${title}, other headers`, rest, readable)));
  return box;
}

function stepItem(step) {
  const { mark, outcome, asked, text } = stepWords(step);
  const sign = element("span", "sign", mark);
  sign.setAttribute("aria-hidden", "true");
  const line = element("span", "", element("strong", "", step.check), ` ${outcome}`);
  if (asked) line.append(" ", element("span", "asked", asked));
  if (text) line.append(": ", text);
  const item = element("li", "", sign, line);
  item.dataset.outcome = step.outcome;
  return item;
}

function verdict(about) {
  const sentence = element("p", "reason", element("strong", "", `The policy says ${about.reason}. `), reasons[about.reason] ?? "");
  if (about.detail) sentence.append(" At fault: ", element("code", "", about.detail));
  sentence.dataset.allowed = String(about.allowed);
  return sentence;
}

function engine(about) {
  const steps = element("ol", "steps", ...about.steps.map(stepItem));
  steps.setAttribute("role", "list");
  return element("div", "engine", steps, details("text", "The same as text, for a ticket", element("pre", "", about.text)));
}

function exchange(one, outcome) {
  const preflight = isPreflight(one);
  const asked = outcome.asked.map(([name]) => name.toLowerCase());
  const readable = preflight ? [] : outcome.headers.map(([name]) => name);
  return element(
    "section", "exchange",
    element("h4", "", preflight ? "The preflight: the browser asks first" : "The request itself"),
    verdict(one.about),
    element("div", "pair",
      message(preflight ? "The browser asked" : "The browser sent", one.request, asked, []),
      message("The API answered", one.answer, [], readable)),
    engine(one.about),
  );
}

// wire returns an element that shows all that arrived for an outcome.
export function wire(outcome) {
  if (outcome.exchanges === null) return element("p", "small", "What went over the wire cannot be seen here.");
  const missing = isShort(outcome) ? [element("p", "small", "A very long head is not recorded, nor what follows on its connection.")] : [];
  return details("wire", summed(outcome), ...outcome.exchanges.map((one) => exchange(one, outcome)), ...missing);
}
