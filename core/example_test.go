package concors_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
)

func ExampleNewPolicy() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins:     []string{"https://app.example.com", "http://localhost:*"},
		AllowMethods:     []string{"PUT", "DELETE"},
		AllowHeaders:     []string{"Authorization", "Content-Type"},
		AllowCredentials: true,
		MaxAge:           600,
	})
	if err != nil {
		log.Fatal(err) // each fault on a line of its own
	}

	fmt.Println(policy.Config().AllowOrigins)

	// Output:
	// [https://app.example.com http://localhost:*]
}

// A middleware describes the request, decides, applies the decision, and
// answers preflights itself.
func ExamplePolicy_Decide() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT"},
	})
	if err != nil {
		log.Fatal(err)
	}

	request := concors.Request{
		Method: "OPTIONS", Path: "/items/1",
		Origin: []string{"https://app.example.com"}, RequestMethod: []string{"PUT"},
	}
	header := http.Header{}
	d := policy.Decide(context.Background(), request)
	d.Apply(header)

	fmt.Println(d.Preflight(), d.Status(), d.Reason())
	fmt.Println(header.Get("Access-Control-Allow-Origin"))

	// Output:
	// true 204 allowed
	// https://app.example.com
}

// A server that does not use http.Header sets or deletes the fields one by one.
func ExampleDecision_Fields() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins:  []string{"https://app.example.com"},
		ExposeHeaders: []string{"X-Total"},
	})
	if err != nil {
		log.Fatal(err)
	}

	d := policy.Decide(context.Background(), concors.Request{
		Method: "GET", Path: "/items", Origin: []string{"https://app.example.com"},
	})
	for name, value := range d.Fields() {
		switch {
		case name == "Vary":
			fmt.Println("add", name, value)
		case value != "":
			fmt.Println("set", name, value)
		default: // delete what an outer layer may have set
		}
	}

	// Output:
	// set Access-Control-Allow-Origin https://app.example.com
	// set Access-Control-Expose-Headers X-Total
	// add Vary Origin
}

func ExampleWithOriginFunc() {
	tenants := map[string]bool{"t1.example.com": true}
	byTenant := func(_ context.Context, o concors.Origin, _ concors.Request) bool {
		return o.Scheme == "https" && o.Port == 0 && tenants[o.Host]
	}

	policy, err := concors.NewPolicy(concors.Config{}, concors.WithOriginFunc(byTenant))
	if err != nil {
		log.Fatal(err)
	}

	for _, origin := range []string{"https://t1.example.com", "https://t2.example.com"} {
		d := policy.Decide(context.Background(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
		fmt.Println(origin, d.Reason())
	}

	// Output:
	// https://t1.example.com allowed
	// https://t2.example.com origin-not-allowed
}

// The observer is the place for a log line or a metric. What comes from the
// client is quoted.
func ExampleWithObserver() {
	observe := func(_ context.Context, r concors.Request, d concors.Decision) {
		if d.Reason() != concors.ReasonAllowed {
			fmt.Printf("cors: %s %.100q, asked by %.100q: %.20q %.200q\n", d.Reason(), d.Detail(), r.Origin, r.Method, r.Path)
		}
	}
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowHeaders: []string{"Content-Type"},
	}, concors.WithObserver(observe))
	if err != nil {
		log.Fatal(err)
	}

	policy.Decide(context.Background(), concors.Request{
		Method: "OPTIONS", Path: "/items/1", Origin: []string{"https://app.example.com"},
		RequestMethod: []string{"POST"}, RequestHeaders: []string{"baggage,content-type"},
	})

	// Output:
	// cors: header-not-allowed "baggage", asked by ["https://app.example.com"]: "OPTIONS" "/items/1"
}

// A faulty file changes nothing: the policy that is in force stays.
func ExamplePolicy_Reload() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://old.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	for _, file := range []string{
		`{"allowOrigins": ["https://new.example.com/"]}`,
		`{"allowOrigins": ["https://new.example.com"]}`,
	} {
		cfg, err := concors.ParseConfig([]byte(file))
		if err == nil {
			err = policy.Reload(cfg)
		}
		fmt.Println(policy.Config().AllowOrigins, err != nil)
	}

	// Output:
	// [https://old.example.com] true
	// [https://new.example.com] false
}

// All faults come at once, each with the field, the value and a remedy.
func ExampleConfigErrors() {
	_, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com/"},
		AllowMethods: []string{"put"},
	})
	if faults, ok := errors.AsType[concors.ConfigErrors](err); ok {
		for _, fault := range faults {
			fmt.Println(fault.Field, fault.Problem)
		}
		fmt.Println(faults[1])
	}

	// Output:
	// allowOrigins[0] origin-path
	// allowMethods[0] method-case
	// concors: allowMethods[0]: "put" never matches: browsers send this method in upper case: write "PUT"
}

// Browsers make no CORS check for a WebSocket, so the server checks the origin
// before it upgrades the connection.
func ExamplePolicy_AllowsOrigin() {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://*.example.com"}})
	if err != nil {
		log.Fatal(err)
	}

	for _, origin := range []string{"https://app.example.com", "https://other.example.org"} {
		r := concors.Request{Method: "GET", Path: "/ws", Origin: []string{origin}}
		fmt.Println(origin, policy.AllowsOrigin(context.Background(), r))
	}

	// Output:
	// https://app.example.com true
	// https://other.example.org false
}

// This is all that a middleware for net/http does.
func ExamplePolicy_Answer() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT"},
	})
	if err != nil {
		log.Fatal(err)
	}

	middleware := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// Before the handler, so that its errors can be read too.
			if status := policy.Answer(w.Header(), r); status != 0 {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}

	handler := middleware(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "saved")
	}))
	for _, method := range []string{"OPTIONS", "PUT"} {
		r := httptest.NewRequest(method, "/items/1", nil)
		r.Header.Set("Origin", "https://app.example.com")
		if method == "OPTIONS" {
			r.Header.Set("Access-Control-Request-Method", "PUT")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		fmt.Printf("%s: %d %q for %s\n", method, w.Code, w.Body, w.Header().Get("Access-Control-Allow-Origin"))
	}

	// Output:
	// OPTIONS: 204 "" for https://app.example.com
	// PUT: 200 "saved" for https://app.example.com
}

// In debug mode the origin passes, so that the browser's console names the
// method that does not.
func ExamplePolicy_SetDebug() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT"},
	})
	if err != nil {
		log.Fatal(err)
	}

	request := concors.Request{
		Method: "OPTIONS", Path: "/items/1",
		Origin: []string{"https://app.example.com"}, RequestMethod: []string{"DELETE"},
	}
	for _, on := range []bool{false, true} {
		policy.SetDebug(on)
		header := http.Header{}
		d := policy.Decide(context.Background(), request)
		d.Apply(header)
		fmt.Printf("%d %s %q\n", d.Status(), d.Reason(), header.Get("Access-Control-Allow-Origin"))
	}

	// Output:
	// 403 method-not-allowed ""
	// 204 method-not-allowed "https://app.example.com"
}
