// The editor of the policy in force.

import { byId, element } from "./dom.js";

const text = byId("policy-text");
const status = byId("policy-status");
const faults = byId("faults");

let state = { fingerprint: "", start: true };
let shown = ""; // the text that the policy in force was written as

// The longest line on which a list stays.
const lineLength = 48;

function format(value, indent = "", before = 0) {
  const deeper = indent + "  ";
  if (Array.isArray(value)) {
    const line = `[${value.map((v) => JSON.stringify(v)).join(", ")}]`;
    if (before + line.length <= lineLength) return line;
    return `[\n${value.map((v) => deeper + JSON.stringify(v)).join(",\n")}\n${indent}]`;
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, v]) => {
    const start = `${deeper}${JSON.stringify(key)}: `;
    return start + format(v, deeper, start.length);
  });
  return entries.length > 0 ? `{\n${entries.join(",\n")}\n${indent}}` : "{}";
}

function setFaults(list) {
  const box = element("ul", "", ...list.map((fault) => element("li", "", fault)));
  faults.replaceChildren(...(list.length > 0 ? [element("p", "", "This policy is refused, and the one in force stays:"), box] : []));
  text.setAttribute("aria-invalid", String(list.length > 0));
}

// take remembers what is in force, and shows it unless the text is a person's
// own that is not applied.
function take(next, written) {
  const untouched = text.value === shown;
  state = next;
  byId("fingerprint").textContent = next.fingerprint;
  byId("policy-file").textContent = next.file ? `The file ${next.file} is the start policy: SIGHUP reads it again, over what was changed here.` : "";
  if (written !== undefined) {
    shown = written;
  } else if (untouched) {
    shown = text.value = next.policy === null ? "" : format(next.policy);
    text.placeholder = next.policy === null ? "The policy in force is too long to be edited here." : "";
  } else {
    shown = format(next.policy);
  }
}

async function ask(method, body) {
  try {
    const answer = await fetch("/policy", { method, body });
    const json = answer.headers.get("Content-Type") === "application/json";
    return { ok: answer.ok, state: json ? await answer.json() : { faults: [await answer.text()] } };
  } catch {
    return { ok: false, state: { faults: ["The example does not answer. Is it still running?"] } };
  }
}

// refresh looks what is in force now: the file may have been read again.
export async function refresh() {
  const { ok, state: next } = await ask("GET");
  if (!ok) {
    status.textContent = `The policy cannot be seen here: ${next.faults.join(" ")}`;
    return;
  }
  if (next.fingerprint === state.fingerprint) return;
  const first = state.fingerprint === "";
  take(next);
  setFaults([]);
  if (!first) status.textContent = "The policy in force was changed elsewhere.";
}

// isStart reports whether the start policy is in force.
export const isStart = () => state.start;

async function change(method, body, done, changed) {
  const { ok, state: next } = await ask(method, body);
  if (!ok) {
    setFaults(next.faults);
    status.textContent = "Nothing has changed.";
    return;
  }
  setFaults([]);
  if (body === undefined) text.value = shown; // what was typed goes
  take(next, body);
  status.textContent = done;
  changed();
}

// edit lets the form change the policy, and calls changed after each change.
export function edit(changed) {
  text.addEventListener("input", () => {
    status.textContent = text.value === shown ? "" : "Edited, not applied yet.";
  });
  byId("policy").addEventListener("submit", (event) => {
    event.preventDefault();
    change("PUT", text.value, "Applied: in force at once. The requests are sent again.", changed);
  });
  byId("policy-reset").addEventListener("click", () => {
    change("DELETE", undefined, "The start policy is in force again. The requests are sent again.", changed);
  });
}
