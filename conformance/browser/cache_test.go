package browser_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/concors/concors/conformance/browser"
)

// A cacheCase is some calls, each after some time, and for each the number of
// preflights that it costs.
type cacheCase struct {
	why   string
	cap   time.Duration
	calls []cacheCall
}

type cacheCall struct {
	after time.Duration
	fetch browser.Fetch
	want  int
}

// granted is a URL of script that passes in every mode, plus pairs.
func granted(path string, pairs ...string) string {
	return at(api+path, append([]string{"acao", app, "acac", "true", "p-acao", app, "p-acac", "true"}, pairs...)...)
}

// call is a fetch from app; names are header names.
func call(method, url string, c browser.Credentials, names ...string) browser.Fetch {
	header := http.Header{}
	for _, name := range names {
		header.Set(name, "1")
	}
	return browser.Fetch{Page: app, URL: url, Method: method, Header: header, Credentials: c}
}

func play(t *testing.T, cases []cacheCase) {
	t.Helper()
	for _, c := range cases {
		b := open(t, script)
		now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
		b.Now = func() time.Time { return now }
		b.MaxAge = c.cap
		for i, call := range c.calls {
			now = now.Add(call.after)
			if r := ask(t, b, call.fetch); r.Preflights != call.want {
				t.Errorf("%s: call %d cost %d preflights, want %d\n%s", c.why, i, r.Preflights, call.want, r)
			}
		}
	}
}

func TestCacheAge(t *testing.T) {
	put := func(maxAge ...string) browser.Fetch {
		pairs := []string{"p-acam", "PUT"}
		for _, value := range maxAge {
			pairs = append(pairs, "p-acma", value)
		}
		return call("PUT", granted("/", pairs...), browser.Omit)
	}
	lasts := func(why string, f browser.Fetch, limit, age time.Duration) cacheCase {
		return cacheCase{why, limit, []cacheCall{{0, f, 1}, {age - time.Millisecond, f, 0}, {time.Millisecond, f, 1}}}
	}
	play(t, []cacheCase{
		lasts("no max-age", put(), 0, 5*time.Second),
		lasts("two seconds", put("2"), 0, 2*time.Second),
		lasts("leading zeros", put("0002"), 0, 2*time.Second),
		lasts("a day, no cap", put("86400"), 0, 24*time.Hour),
		lasts("a day, capped as in Chromium", put("86400"), 2*time.Hour, 2*time.Hour),
		lasts("below the cap", put("600"), 2*time.Hour, 10*time.Minute),
		lasts("no max-age, capped below it", put(), time.Second, time.Second),
		lasts("no number", put("abc"), 0, 5*time.Second),
		lasts("negative, which is no number", put("-1"), 0, 5*time.Second),
		lasts("a fraction", put("1.5"), 0, 5*time.Second),
		lasts("empty", put(""), 0, 5*time.Second),
		lasts("twice", put("600", "600"), 0, 5*time.Second),
		lasts("a list", put("600, 600"), 0, 5*time.Second),
		{"zero", 0, []cacheCall{{0, put("0"), 1}, {0, put("0"), 1}}},
		{"more than any clock holds", 0, []cacheCall{{0, put("99999999999999999999999"), 1}, {24 * 365 * time.Hour, put("99999999999999999999999"), 0}}},
	})
}

func TestCacheMatch(t *testing.T) {
	all := []string{"p-acam", "PUT, DELETE, PATCH", "p-acah", "X-A, x-b", "p-acma", "600"}
	full := granted("/", all...)
	star := granted("/", "p-acam", "*", "p-acah", "*, Authorization", "p-acma", "600")
	bare := granted("/", "p-acam", "*", "p-acah", "*", "p-acma", "600")
	mixed := granted("/", "p-acam", "*, PUT", "p-acah", "*, x-a", "p-acma", "600")
	null := call("PUT", at(api+"/", "acao", "*", "p-acao", "*", "p-acam", "PUT"), browser.Omit)
	null.Page = "null"
	foreign := null
	foreign.Page = "https://other.example"
	listener := call("GET", granted("/"), browser.Omit)
	listener.UploadListener = true
	play(t, []cacheCase{
		{"whole lists serve every method and header", 0, []cacheCall{
			{0, call("PUT", full, browser.Omit, "X-A"), 1}, {0, call("delete", full, browser.Omit, "X-B"), 0}, {0, call("PATCH", full, browser.SameOrigin), 0},
			{0, call("GET", full, "", "x-a", "x-b"), 0}, {0, call("GET", full, browser.Omit), 0}}},
		{"a safelisted method needs no entry", 0, []cacheCall{
			{0, call("GET", granted("/", "p-acah", "x-a"), browser.Omit, "x-a"), 1}, {0, call("POST", granted("/", "p-acah", "x-a"), browser.Omit, "x-a"), 0}}},
		{"the query counts", 0, []cacheCall{
			{0, call("PUT", full, browser.Omit), 1}, {0, call("PUT", granted("/", append(all, "v", "1")...), browser.Omit), 1}}},
		{"the path counts, the fragment does not", 0, []cacheCall{
			{0, call("PUT", full, browser.Omit), 1}, {0, call("PUT", granted("/b", all...), browser.Omit), 1}, {0, call("PUT", full+"#b", browser.Omit), 0}}},
		{"the origin counts, opaque ones are alike", 0, []cacheCall{{0, null, 1}, {0, null, 0}, {0, foreign, 1}}},
		{"a credentialed answer serves a call without, not the reverse", 0, []cacheCall{
			{0, call("PUT", full, browser.Omit), 1}, {0, call("PUT", full, browser.Include), 1}, {0, call("PUT", full, browser.SameOrigin), 0}}},
		{"a credentialed answer alone serves a call without", 0, []cacheCall{
			{0, call("PUT", full, browser.Include), 1}, {0, call("PUT", full, browser.Omit), 0}, {0, call("PUT", full, browser.Include), 0}}},
		{"a wildcard serves what it allowed", 0, []cacheCall{
			{0, call("PUT", star, browser.Omit, "X-A"), 1}, {0, call("LINK", star, browser.Omit, "X-Z", "Authorization"), 0}}},
		{"a wildcard does not serve Authorization", 0, []cacheCall{
			{0, call("PUT", bare, browser.Omit, "X-A"), 1}, {0, call("PUT", bare, browser.Omit, "Authorization"), 1}}},
		{"a wildcard without credentials does not serve a call with", 0, []cacheCall{
			{0, call("PUT", mixed, browser.Omit, "X-A"), 1}, {0, call("PUT", mixed, browser.Include, "X-A"), 1}}},
		{"by the letter, one that came with credentials does", 0, []cacheCall{
			{0, call("PUT", mixed, browser.Include, "X-A"), 1}, {0, call("DELETE", mixed, browser.Include, "X-B"), 0}}},
		{"a method that is not cached asks, and joins the rest", 0, []cacheCall{
			{0, call("PUT", granted("/", "p-acam", "PUT"), browser.Omit), 1}, {0, call("DELETE", granted("/", "p-acam", "PUT"), browser.Omit), 1}}},
		{"an upload listener is cached though no list came", 0, []cacheCall{{0, listener, 1}, {0, listener, 0}}},
	})
}

// An answer renews what it names, and entries of one URL add up.
func TestCacheRenewal(t *testing.T) {
	b := browser.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // allows just what is asked
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Methods", r.Header.Get("Access-Control-Request-Method"))
		w.Header().Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
		w.Header().Set("Access-Control-Max-Age", "10")
	}))
	defer b.Close()
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	b.Now = func() time.Time { return now }
	for i, c := range []cacheCall{
		{0, call("PUT", api, "", "x-a"), 1},
		{6 * time.Second, call("PUT", api, "", "x-b"), 1},    // renews PUT, not x-a
		{0, call("PUT", api, "", "x-a", "x-b"), 0},           // together
		{6 * time.Second, call("PUT", api, "", "x-b"), 0},    // x-a is over
		{0, call("PUT", api, "", "x-a", "x-b"), 1},           // all anew
		{9 * time.Second, call("PUT", api, "", "x-a"), 0},    //
		{0, call("DELETE", api, ""), 1},                      //
		{0, call("DELETE", api, "", "x-a", "x-b"), 0},        //
		{2 * time.Second, call("DELETE", api, ""), 0},        //
		{0, call("DELETE", api, "", "x-a"), 1},               //
		{0, call("OPTIONS", api, "", "x-a"), 1},              //
		{0, call("GET", api, "", "x-a"), 0},                  //
		{0, call("GET", "https://b.example/", "", "x-a"), 1}, //
	} {
		now = now.Add(c.after)
		if r := ask(t, b, c.fetch); r.Preflights != c.want || !r.Allowed() {
			t.Errorf("call %d cost %d preflights, want %d\n%s", i, r.Preflights, c.want, r)
		}
	}
}

// A failure clears what is known of the URL that was asked last (Fetch, Main
// fetch, step 12).
func TestCacheClear(t *testing.T) {
	blocked := at(api+"/", "p-acao", app, "p-acam", "PUT", "p-acma", "600")
	moved := granted("/moved", "p-acam", "PUT", "p-acma", "600", "status", "307", "to", blocked)
	star := at(api+"/", "acao", "*", "p-acao", "*", "p-acam", "PUT") // blocked with credentials
	play(t, []cacheCase{
		{"the answer itself is blocked", 0, []cacheCall{{0, call("PUT", blocked, browser.Omit), 1}, {0, call("PUT", blocked, browser.Omit), 1}}},
		{"another URL stays known", 0, []cacheCall{{0, call("PUT", moved, browser.Omit), 2}, {0, call("PUT", moved, browser.Omit), 1}}},
		{"a simple request that fails clears nothing", 0, []cacheCall{
			{0, call("PUT", star, browser.Omit), 1}, {0, call("GET", star, browser.Include), 0}, {0, call("PUT", star, browser.Omit), 0}}},
	})
}
