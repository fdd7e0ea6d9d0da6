//go:build e2e

package e2e

import (
	"fmt"
	"net/url"
)

// A mishap is something that a page does and that a browser complains of.
type mishap struct {
	heading string // where docs/troubleshooting.md quotes the complaints
	page    string // its path
	script  string // an expression, a promise of what the script learns
	silent  string // the browser that has no complaint, "" if each has one
}

// The pages, all of them at https://app.example.com.
const (
	ordinaryPage = "/ordinary"
	sandboxed    = opaquePath
	publicPage   = "/public" // one of the public internet to Chromium (Local Network Access, Content Security Policy)
)

const (
	put        = `{method: "PUT"}`
	withHeader = `{headers: {"X-A": "1"}}`
	include    = `{credentials: "include"}`
	right      = "200; " + good
)

// mishaps are in the order of the page. Those that a policy of Concors brings
// about have policy in their query, the others are answered by hand.
var mishaps = []mishap{
	{preflightMissing, ordinaryPage, fetched("?policy=normal", `{method: "DELETE"}`), ""},
	{preflightMissing, ordinaryPage, fetched(byHand("404", right), put), ""},
	{preflightMissing, ordinaryPage, fetched(byHand("405", right), put), ""},
	{preflightMissing, ordinaryPage, sentByXHR("DELETE", api+"?policy=normal", "", ""), ""},
	{preflightStatus, ordinaryPage, fetched(byHand("405; "+good, right), put), ""},
	{preflightRedirect, ordinaryPage, fetched(byHand("307; "+good+"; Location: /items/", right), put), ""},
	{methodRefused, ordinaryPage, fetched("?policy=debug", `{method: "DELETE"}`), ""},
	{headerRefused, ordinaryPage, fetched("?policy=debug", `{headers: {"Authorization": "secret"}}`), ""},
	{headerRefused, ordinaryPage, authorized, "Chromium, Firefox, Safari"},
	{actualMissing, ordinaryPage, fetched(byHand("", "200"), "{}"), ""},
	{actualMissing, ordinaryPage, fetched(byHand("", "404"), "{}"), ""},
	{redirected, ordinaryPage, fetched(byHand("", "302; "+good+"; Location: https://api.example.org/items?policy=normal"), "{}"), ""},
	{opaque, sandboxed, fetched("?policy=normal", "{}"), ""},
	{mismatch, ordinaryPage, fetched(byHand("", "200; Access-Control-Allow-Origin: https://www.example.com"), "{}"), ""},
	{multiple, ordinaryPage, fetched(byHand("", "200; Access-Control-Allow-Origin: *; Access-Control-Allow-Origin: *"), "{}"), ""},
	{multiple, ordinaryPage, fetched(byHand("", "200; "+good+"; Access-Control-Allow-Origin: *"), "{}"), ""},
	{invalid, ordinaryPage, fetched(byHand("", "200; Access-Control-Allow-Origin: app.example.com"), "{}"), ""},
	{wildcard, ordinaryPage, fetched(byHand("", "200; Access-Control-Allow-Origin: *"), include), ""},
	{credentials, ordinaryPage, fetched(byHand("", right), include), ""},
	{unparsable, ordinaryPage, fetched(byHand("204; "+good+"; Access-Control-Allow-Methods: PUT DELETE", right), put), ""},
	{unparsable, ordinaryPage, fetched(byHand("204; "+good+"; Access-Control-Allow-Headers: x a", right), withHeader), ""},
	{otherLoads, ordinaryPage, loaded("const it = new Image(); it.crossOrigin = 'anonymous'; it.src = URL"), ""},
	{otherLoads, ordinaryPage, `new FontFace("a", "url(` + api + `)").load().then(() => "", String)`, ""},
	{otherLoads, ordinaryPage, loaded("const it = new EventSource(URL); it.addEventListener('error', () => it.close())"), ""},
	{unreachable, ordinaryPage, fetched(byHand("none", "none"), "{}"), ""},
	{notHTTP, ordinaryPage, sentByXHR("GET", "localhost:8080/items", "", ""), ""},
	{notHTTP, ordinaryPage, `fetch("localhost:8080/items").then(() => "", String)`, ""},
	{mixed, ordinaryPage, `fetch("http://api.example.com/items").then(() => "", String)`, ""},
	{localNetwork, publicPage, fetched("?policy=normal", "{}"), "Firefox, Safari"},
	{unreadable, ordinaryPage, sentByXHR("GET", api+byHand("", right+"; X-Total: 1"), "", `it.getResponseHeader("X-Total")`), "Firefox, Safari"},
	{unsettable, ordinaryPage, sentByXHR("GET", api+byHand("", right), `it.setRequestHeader("Origin", "a")`, ""), "Firefox"},
	{webSocket, ordinaryPage, loaded("const it = new WebSocket('wss://api.example.com/socket" + byHand("", "403") + "')"), ""},
}

const api = "https://api.example.com/items"

// authorized is no mishap, against the standard: "*" does not name Authorization
// (Fetch, CORS-preflight fetch, step 7.6). The page says that it passes.
var authorized = fetched(byHand("204; "+good+"; Access-Control-Allow-Headers: *", right), `{headers: {"Authorization": "secret"}}`) +
	fmt.Sprintf(`.then(failure => failure || %q)`, authorizationPasses)

const authorizationPasses = "Authorization passes"

// byHand returns the query for two answers, such as "204; Vary: Origin".
func byHand(preflight, actual string) string {
	return "?" + url.Values{"preflight": {preflight}, "actual": {actual}}.Encode()
}

// fetched is a script that fetches from the API.
func fetched(query, options string) string {
	return fmt.Sprintf(`fetch(%q, %s).then(() => "", String)`, api+query, options)
}

// sentByXHR is a script that sends a request in the older way.
func sentByXHR(method, url, before, after string) string {
	return fmt.Sprintf(`new Promise(done => {
		const it = new XMLHttpRequest();
		it.open(%q, %q);
		%s;
		it.onload = () => { %s; done("") };
		it.onerror = () => done("");
		it.send();
	})`, method, url, before, after)
}

// loaded is a script that makes something that loads, and does not succeed.
func loaded(it string) string {
	return fmt.Sprintf(`new Promise(done => {
		const URL = %q;
		%s;
		it.addEventListener("error", () => done(""));
	})`, api, it)
}
