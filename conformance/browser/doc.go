// Package browser is a model of the browser's side of the Fetch standard, for
// tests of servers: would a browser let this page read what my whole stack of
// handlers answers, on 200, on 401, on 404 and after a panic?
//
//	b := browser.New(handler)
//	defer b.Close()
//	r, err := b.Fetch(t.Context(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/"})
//	if err != nil {
//		t.Fatal(err)
//	}
//	if !r.Allowed() {
//		t.Error(r) // what was sent, what came, and why a browser blocks it
//	}
//
// A [Browser] sends preflights, keeps their answers in a cache, follows
// redirects, sends and stores cookies, and refuses what a browser refuses; [New]
// puts it before a handler, [Dial] before a server that runs elsewhere. The
// parts that are functions of their input can be used alone: [NeedsPreflight],
// [UnsafeNames], [Preflight], [CheckCORS], [CheckPreflight] and [Readable].
//
// # What it knows
//
// The model follows the text of the Fetch standard (fetch.spec.whatwg.org) of
// 2026, for fetch() in its mode "cors", with redirects followed: normalisation
// of methods, forbidden methods and headers, the safelists, the CORS check, the
// preflight and its cache, redirects, credentials modes, filtered responses;
// and of Mixed Content that a page from https may not ask for http, loopback
// apart. Where browsers and the standard part, it follows the standard, but for
// a preflight that is answered with a redirect: that is reported as such whatever
// its fields are, as browsers do, and the verdict is the same. Browsers, Chromium
// unless another is named, were seen to differ in these points:
//
//   - "*" in Access-Control-Allow-Headers does not allow Authorization. All
//     browsers of today still let it through.
//   - A script may set User-Agent, which then needs a preflight. Chromium drops it.
//   - A client hint that a script sets, such as DPR, needs a preflight. In
//     Chromium only if its value is none that the hint may have.
//   - Answers for one URL add up in the preflight cache. Chromium keeps the last
//     one only, so it may send more preflights to a server that answers with no
//     more than what was asked.
//   - An Access-Control-Max-Age that is no number, such as "-1", counts as
//     absent: five seconds. To Chromium "-1" means never.
//   - A "*" in the answer to a credentialed preflight allows nothing, but once
//     cached beside a method that was allowed it stands for every one; not in
//     Chromium, which sends the next preflight.
//   - A "*" in an answer without credentials stands for every method and name in
//     the cache. Not in Firefox, which asks again for each that it has not seen
//     by name.
//   - A request that fails after its preflight clears the cache for its URL; not
//     in Chromium.
//   - Two values of one safelisted name are judged each on its own. Chromium
//     joins them before: Accept-Language twice with 100 bytes, or Content-Type:
//     text/plain twice, need a preflight there.
//   - An empty Location leads to the same URL again, two Locations are a fault
//     even if they are alike, and within the page's origin one may hold a user
//     name. Chromium hands out the first as an answer, follows the second, and
//     refuses the third.
//
// # What it leaves out
//
//   - The mode "no-cors", since a script reads nothing of such an answer, and
//     "same-origin" and navigations, where CORS has no part.
//   - Referer, Accept-Language, client hints and Sec-Fetch-*: none of them bears
//     on the verdict, and the last needs the list of public suffixes.
//   - Private Network Access, whose preflight never shipped.
//   - Service workers, the HTTP cache, Content Security Policy, HSTS, blocked
//     ports, and the second try after a 421: each would blur whose fault a
//     verdict is.
//   - HTTP authentication: nobody is asked for a password, so a 401 is an answer.
//   - SameSite, partitioned cookies and the blocking of third-party cookies,
//     which the standard leaves to others; give [Browser] a jar that knows them.
//   - URLs that net/url does not take, such as one with a "%" in its path that
//     escapes nothing (a redirect to it is reported as a failure), and hosts that
//     are not written as browsers serialise them: Unicode, or an odd spelling of
//     an IPv4 address. Nor "http:host" for "http://host".
//   - Bodies of more than 16 MiB, and entries of the preflight cache beyond 1,000
//     of one answer and 100,000 of all.
package browser
