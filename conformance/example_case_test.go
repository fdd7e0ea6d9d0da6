package conformance_test

import (
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

const everyMethod = "preflight/answers-with-every-allowed-method"

// everyMethodCase is that case, for the examples below.
var everyMethodCase = sync.OnceValue(func() *conformance.Case {
	cases, err := conformance.Load()
	if err != nil {
		log.Fatal(err)
	}
	i := slices.IndexFunc(cases, func(c *conformance.Case) bool { return c.Name() == everyMethod })
	return cases[i]
})

// The subjects are the folders of the cases.
func ExampleLoad() {
	cases, err := conformance.Load()
	if err != nil {
		log.Fatal(err)
	}
	var subjects []string
	for _, c := range cases {
		subject, _, _ := strings.Cut(c.Name(), "/")
		subjects = append(subjects, subject)
	}
	fmt.Println(slices.Compact(subjects)[:4])

	// Output:
	// [abuse actual caches credentials]
}

// The cases are files, for tools that read them by themselves.
func ExampleCases() {
	data, err := fs.ReadFile(conformance.Cases(), everyMethod+".txtar")
	if err != nil {
		log.Fatal(err)
	}
	title, _, _ := strings.Cut(string(data), "\n")
	fmt.Println(title)

	// Output:
	// Preflight answers with every allowed method.
}

// The name of a case is its file, and fit for that of a subtest.
func ExampleCase_Name() {
	fmt.Println(everyMethodCase().Name())

	// Output:
	// preflight/answers-with-every-allowed-method
}

func ExampleCase_Title() {
	fmt.Println(everyMethodCase().Title())

	// Output:
	// Preflight answers with every allowed method.
}

// A server in another language is started with the file as it is.
func ExampleCase_Policy() {
	fmt.Print(string(everyMethodCase().Policy()))

	// Output:
	// {"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE"]}
}

func ExampleCase_Debug() {
	fmt.Println(everyMethodCase().Debug())

	// Output:
	// false
}

// Whoever judges a server that knows nothing of the suite plays these alone.
func ExampleCase_NeedsOnlyPolicy() {
	cases, err := conformance.Load()
	if err != nil {
		log.Fatal(err)
	}
	playable := 0
	for _, c := range cases {
		if c.NeedsOnlyPolicy() {
			playable++
		}
	}
	fmt.Println(playable > 0, playable < len(cases))

	// Output:
	// true true
}

// What a case sends and wants, for a runner of one's own.
func ExampleCase_Exchanges() {
	for _, e := range everyMethodCase().Exchanges() {
		line, _, _ := strings.Cut(e.Raw, "\r\n")
		fmt.Println(line)
		fmt.Println(e.Status, e.HandlerRan, e.Header["Access-Control-Allow-Methods"])
	}

	// Output:
	// OPTIONS /thing HTTP/1.1
	// 204 false [PUT, DELETE]
}

// Each value of Vary is one name in lower case, however the answer spells it.
func ExampleExchange() {
	e := everyMethodCase().Exchanges()[0]
	fmt.Println(e.Header["Vary"])

	// Output:
	// [access-control-request-headers access-control-request-method origin]
}

// The verdict of a browser, without and with credentials.
func ExampleVerdict() {
	v := everyMethodCase().Exchanges()[0].Verdict
	fmt.Println(v.Omit, v.Include)

	// Output:
	// true false
}

func ExampleVerdict_String() {
	fmt.Println(conformance.Verdict{Omit: true})

	// Output:
	// omit allowed, include blocked
}

// Play starts a server for one case, as Run does for all of them.
func ExampleCase_Play() {
	var server *httptest.Server
	differs := everyMethodCase().Play(func(policies []*concors.Policy) string {
		server = httptest.NewServer(middleware(policies[0], routes))
		return server.Listener.Addr().String()
	})
	server.Close()
	fmt.Println(len(differs), "differences")

	// Output:
	// 0 differences
}

// A server without CORS fails, and is told what came and what was wanted.
func ExampleCase_PlayServer() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	differs := everyMethodCase().PlayServer(func() (net.Conn, error) {
		return net.Dial("tcp", server.Listener.Addr().String())
	})
	for _, text := range differs {
		first, _, _ := strings.Cut(text, "\n")
		fmt.Println(first)
	}

	// Output:
	// preflight/answers-with-every-allowed-method.txtar:9: status 404, want 204
}
