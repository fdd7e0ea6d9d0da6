package browser_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"

	"github.com/concors/concors/conformance/browser"
)

// The page and the web for it: no server runs, and every host is the handler.
func ExampleNew() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Status, string(r.Body))

	// Output:
	// 200 hello
}

// Close ends the server between the browser and the handler; what it has read
// stays.
func ExampleBrowser_Close() {
	b := browser.New(allowApp(routes()))
	r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/"})
	b.Close()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(r.Body))

	// Output:
	// hello
}

// A fetch says what a script says: here, what needs a preflight.
func ExampleFetch() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	r, err := b.Fetch(context.Background(), browser.Fetch{
		Page:   "https://app.example.com",
		URL:    "https://api.example.com/",
		Method: "put",
		Header: http.Header{"Authorization": {"Bearer t"}},
		Body:   "text",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Preflights, r.Failure)

	// Output:
	// 1 the answer to the preflight does not allow the header "authorization" in Access-Control-Allow-Headers
}

// A 404 that the page may read is allowed: its status is the page's affair.
func ExampleResult_Allowed() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	for _, page := range []string{"https://app.example.com", "https://other.example.org"} {
		r, err := b.Fetch(context.Background(), browser.Fetch{Page: page, URL: "https://api.example.com/nowhere"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(page, r.Allowed(), r.Status)
	}

	// Output:
	// https://app.example.com true 404
	// https://other.example.org false 0
}

// The whole story, for the message of a test.
func ExampleResult_String() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://other.example.org", URL: "https://api.example.com/"})
	if err != nil {
		log.Fatal(err)
	}
	first, _, _ := strings.Cut(r.String(), "\n")
	fmt.Println(first)

	// Output:
	// a page from "https://other.example.org" asks for GET https://api.example.com/, credentials same-origin
}

// What went over the wire, preflights included.
func ExampleExchange() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/", Method: "DELETE"})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range r.Exchanges {
		fmt.Println(e.Method, e.URL, e.Status, e.Answer.Get("Access-Control-Allow-Methods"))
	}

	// Output:
	// OPTIONS https://api.example.com/ 204 PUT, DELETE
	// DELETE https://api.example.com/ 200 PUT, DELETE
}

// The credentials mode decides what the server must allow.
func ExampleCredentials() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	for _, mode := range []browser.Credentials{browser.Omit, browser.SameOrigin, browser.Include} {
		r, err := b.Fetch(context.Background(), browser.Fetch{
			Page: "https://app.example.com", URL: "https://api.example.com/", Credentials: mode,
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(mode, r.Allowed())
	}

	// Output:
	// omit true
	// same-origin true
	// include false
}

// A test that expects a fault names its step, not the words of a message.
func ExampleStep() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/", Method: "PATCH"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Failure.Step == browser.StepMethodNotAllowed, r.Failure.Detail)

	// Output:
	// true PATCH
}
