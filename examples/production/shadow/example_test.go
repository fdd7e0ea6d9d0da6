package shadow_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/shadow"
)

func Example() {
	report, err := shadow.NewReport(prometheus.NewRegistry(), slog.New(slog.NewTextHandler(os.Stderr, nil)), 1, 10)
	if err != nil {
		log.Fatal(err)
	}
	candidate, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	policy, err := concors.NewPolicy(
		concors.Config{AllowOrigins: []string{"https://*.example.com"}},
		concors.WithObserver(candidate.Shadow(report.Differs)))
	if err != nil {
		log.Fatal(err)
	}
	// The router gets policy. When a week of traffic has shown no difference
	// that matters, the candidate is put in force.
	if err := policy.Reload(candidate.Config()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(policy.AllowsOrigin(context.Background(), concors.Request{
		Method: "GET", Path: "/", Origin: []string{"https://forgotten.example.com"},
	}))
	// Output: false
}
