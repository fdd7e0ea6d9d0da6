// Sends a request and finds out what became of it: what the script learns, and
// what the example recorded of it on the wire.

let sent = 0;

// The identifier is new for each request, by which what the example recorded is
// found. It is in the query because browsers keep the answer to a preflight for
// each URL: every request is to ask by itself, and a changed policy must show at
// once. A header of its own would itself need permission.
const newId = () => `${Date.now()}-${Math.random().toString(36).slice(2)}.${++sent}`;

function target(api, path, id) {
  const [rest] = path.split("#");
  const [before, ...query] = rest.split("?");
  return api + before + "?" + [`demo=${id}`, ...(query.length > 0 ? [query.join("?")] : [])].join("&");
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

// recorded returns what arrived, or null where this page may not ask for it.
async function recorded(id) {
  try {
    const answer = await fetch(`/exchanges?id=${id}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// The longest body that is shown.
const maxShown = 2000;

async function fetched(api, request) {
  try {
    const response = await fetch(request);
    const body = await response.text();
    return {
      kind: "allowed",
      status: response.status,
      headers: [...response.headers],
      body: body.length > maxShown ? body.slice(0, maxShown) + "…" : body,
    };
  } catch (e) {
    return { kind: (await reachable(api)) ? "blocked" : "unreachable", error: String(e), headers: [] };
  }
}

// A browser drops a header that no script may set, and says nothing.
function dropped(request, headers) {
  return headers.map(([name]) => name).filter((name) => !request.headers.has(name));
}

// send returns the outcome: its kind is allowed, blocked, unreachable, or
// invalid where the browser makes no request of it.
export async function send(api, path, init) {
  const id = newId();
  const headers = Array.isArray(init.headers) ? init.headers : Object.entries(init.headers ?? {});
  let request;
  try {
    request = new Request(target(api, path, id), { cache: "no-store", ...init, headers });
  } catch (e) {
    return { kind: "invalid", error: String(e), headers: [], asked: headers, dropped: [], exchanges: [] };
  }
  const outcome = await fetched(api, request);
  return { ...outcome, asked: headers, dropped: dropped(request, headers), exchanges: await recorded(id) };
}

// words says in one line what the page can do with an outcome.
export function words(outcome, api) {
  switch (outcome.kind) {
    case "allowed": return `Allowed: the page reads status ${outcome.status}`;
    case "blocked": return "Blocked: the page reads nothing";
    case "invalid": return "Not sent: the browser makes no such request";
    default: return `No answer: is the example still running at ${api}?`;
  }
}
