package preset_test

import (
	"fmt"
	"log"
	"net/http"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/preset"
)

func Example() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins:  []string{"https://app.example.com"},
		AllowMethods:  preset.TusMethods(),
		AllowHeaders:  preset.Join(preset.TusHeaders(), preset.Sentry(), preset.Baggage()),
		ExposeHeaders: preset.TusExpose(),
	})
	if err != nil {
		log.Fatal(err)
	}
	r, err := http.NewRequest("OPTIONS", "https://api.example.com/files/1", nil)
	if err != nil {
		log.Fatal(err)
	}
	r.Header.Set("Origin", "https://app.example.com")
	r.Header.Set("Access-Control-Request-Method", "PATCH")
	r.Header.Set("Access-Control-Request-Headers", "baggage,sentry-trace,tus-resumable,upload-offset")
	fmt.Println(policy.Decide(r.Context(), concors.NewRequest(r)).Reason())

	// Output:
	// allowed
}

// Of names that several lists have, one is kept: a Config with both is refused.
func ExampleJoin() {
	fmt.Println(preset.Join(preset.Sentry(), preset.Baggage(), []string{"Authorization"}))

	// Output:
	// [sentry-trace baggage Authorization]
}
