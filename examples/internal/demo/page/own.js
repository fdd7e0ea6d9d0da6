// The request of a person's own.

import { byId, isBusy, setBusy } from "./dom.js";
import { fill, newCard, reveal } from "./card.js";
import { refresh } from "./policy.js";
import { send, words } from "./send.js";
import { arrived } from "./wire.js";

// read makes of the form what fetch takes.
function read() {
  const lines = byId("own-headers").value.split("\n").map((line) => line.trim()).filter(Boolean);
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? [line, ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const method = byId("own-method").value.trim();
  const body = byId("own-body").value;
  const carries = body !== "" && !/^(get|head)$/i.test(method);
  const init = { method, headers, credentials: byId("own-credentials").value, ...(carries ? { body } : {}) };
  return { path: byId("own-path").value.trim(), init };
}

function why(outcome) {
  switch (outcome.kind) {
    case "invalid": return "No script may ask a browser for this, whatever the policy.";
    case "unreachable": return "Nothing listens there, so no policy was asked.";
    case "allowed": return "The answer allows this page, so the page reads the status, the body and the headers below.";
    default:
      if (outcome.exchanges === null) return "The answer does not allow this page, or not what the request needs.";
      return arrived(outcome.exchanges)
        ? "The request was sent and answered, but the answer does not allow this page, so the browser kept it from the page."
        : "The browser asked first, and the answer did not allow what the request needs. The request was not sent.";
  }
}

// offer lets the form send to an API.
export function offer(api) {
  const form = byId("own");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(button)) return;
    setBusy(button, true);
    const { path, init } = read();
    const sent = [`${init.method} ${path}`, ...init.headers.map(([name, value]) => `${name}: ${value}`), `credentials: ${init.credentials}`].join(", ");
    const card = newCard("article", { title: "Your request", sent });
    byId("own-result").replaceChildren(card);
    await refresh();
    const outcome = await send(api, path, init);
    fill(card, outcome, { why: why(outcome), api });
    reveal(card);
    byId("said").textContent = `Your request: ${words(outcome, api)}`;
    card.scrollIntoView({ block: "nearest" });
    setBusy(button, false);
  });
}
