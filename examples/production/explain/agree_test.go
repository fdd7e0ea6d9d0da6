package explain_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/explain"
	"github.com/concors/concors/examples/production/internal/routers"
)

const app = adaptertest.App

// newPolicy allows credentials, some names, and whoever the function knows.
func newPolicy(t testing.TB, options ...concors.Option) *concors.Policy {
	t.Helper()
	tenants := func(_ context.Context, o concors.Origin, _ concors.Request) bool {
		return strings.HasSuffix(o.Host, ".tenant.example")
	}
	return adaptertest.NewPolicy(t, concors.Config{
		AllowOrigins:     []string{app, "https://*.partner.example", "http://localhost:3000"},
		AllowMethods:     []string{"PATCH", "DELETE"},
		AllowHeaders:     []string{"Authorization", "X-Request-Id"},
		AllowCredentials: true,
		Paths:            map[string]concors.Config{"/public/": {AllowOrigins: []string{"https://reader.example"}}, "/off/": {}},
	}, append(options, concors.WithOriginFunc(tenants))...)
}

// An ask is a request, for the site and for the explanation of it.
type ask struct {
	method, path, origin, headers string
	preflight                     bool
}

func (a ask) message() string {
	lines := []string{a.method + " " + a.path + " HTTP/1.1"}
	if a.preflight {
		lines = []string{"OPTIONS " + a.path + " HTTP/1.1", "Access-Control-Request-Method: " + a.method}
		if a.headers != "" {
			lines = append(lines, "Access-Control-Request-Headers: "+a.headers)
		}
	}
	return strings.Join(append(lines, "Host: api.example.com", "Origin: "+a.origin), "\r\n") + "\r\n\r\n"
}

// query leaves to the handler whether it is a preflight.
func (a ask) query() string {
	q := url.Values{"method": {a.method}, "path": {a.path}, "origin": {a.origin}, "host": {"api.example.com"}}
	if a.headers != "" {
		q.Set("headers", a.headers)
	}
	return q.Encode()
}

// Each case has the first line of its explanation and the step that failed, by
// hand, or the step that says most.
var agreeCases = []struct {
	ask
	verdict, step string
}{
	{ask{"GET", "/items?page=2", app, "", false}, "request allowed", `passed origin "https://app.example.com": allowOrigins[0] "https://app.example.com"`},
	{ask{"PATCH", "/items", app, "x-request-id", true}, "preflight allowed", `passed header "x-request-id": allowHeaders[1] "X-Request-Id"`},
	{ask{"GET", "/", "https://app.example.com:8443", "", false}, `request refused, origin-not-allowed "https://app.example.com:8443"`,
		`failed origin "https://app.example.com:8443": not covered by allowOrigins: allowOrigins[0] "https://app.example.com" has another port: without one it means the default; the origin function said no`},
	{ask{"GET", "/", "https://partner.example", "", false}, `request refused, origin-not-allowed "https://partner.example"`,
		`failed origin "https://partner.example": not covered by allowOrigins: allowOrigins[1] "https://*.partner.example" covers the names below that host, not the host itself; the origin function said no`},
	{ask{"patch", "/items", app, "", true}, `preflight refused, method-not-allowed "patch"`,
		`failed method "patch": not covered by allowMethods: allowMethods[0] "PATCH" is in another case: methods are compared with case, and the page must write it as it is listed`},
	{ask{"DELETE", "/items", app, "autorization,x-request-id", true}, `preflight refused, header-not-allowed "autorization"`,
		`failed header "autorization": not covered by allowHeaders: allowHeaders[0] "Authorization" is one letter away`},
	{ask{"GET", "/x//y", app, "", false}, `request refused, path-ambiguous "/x//y"`,
		`failed path "/x//y": paths: `},
	{ask{"GET", "/%70ublic/x", app, "", false}, `request refused, path-ambiguous "/%70ublic/x"`,
		`failed path "/%70ublic/x": paths: `},
	{ask{"GET", "/public/x", "https://reader.example", "", false}, "request allowed", `passed path "/public/x": paths["/public/"]`},
	{ask{"GET", "/off/x", app, "", false}, "request passed on, no-policy", `passed path "/off/x": paths["/off/"] "{}": no policy applies`},
	{ask{"GET", "/", "null", "", false}, `request refused, null-origin "null"`,
		`failed origin "null": not covered by allowOrigins: null is what sandboxed frames and local files send, and no policy with allowCredentials can list it`},
	{ask{"GET", "/", "https://one.tenant.example", "", false}, "request allowed", `passed origin "https://one.tenant.example": the origin function said yes`},
	{ask{"GET", "/", "http://one.tenant.example", "", false}, `request refused, origin-not-allowed "http://one.tenant.example"`,
		`failed origin "http://one.tenant.example": not covered by allowOrigins: the origin function was not asked: with allowCredentials it takes dangerouslyAllowInsecureOrigins for an origin of http`},
	{ask{"PATCH", "/", "http://app.example.com", "", true}, `preflight refused, origin-not-allowed "http://app.example.com"`,
		`failed origin "http://app.example.com": not covered by allowOrigins: allowOrigins[0] "https://app.example.com" has another scheme; the origin function was not asked`},
}

// TestExplanationsAgreeWithAnswers asks the site and the admin port for the same.
func TestExplanationsAgreeWithAnswers(t *testing.T) {
	policy := newPolicy(t)
	admin := httptest.NewServer(explain.Admin(policy).Handler)
	defer admin.Close()
	routers.Site{Policy: policy}.OnEach(t, func(t *testing.T, base string) {
		for _, c := range agreeCases {
			text := fetch(t, admin.URL+"/explain?"+c.query())
			first, _, _ := strings.Cut(text, "\n")
			if steps := strings.Join(strings.Fields(text), " "); first != c.verdict || !strings.Contains(steps, c.step) {
				t.Errorf("%s\nis explained by\n%swant\n%s … %s", c.message(), text, c.verdict, c.step)
			}
			if got, told := sent(t, base, c.message()), answerIn(text); got != told {
				t.Errorf("%sis answered by\n%sand explained by\n%s", c.message(), got, text)
			}
			pasted, err := explain.Message(t.Context(), policy, strings.NewReader(c.message()))
			if err != nil || pasted.String() != text {
				t.Errorf("%sis in a ticket explained by\n%s%v, on the admin port by\n%s", c.message(), pasted, err, text)
			}
		}
	})
}

// answerIn is the last part of an explanation: status and fields.
func answerIn(text string) string {
	_, answer, _ := strings.Cut(text, "\nanswer: ")
	return answer
}

// sent sends a request and returns the answer as explanations write it.
func sent(t *testing.T, base, message string) string {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte(message)); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return written(t, res)
}
