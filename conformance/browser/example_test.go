package browser_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/concors/concors/conformance/browser"
)

// allowApp is a CORS middleware in short; use a real one.
func allowApp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		if r.Header.Get("Origin") == "https://app.example.com" {
			w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
			w.Header().Set("Access-Control-Allow-Methods", "PUT, DELETE")
		}
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// signedIn lets nobody in.
func signedIn(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "who are you?", http.StatusUnauthorized)
	})
}

// recovered answers 500 after a panic.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// routes is an application: /, /private and /panic.
func routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	mux.Handle("/private", signedIn(nil))
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	return mux
}

// The page can tell all answers apart, so it shows its user the right words.
func Example() {
	b := browser.New(recovered(allowApp(routes())))
	defer b.Close()
	for _, path := range []string{"/", "/private", "/nowhere", "/panic"} {
		r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com" + path})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(path, r.Allowed(), r.Status)
	}
	// Output:
	// / true 200
	// /private true 401
	// /nowhere true 404
	// /panic true 500
}

// Two mistakes: what answers before the CORS middleware is unreadable, and a
// panic that nobody recovers is no answer at all.
func Example_blocked() {
	for name, stack := range map[string]http.Handler{
		"outer sign-in": signedIn(allowApp(routes())),
		"no recovery":   allowApp(routes()),
	} {
		b := browser.New(stack)
		defer b.Close()
		r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/panic"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %v\n", name, r.Failure)
	}
	// Unordered output:
	// outer sign-in: the answer has no Access-Control-Allow-Origin
	// no recovery: the answer did not come, or not whole: "the server closed the connection"
}

// One preflight allows every method that its answer lists, for five seconds or
// as long as Access-Control-Max-Age says.
func ExampleBrowser_Fetch_preflights() {
	b := browser.New(allowApp(routes()))
	defer b.Close()
	for _, method := range []string{"GET", "PUT", "DELETE", "PUT"} {
		r, err := b.Fetch(context.Background(), browser.Fetch{Page: "https://app.example.com", URL: "https://api.example.com/", Method: method})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(method, r.Status, "after", r.Preflights)
	}
	// Output:
	// GET 200 after 0
	// PUT 200 after 1
	// DELETE 200 after 0
	// PUT 200 after 0
}

// URLs are relative to the address of a server that runs already.
func ExampleDial() {
	server := httptest.NewServer(allowApp(routes()))
	defer server.Close()
	b, err := browser.Dial(server.URL)
	if err != nil {
		log.Fatal(err)
	}
	for _, page := range []string{"https://app.example.com", "https://evil.example"} {
		r, err := b.Fetch(context.Background(), browser.Fetch{Page: page, URL: "/"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(page, r.Allowed())
	}
	// Output:
	// https://app.example.com true
	// https://evil.example false
}

// Without a server: what would be asked, and what an answer is worth.
func ExampleCheckPreflight() {
	header := http.Header{"Authorization": {"Bearer t"}, "Content-Type": {"application/json"}}
	names := browser.UnsafeNames(header)
	asked := browser.Preflight("https://app.example.com", "PUT", names)
	fmt.Println(asked.Get("Access-Control-Request-Headers"))

	answer := http.Header{
		"Access-Control-Allow-Origin":  {"*"},
		"Access-Control-Allow-Methods": {"PUT"},
		"Access-Control-Allow-Headers": {"*"},
	}
	if failure := browser.CheckPreflight("https://app.example.com", browser.Omit, "PUT", names, 204, answer); failure != nil {
		fmt.Println(failure.Step, "-", failure)
	}
	// Output:
	// authorization,content-type
	// header-not-allowed - the answer to the preflight does not allow the header "authorization" in Access-Control-Allow-Headers
}
