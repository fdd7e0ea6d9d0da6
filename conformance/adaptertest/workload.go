package adaptertest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// A workload is a request, and the number of field lines of its answer.
type workload struct {
	name    string
	policy  *concors.Policy
	request *http.Request
	lines   uint64
}

// workloads are the requests whose cost is held down, cheap and hostile ones,
// and one to a policy of each number of origins.
func workloads(t testing.TB, origins []int) []workload {
	one := NewPolicy(t, concors.Config{
		AllowOrigins: []string{App}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"}, MaxAge: 600,
	})
	personal := NewPolicy(t, concors.Config{
		AllowOrigins: []string{App}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"},
		ExposeHeaders: []string{"X-Total"}, AllowCredentials: true, MaxAge: 600,
	})
	areas := NewPolicy(t, concors.Config{Paths: map[string]concors.Config{"/a/": {AllowOrigins: []string{App}}}})
	list := []workload{
		{"no Origin", one, request("GET", "", nil), 1},
		{"actual, allowed", one, request("GET", App, nil), 2},
		{"actual, denied", one, request("GET", "https://other.example.org", nil), 1},
		{"actual, credentials", personal, request("GET", App, nil), 4},
		{"actual, below a key of Paths", areas, request("GET", App, nil), 2},
		{"preflight, allowed", one, request("PUT", App, []string{"x-a"}), 5},
		{"preflight, denied", one, request("PUT", "https://other.example.org", []string{"x-a"}), 1},
		{"preflight, names reflected", personal, request("PUT", App, []string{"x-a,x-b"}), 6},
		{"an origin of 64 KiB", one, request("GET", "https://"+strings.Repeat("a", 64<<10), nil), 1},
		{"64 KiB of one name", one, request("PUT", App, []string{strings.Repeat("x-a,", 16<<10) + "x-a"}), 5},
		{"64 KiB of blanks", one, request("PUT", App, []string{strings.Repeat(" ", 64<<10) + "x-a"}), 5},
		{"1024 empty lines", one, request("PUT", App, make([]string, 1024)), 5},
	}
	for _, n := range origins {
		policy, last := many(t, "https://tenant-%07d.example.com", n)
		list = append(list, workload{fmt.Sprintf("%d origins", n), policy, request("GET", last, nil), 2})
	}
	policy, last := many(t, "https://*.tenant-%07d.example.com", 100)
	hit := strings.Replace(last, "*", "a.b", 1)
	return append(list,
		workload{"100 patterns, hit", policy, request("GET", hit, nil), 2},
		workload{"100 patterns, miss", policy, request("GET", hit+".example.org", nil), 1})
}

// observed are requests that an observer hears, which reads what metrics and
// logs need.
func observed(t testing.TB) []workload {
	heard := 0
	t.Cleanup(func() {
		if heard == 0 {
			t.Error("the observer hears nothing")
		}
	})
	policy := NewPolicy(t, concors.Config{
		AllowOrigins: []string{App}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"}, MaxAge: 600,
	}, concors.WithObserver(func(_ context.Context, r concors.Request, d concors.Decision) {
		if r.Path == "/a/b" && d.Reason() != "" && d.Path() == "" && d.Allowed() == (d.Detail() == "") {
			heard++
		}
	}))
	return []workload{
		{"observed, actual, allowed", policy, request("GET", App, nil), 2},
		{"observed, actual, denied", policy, request("GET", "https://other.example.org", nil), 1},
		{"observed, preflight, allowed", policy, request("PUT", App, []string{"x-a"}), 5},
		{"observed, preflight, denied", policy, request("PUT", App, []string{"x-b"}), 1},
		{"observed, an origin of 64 KiB", policy, request("GET", "https://"+strings.Repeat("a", 64<<10), nil), 1},
	}
}

// many returns a policy of n origins, and the last of them.
func many(t testing.TB, format string, n int) (policy *concors.Policy, last string) {
	origins := make([]string, n)
	for i := range origins {
		origins[i] = fmt.Sprintf(format, i)
	}
	return NewPolicy(t, concors.Config{AllowOrigins: origins}), origins[n-1]
}

// request is a request of the page at origin, or a preflight that names headers
// if those are given.
func request(method, origin string, headers []string) *http.Request {
	r := httptest.NewRequest(method, "/a/b", nil)
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	if headers != nil {
		r.Method = http.MethodOptions
		r.Header.Set("Access-Control-Request-Method", method)
		r.Header["Access-Control-Request-Headers"] = slices.Clone(headers)
	}
	return r
}
