package cost

import (
	"fmt"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
)

const (
	page     = "https://app.example.com"
	stranger = "https://stranger.example.org"

	origin         = "Origin"
	requestMethod  = "Access-Control-Request-Method"
	requestHeaders = "Access-Control-Request-Headers"

	allowOrigin      = "Access-Control-Allow-Origin"
	allowCredentials = "Access-Control-Allow-Credentials"
	allowMethods     = "Access-Control-Allow-Methods"
	allowHeaders     = "Access-Control-Allow-Headers"
	exposeHeaders    = "Access-Control-Expose-Headers"
	maxAge           = "Access-Control-Max-Age"
	vary             = "Vary"

	varyAll = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
)

// The policies of the workloads.
var (
	one      = concors.Config{AllowOrigins: []string{page}}
	personal = concors.Config{AllowOrigins: []string{page}, ExposeHeaders: []string{"X-Total-Count"}, AllowCredentials: true}
	full     = concors.Config{
		AllowOrigins: []string{page}, AllowMethods: []string{"GET", "POST", "PUT", "DELETE"},
		AllowHeaders: []string{"Content-Type", "Authorization"}, MaxAge: 600,
	}
	// listing is reflecting for those who cannot reflect.
	listing = concors.Config{
		AllowOrigins: []string{page}, AllowMethods: []string{"GET", "POST", "PUT", "DELETE"},
		AllowHeaders: []string{"Authorization", "Content-Type", "X-Requested-With"}, AllowCredentials: true, MaxAge: 600,
	}
	reflecting = func() concors.Config {
		c := listing
		c.AllowHeaders = []string{"*"}
		return c
	}()
)

// What the answers are, by the contract.
func wantActual(origin string) answer {
	return answer{statusRan, []field{{allowOrigin, origin}, {vary, "Origin"}}}
}

var (
	wantVary      = answer{statusRan, []field{{vary, "Origin"}}}
	wantPersonal  = answer{statusRan, []field{{allowOrigin, page}, {allowCredentials, "true"}, {exposeHeaders, "X-Total-Count"}, {vary, "Origin"}}}
	wantDenied    = answer{403, []field{{vary, varyAll}}}
	wantPreflight = answer{204, []field{
		{allowOrigin, page}, {allowMethods, "GET, POST, PUT, DELETE"}, {allowHeaders, "Content-Type, Authorization"}, {maxAge, "600"}, {vary, varyAll},
	}}
	wantReflected = answer{204, []field{
		{allowOrigin, page}, {allowCredentials, "true"}, {allowMethods, "GET, POST, PUT, DELETE"},
		{allowHeaders, "authorization,content-type,x-requested-with"}, {maxAge, "600"}, {vary, varyAll},
	}}
)

func from(origin string) []field { return []field{{"Origin", origin}} }

func ask(origin string, headers ...string) []field {
	fields := []field{{"Origin", origin}, {requestMethod, "PUT"}}
	for _, h := range headers {
		fields = append(fields, field{requestHeaders, h})
	}
	return fields
}

// usual are the requests of every day, to small policies.
func usual() []*workload {
	const names = "authorization,content-type"
	return []*workload{
		{id: "not-cors", name: "not CORS, GET", config: one, method: "GET", want: wantVary},
		{id: "actual", name: "actual, allowed, 1 origin", config: one, method: "GET", request: from(page), want: wantActual(page)},
		{id: "actual-denied", name: "actual, denied", config: one, method: "GET", request: from(stranger), want: wantVary},
		{id: "credentials", name: "actual, credentials, exposed headers", config: personal, method: "GET", request: from(page), want: wantPersonal},
		{id: "preflight", name: "preflight, allowed", config: full, method: "OPTIONS", request: ask(page, names), want: wantPreflight},
		{id: "preflight-denied", name: "preflight, denied (origin)", config: full, method: "OPTIONS", request: ask(stranger, names), want: wantDenied},
		{
			id: "reflected", name: "preflight, credentials, names reflected", config: reflecting, instead: &listing,
			method: "OPTIONS", request: ask(page, names+",x-requested-with"), want: wantReflected,
		},
	}
}

// The origins of large policies.
const (
	exact = "https://tenant-%07d.example.com"
	wild  = "https://*.tenant-%07d.example.com"
)

// large are those to policies of many patterns. The last of a list is hit.
func large() []*workload {
	var list []*workload
	for _, n := range []int{10, 100, 10_000, 1_000_000} {
		last := fmt.Sprintf(exact, n-1)
		list = append(list, &workload{
			id: fmt.Sprintf("exact-%d", n), name: grouped(n) + " exact origins", format: exact, many: n,
			method: "GET", request: from(last), want: wantActual(last),
		})
	}
	hit := strings.Replace(fmt.Sprintf(wild, 99), "*", "a.b", 1)
	miss := strings.Replace(fmt.Sprintf(wild, 100), "*", "a.b", 1)
	return append(list,
		&workload{id: "wildcards-hit", name: "100 wildcards, hit", format: wild, many: 100, method: "GET", request: from(hit), want: wantActual(hit)},
		&workload{id: "wildcards-miss", name: "100 wildcards, miss", format: wild, many: 100, method: "GET", request: from(miss), want: wantVary})
}

// excessive are requests that want to cost much.
func excessive() []*workload {
	const size, name = 64 << 10, "content-type,"
	same := strings.Repeat(name, size/len(name)) + name[:len(name)-1]
	blanks := strings.Repeat(" ", size) + name[:len(name)-1]
	return []*workload{
		{
			id: "origin-64k", name: "origin of 64 KiB, 100 wildcards", format: wild, many: 100, method: "GET",
			request: from("https://" + strings.Repeat("a", size)), want: wantVary,
		},
		{
			id: "same-64k", name: "ACRH: 64 KiB of one name", config: full, bytes: len(same),
			method: "OPTIONS", request: ask(page, same), want: wantPreflight,
		},
		{
			id: "blanks-64k", name: "ACRH: 64 KiB of blanks", config: full, bytes: len(blanks),
			method: "OPTIONS", request: ask(page, blanks), want: wantPreflight,
		},
		{
			id: "lines-1024", name: "ACRH: 1,024 empty lines", config: full, lines: 1024,
			method: "OPTIONS", request: ask(page, make([]string, 1024)...), want: wantPreflight,
		},
	}
}

// workloads returns all, in the order of the tables.
func workloads() []*workload { return slices.Concat(usual(), large(), excessive()) }

// grouped writes a number with commas.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
