package observe_test

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/observe"
)

// counted is the traffic, and what it must have counted: 10,000 origins are no
// more than three series.
func counted() (requests []string, want map[string]float64) {
	requests = []string{
		get("/"), get("/public/x"), // not CORS: not counted
		get("/", app), get("/x", app), get("/x?q="+evil, app),
		preflight("/", app, "PUT", "x-a"),
		get("/", "null"), get("/", app, app), get("/x//y", app),
		preflight("/", app, "PATCH", "x-a"), preflight("/", app, "P\"T", ""),
		preflight("/", app, "PUT", "x-b"), preflight("/public/", evil, "PUT", ""),
		get("/off/x", evil), preflight("/off/x", evil, "PUT", ""),
	}
	for i := range 10_000 {
		origin := fmt.Sprintf("https://evil-%d.example", i)
		requests = append(requests, []string{get("/", origin), get("/public/x", origin), get("/", origin+"/\xff\"}")}[i%3])
	}
	return requests, map[string]float64{
		"actual allowed ":                       3,
		"preflight allowed ":                    1,
		"actual null-origin ":                   1,
		"actual several-origins ":               1,
		"actual path-ambiguous ":                1,
		"preflight method-not-allowed ":         1,
		"preflight method-malformed ":           1,
		"preflight header-not-allowed ":         1,
		"preflight method-not-allowed /public/": 1,
		"actual no-policy /off/":                1,
		"preflight no-policy /off/":             1,
		"actual origin-not-allowed ":            3334,
		"actual allowed /public/":               3333,
		"actual origin-malformed ":              3333,
	}
}

func TestMetricsAreScraped(t *testing.T) {
	requests, want := counted()
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			registry := prometheus.NewPedanticRegistry()
			metrics, err := observe.NewMetrics(registry)
			if err != nil {
				t.Fatal(err)
			}
			base := routers.Site{Policy: newPolicy(t, metrics.Observe)}.Serve(t, router)
			admin := serveAdmin(t, registry)
			send(t, base, requests...)
			if got := scrape(t, admin); !maps.Equal(got, want) {
				t.Errorf("scraped %v, want %v", got, want)
			}
			if body := fetch(t, base+"/metrics").body; strings.Contains(body, "cors_decisions_total") {
				t.Error("the site serves the metrics to everybody")
			}
		})
	}
}

func TestMetricsAreRegisteredOnce(t *testing.T) {
	registry := prometheus.NewRegistry()
	for i, wantError := range []bool{false, true} {
		if _, err := observe.NewMetrics(registry); (err != nil) != wantError {
			t.Errorf("registered %d times before: %v", i, err)
		}
	}
}

func serveAdmin(t *testing.T, from prometheus.Gatherer) (base string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server, done := observe.Admin(from), make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != http.ErrServerClosed {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}

// scrape returns the counters by "kind reason path".
func scrape(t *testing.T, admin string) map[string]float64 {
	t.Helper()
	answer := fetch(t, admin+"/metrics")
	if format := expfmt.ResponseFormat(answer.header); format.FormatType() != expfmt.TypeTextPlain {
		t.Fatalf("scraped %q", format)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(answer.body))
	if err != nil {
		t.Fatal(err)
	}
	counters := map[string]float64{}
	for _, m := range families["cors_decisions_total"].GetMetric() {
		labels := map[string]string{}
		for _, l := range m.GetLabel() {
			labels[l.GetName()] = l.GetValue()
		}
		if len(labels) != 3 {
			t.Errorf("labels %v", labels)
		}
		counters[labels["kind"]+" "+labels["reason"]+" "+labels["path"]] += m.GetCounter().GetValue()
	}
	return counters
}

type answer struct {
	header http.Header
	body   string
}

func fetch(t *testing.T, url string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, res.Status, err)
	}
	return answer{res.Header, string(body)}
}
