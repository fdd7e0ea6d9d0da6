package claims

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shown lists the fields of an answer that count, in the order in which they
// are written, and the short names that requests and answers are written in.
var shown = []string{"ACAO", "ACAC", "ACAM", "ACAH", "ACEH", "ACMA", "ACAPN", "Allow", "Vary"}

var short = map[string]string{
	"ACAO":  "Access-Control-Allow-Origin",
	"ACAC":  "Access-Control-Allow-Credentials",
	"ACAM":  "Access-Control-Allow-Methods",
	"ACAH":  "Access-Control-Allow-Headers",
	"ACEH":  "Access-Control-Expose-Headers",
	"ACMA":  "Access-Control-Max-Age",
	"ACAPN": "Access-Control-Allow-Private-Network",
	"ACRM":  "Access-Control-Request-Method",
	"ACRH":  "Access-Control-Request-Headers",
	"ACRPN": "Access-Control-Request-Private-Network",
}

func long(name string) string {
	if l, ok := short[name]; ok {
		return l
	}
	return name
}

// send asks "PUT /path; Field: value; …" of a server, /thing if there is no
// path, and returns "200 ran; ACAO: …; Vary: …", where ran says that the
// handler did.
func send(t *testing.T, addr, ask string) string {
	t.Helper()
	parts := strings.Split(ask, "; ")
	method, path, ok := strings.Cut(parts[0], " ")
	if !ok {
		path = "/thing"
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range parts[1:] {
		name, value, _ := strings.Cut(field, ": ")
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Add(long(name), value)
	}
	client := &http.Client{
		Timeout:       20 * time.Second,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return written(response)
}

func written(response *http.Response) string {
	out := []string{strconv.Itoa(response.StatusCode)}
	if response.Header.Get("Handler-Ran") != "" {
		out[0] += " ran"
	}
	for _, name := range shown {
		lines := response.Header[http.CanonicalHeaderKey(long(name))]
		if len(lines) == 0 {
			continue
		}
		out = append(out, name+": "+strings.Join(lines, ", "))
	}
	text := strings.Join(out, "; ")
	for _, name := range []string{"ACRM", "ACRH"} {
		text = strings.ReplaceAll(text, long(name), name)
	}
	return text
}

// Nothing that begins as CORS fields do is left out of an answer.
func TestShown(t *testing.T) {
	for name, full := range short {
		if response := !strings.Contains(full, "-Request-"); response != slices.Contains(shown, name) {
			t.Errorf("%s: shown: %t", full, !response)
		}
	}
}
