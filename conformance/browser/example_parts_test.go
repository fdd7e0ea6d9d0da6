package browser_test

import (
	"fmt"
	"net/http"

	"github.com/concors/concors/conformance/browser"
)

// A method beyond GET, HEAD and POST, or a header beyond a few, costs a
// preflight.
func ExampleNeedsPreflight() {
	fmt.Println(browser.NeedsPreflight("GET", nil))
	fmt.Println(browser.NeedsPreflight("PUT", nil))
	fmt.Println(browser.NeedsPreflight("POST", http.Header{"Content-Type": {"text/plain"}}))
	fmt.Println(browser.NeedsPreflight("POST", http.Header{"Content-Type": {"application/json"}}))

	// Output:
	// false
	// true
	// false
	// true
}

// Six methods go out in upper case, and patch is none of them.
func ExampleNormalizeMethod() {
	fmt.Println(browser.NormalizeMethod("put"), browser.NormalizeMethod("patch"))

	// Output:
	// PUT patch
}

func ExampleUnsafeNames() {
	fmt.Println(browser.UnsafeNames(http.Header{
		"Authorization": {"Bearer t"},
		"Accept":        {"application/json"},
		"X-Request-Id":  {"1"},
	}))

	// Output:
	// [authorization x-request-id]
}

func ExamplePreflight() {
	header := browser.Preflight("https://app.example.com", "PUT", []string{"authorization", "content-type"})
	for _, name := range []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} {
		fmt.Printf("%s: %s\n", name, header.Get(name))
	}

	// Output:
	// Origin: https://app.example.com
	// Access-Control-Request-Method: PUT
	// Access-Control-Request-Headers: authorization,content-type
}

// Beyond a few names, a script reads what the answer exposes.
func ExampleReadable() {
	answer := http.Header{
		"Content-Type":                  {"application/json"},
		"Etag":                          {`"1"`},
		"X-Total":                       {"7"},
		"Access-Control-Expose-Headers": {"X-Total"},
	}
	readable := browser.Readable(browser.Omit, answer)
	fmt.Printf("%q %q %q\n", readable.Get("Content-Type"), readable.Get("X-Total"), readable.Get("ETag"))

	// Output:
	// "application/json" "7" ""
}

// With credentials, the answer must name the origin.
func ExampleCheckCORS() {
	answer := http.Header{"Access-Control-Allow-Origin": {"*"}}
	for _, mode := range []browser.Credentials{browser.Omit, browser.Include} {
		if failure := browser.CheckCORS("https://app.example.com", mode, answer); failure != nil {
			fmt.Println(mode, failure.Step, "-", failure)
		} else {
			fmt.Println(mode, "readable")
		}
	}

	// Output:
	// omit readable
	// include allow-origin-wildcard - the answer has the Access-Control-Allow-Origin "*", but must name the origin, since credentials are included
}
