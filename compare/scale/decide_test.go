package scale

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// What is measured must also be right.

func TestHostileRequestsAreDecidedRightly(t *testing.T) {
	for _, h := range hostiles() {
		policy := mustPolicy(t, h.config())
		for _, size := range h.sizes() {
			if size > 64<<10 {
				continue // the measurements and the allocations have those
			}
			text := h.text(size)
			r := newReader().read(text)
			d := policy.Decide(context.Background(), concors.NewRequest(r))
			if d.Reason() != h.want || !d.Preflight() {
				t.Errorf("%s, %d bytes: %s, want %s", h.id, size, d.Reason(), h.want)
			}
			if len(text) < size || len(text) > size+256 {
				t.Errorf("%s: %d bytes where %d should be", h.id, len(text), size)
			}
		}
	}
}

func TestTheLongestHostHas127Labels(t *testing.T) {
	r := newReader().read(manyLabels(longestHost))
	host := strings.TrimPrefix(r.Header.Get("Origin"), "https://")
	if len(host) != longestHost || len(strings.Split(host, ".")) != 127 {
		t.Errorf("%q has %d bytes and %d labels", host, len(host), len(strings.Split(host, ".")))
	}
}

func TestManyOrigins(t *testing.T) {
	const n = 10_000
	exact, wild := mustPolicy(t, origins(exactFormat, n)), mustPolicy(t, origins(wildcardFormat, n))
	for i := range n {
		apex := fmt.Sprintf(exactFormat, i)
		below := fmt.Sprintf("https://a.b.tenant-%07d.example.com", i)
		mustAllow(t, exact, apex, true)
		mustAllow(t, exact, below, false)
		mustAllow(t, wild, apex, false)
		mustAllow(t, wild, below, true)
	}
	for _, origin := range []string{
		fmt.Sprintf(exactFormat, n), fmt.Sprintf("https://a.tenant-%07d.example.com", n), "http://tenant-0000007.example.com",
		"https://tenant-0000007.example.com:8443", "https://a.tenant-0000007.example.com:8443", "https://tenant-0000007.example.com.example.org",
	} {
		mustAllow(t, exact, origin, false)
		mustAllow(t, wild, origin, false)
	}
}

func mustAllow(t *testing.T, policy *concors.Policy, origin string, want bool) {
	t.Helper()
	header := http.Header{}
	policy.Decide(context.Background(), from([]string{origin})).Apply(header)
	allowed := ""
	if want {
		allowed = origin
	}
	if got := header.Get("Access-Control-Allow-Origin"); got != allowed {
		t.Errorf("Access-Control-Allow-Origin for %s is %q, want %q", origin, got, allowed)
	}
}

// Each path has an origin of its own, and no other's.
func TestManyPaths(t *testing.T) {
	const n = 10_000
	policy := mustPolicy(t, paths(n))
	for i := range n {
		key := fmt.Sprintf(keyFormat, i)
		own, next := fmt.Sprintf(exactFormat, i), fmt.Sprintf(exactFormat, (i+1)%n)
		for _, path := range []string{strings.TrimSuffix(key, "/"), key, key + "orders/7"} {
			mustChoose(t, policy, path, own, key, concors.ReasonAllowed)
			mustChoose(t, policy, path, next, key, concors.ReasonOriginNotAllowed)
		}
	}
	own := fmt.Sprintf(exactFormat, 7)
	for _, path := range []string{"/", "/api/", fmt.Sprintf(keyFormat, n), "/api/tenant-0000007x", "/x/api/tenant-0000007/"} {
		mustChoose(t, policy, path, own, "", concors.ReasonNoPolicy)
	}
	mustChoose(t, policy, "/api/TENANT-0000007/", own, "", concors.ReasonPathAmbiguous)
}

func mustChoose(t *testing.T, policy *concors.Policy, path, origin, key string, reason concors.Reason) {
	t.Helper()
	r := from([]string{origin})
	r.Path = path
	if d := policy.Decide(context.Background(), r); d.Path() != key || d.Reason() != reason {
		t.Errorf("%s from %s: key %q, %s; want %q, %s", path, origin, d.Path(), d.Reason(), key, reason)
	}
}

// A decision waits for no reload, and no reload for a decision: in the midst of
// one, the policy can be reloaded and asked again. The first decision goes on
// by the rules that it began with.
func TestDecideHoldsNoLock(t *testing.T) {
	var policy *concors.Policy
	depth := 0
	admit := func(ctx context.Context, _ concors.Origin, r concors.Request) bool {
		if depth++; depth == 1 {
			if err := policy.Reload(concors.Config{AllowOrigins: []string{"https://new.example"}, ExposeHeaders: []string{"X-New"}}); err != nil {
				t.Error(err)
			}
			if d := policy.Decide(ctx, r); d.Reason() != concors.ReasonOriginNotAllowed {
				t.Errorf("the second decision is %s", d.Reason())
			}
			return true
		}
		return false
	}
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://old.example"}, ExposeHeaders: []string{"X-Old"}}, concors.WithOriginFunc(admit))
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	policy.Decide(context.Background(), from([]string{page})).Apply(header)
	if got := header.Get("Access-Control-Expose-Headers"); got != "X-Old" || depth != 2 {
		t.Errorf("the first decision exposes %q, after %d calls of the origin function", got, depth)
	}
	mustAllow(t, policy, "https://new.example", true)
}
