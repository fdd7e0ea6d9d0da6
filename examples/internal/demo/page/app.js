// Makes the requests one after another and says what the browser did with each.

import { fill, newCard, reveal } from "./card.js";
import { byId, element, isBusy, setBusy } from "./dom.js";
import { offer } from "./own.js";
import { edit, isStart, refresh } from "./policy.js";
import { requests } from "./requests.js";
import { send, words } from "./send.js";

// How an outcome is marked. With a policy of the reader's own, one that differs
// from the built-in policy's is no fault.
const asExpected = { good: "✓ as expected", bad: "✗ not as expected", all: "as expected" };
const asBuiltIn = { good: "✓ as with the built-in policy", bad: "✗ unlike the built-in policy", all: "as with the built-in policy" };

function isExpected(request, outcome) {
  if (request.expect === "blocked") return outcome.kind === "blocked";
  const names = outcome.headers.map(([name]) => name);
  return outcome.status === request.expect && request.readable.every((name) => names.includes(name));
}

function why(request, outcome) {
  if (outcome.kind === "unreachable") return "Nothing listens there, so no policy was asked.";
  const missing = (request.readable ?? []).filter((name) => !outcome.headers.some(([n]) => n === name));
  if (outcome.kind === "allowed" && missing.length > 0) {
    return `The page may read the answer, but not ${missing.join(" and ")}: the answer does not expose them.`;
  }
  return request[outcome.kind];
}

const config = await (await fetch("/config.json")).json();
const again = byId("again");
const cards = requests.map((request, i) => newCard("li", request, () => runOne(i)));
byId("results").replaceChildren(...cards);

async function attempt(i) {
  const request = requests[i];
  const outcome = await send(config.api, request.path, request.init);
  const marks = config.builtIn && isStart() ? asExpected : asBuiltIn;
  const expected = isExpected(request, outcome);
  fill(cards[i], outcome, { why: why(request, outcome), mark: expected ? marks.good : marks.bad, api: config.api });
  cards[i].className = expected ? "expected" : "unexpected";
  return outcome;
}

function sumUp() {
  const marks = config.builtIn && isStart() ? asExpected : asBuiltIn;
  const expected = cards.filter((card) => card.className === "expected").length;
  byId("summary").textContent = `${expected} of ${requests.length} outcomes are ${marks.all}`;
}

// One run at a time: whoever asks meanwhile gets another one behind it.
let wanted = false;
async function runAll() {
  if (isBusy(again)) {
    wanted = true;
    return;
  }
  setBusy(again, true);
  do {
    wanted = false;
    byId("summary").textContent = `Sending ${requests.length} requests…`;
    await refresh();
    for (const i of requests.keys()) await attempt(i);
  } while (wanted);
  sumUp();
  setBusy(again, false);
}

async function runOne(i) {
  if (isBusy(again)) return;
  setBusy(again, true);
  await refresh();
  const outcome = await attempt(i);
  reveal(cards[i]);
  byId("said").textContent = `${requests[i].title}: ${words(outcome, config.api)}`;
  sumUp();
  setBusy(again, false);
  if (wanted) await runAll();
}

// anotherOrigin links to where a browser finds this very page on another origin.
function anotherOrigin() {
  const link = element("a", "", config.address);
  link.href = config.address;
  return link;
}

function explain() {
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
  if (location.origin !== config.address) byId("elsewhere").append("Open this page as ", anotherOrigin(), ", too: to a browser that is another origin.");
}

explain();
edit(runAll);
offer(config.api);
again.addEventListener("click", () => {
  if (!isBusy(again)) runAll();
});
await runAll();
