package explain_test

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

var fields = []string{
	"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
	"Access-Control-Allow-Headers", "Access-Control-Max-Age", "Access-Control-Expose-Headers", "Vary",
}

// written writes an answer as explanations do. The handler of the site answers
// "ok\n", and nothing else does.
func written(t *testing.T, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	status := strconv.Itoa(res.StatusCode)
	if string(body) == "ok\n" {
		status = "the handler's status"
	}
	var b strings.Builder
	b.WriteString(status + "\n")
	for _, name := range fields {
		if lines := res.Header.Values(name); len(lines) > 0 {
			fmt.Fprintf(&b, "  %s: %s\n", name, strconv.QuoteToASCII(strings.Join(lines, ", ")))
			res.Header.Del(name)
		}
	}
	for name := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("the answer has %s", name)
		}
	}
	return b.String()
}

// fetch returns what the admin port answers, as a person with curl asks.
func fetch(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s: %s, %s", url, res.Status, body)
	}
	return string(body)
}
