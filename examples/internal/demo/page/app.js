// Makes the requests one after another and says what the browser did with each.

import { requests } from "./requests.js";

// How an outcome is marked. With a policy of the reader's own, one that differs
// from the built-in policy's is no fault.
const asExpected = { good: "✓ as expected", bad: "✗ not as expected", all: "as expected" };
const asBuiltIn = { good: "✓ as with the built-in policy", bad: "✗ unlike the built-in policy", all: "as with the built-in policy" };

const byId = (id) => document.getElementById(id);

// Text is only ever set as text: what the API answers is no markup.
function element(name, className, text) {
  const e = document.createElement(name);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
}

// A script learns no reason for a blocked request. A second one without CORS,
// whose answer stays hidden, tells a refusal from a server that is not there.
async function reachable(api) {
  try {
    await fetch(api + "/hello", { mode: "no-cors", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

// The query is new each time, because browsers keep the answer to a preflight
// for each URL: every request is to ask by itself, and a reloaded policy must
// show at once.
async function attempt(api, request, run) {
  try {
    const response = await fetch(`${api}${request.path}?run=${run}`, { cache: "no-store", ...request.init });
    await response.arrayBuffer();
    return { kind: "allowed", status: response.status, headers: [...response.headers] };
  } catch {
    return { kind: (await reachable(api)) ? "blocked" : "unreachable", headers: [] };
  }
}

function isExpected(request, outcome) {
  if (request.expect === "blocked") return outcome.kind === "blocked";
  const names = outcome.headers.map(([name]) => name);
  return outcome.status === request.expect && request.readable.every((name) => names.includes(name));
}

function words(outcome, api) {
  switch (outcome.kind) {
    case "allowed": return `Allowed: the page reads status ${outcome.status}`;
    case "blocked": return "Blocked: the page reads nothing";
    default: return `No answer: is the example still running at ${api}?`;
  }
}

function why(request, outcome) {
  if (outcome.kind === "unreachable") return "Nothing listens there, so no policy was asked.";
  const missing = (request.readable ?? []).filter((name) => !outcome.headers.some(([n]) => n === name));
  if (outcome.kind === "allowed" && missing.length > 0) {
    return `The page may read the answer, but not ${missing.join(" and ")}: the answer does not expose them.`;
  }
  return request[outcome.kind];
}

function readableHeaders(headers) {
  const details = element("details");
  const list = element("dl");
  for (const [name, value] of headers) {
    list.append(element("dt", "", name), element("dd", "", value));
  }
  details.append(element("summary", "", `The page can read: ${headers.map(([name]) => name).join(", ")}`), list);
  return details;
}

function card(request) {
  const item = element("li");
  item.append(element("h2", "", request.title), element("p", "sent", request.sent), element("p", "outcome", "Waiting…"));
  return item;
}

function show(item, request, outcome, config, marks) {
  const expected = isExpected(request, outcome);
  item.className = expected ? "expected" : "unexpected";
  const line = element("p", "outcome");
  line.append(
    element("span", "", words(outcome, config.api)),
    element("span", "mark", expected ? marks.good : marks.bad),
  );
  item.replaceChildren(...[...item.children].slice(0, 2), line, element("p", "", why(request, outcome)));
  if (outcome.headers.length > 0) item.append(readableHeaders(outcome.headers));
  return expected;
}

async function runAll(config) {
  const marks = config.builtIn ? asExpected : asBuiltIn;
  const cards = requests.map(card);
  byId("results").replaceChildren(...cards);
  byId("summary").textContent = `Sending ${requests.length} requests…`;
  const run = Date.now();
  let expected = 0;
  for (const [i, request] of requests.entries()) {
    const outcome = await attempt(config.api, request, `${run}.${i}`);
    if (show(cards[i], request, outcome, config, marks)) expected++;
  }
  byId("summary").textContent = `${expected} of ${requests.length} outcomes are ${marks.all}`;
}

function explain(config) {
  byId("page").textContent = location.origin;
  byId("api").textContent = config.api;
  byId("router").textContent = config.router;
  const notes = [];
  if (location.origin !== config.origin) {
    notes.push(`You opened this page as ${location.origin}. To a browser that is another origin than ${config.origin}, which the built-in policy allows.`);
  }
  if (!config.builtIn) {
    notes.push("The API runs with a policy of yours. The marks compare it with the built-in one, from which it may well differ.");
  }
  byId("note").textContent = notes.join(" ");
  byId("note").hidden = notes.length === 0;
}

const config = await (await fetch("/config.json")).json();
explain(config);

// The button stays focusable while a run is on: disabling it would drop the
// focus of whoever pressed it.
const again = byId("again");
async function start() {
  if (again.getAttribute("aria-disabled") === "true") return;
  again.setAttribute("aria-disabled", "true");
  await runAll(config);
  again.setAttribute("aria-disabled", "false");
}
again.addEventListener("click", start);
await start();
