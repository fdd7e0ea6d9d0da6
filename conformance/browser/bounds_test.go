package browser

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a server sends decides neither the size of the cache nor the time that
// a call spends in it.
func TestCacheBounds(t *testing.T) {
	names := make([]string, 100_000)
	for i := range names {
		names[i] = "X-" + strconv.Itoa(i)
	}
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	var c cache
	for i := range 201 {
		key := cacheKey{"https://a.example", strconv.Itoa(i)}
		q := question{method: "PUT", names: []string{"x-1"}, credentials: Omit}
		c.store(key, q, grant{[]string{"PUT"}, names}, now, now.Add(time.Minute))
		if !c.allows(key, q, now) || c.size > 100_000 || i == 0 && c.size != 1000 {
			t.Fatalf("answer %d: the cache holds %d entries", i, c.size)
		}
	}
	for i := range 201 {
		c.clear(cacheKey{"https://a.example", strconv.Itoa(i)})
	}
	if c.size != 0 || len(c.known) != 0 {
		t.Errorf("an empty cache has %d entries and %d keys", c.size, len(c.known))
	}
}

func TestBodyBounds(t *testing.T) {
	const most = 16 << 20 // as Result.Body says
	zip := func(size int) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(make([]byte, size))
		w.Close()
		return b.Bytes()
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		why    string
		ctx    context.Context
		coding string
		body   []byte
		size   int
		err    error
	}{
		{"the most", t.Context(), "", make([]byte, most), most, nil},
		{"one byte more", t.Context(), "", make([]byte, most+1), 0, errBody},
		{"the most, decoded", t.Context(), "gzip", zip(most), most, nil},
		{"one byte more, decoded", t.Context(), "gzip", zip(most + 1), 0, errBody},
		{"nothing to decode", t.Context(), "gzip", nil, 0, nil},
		{"nobody waits", done, "", []byte("a"), 0, context.Canceled},
	} {
		a := answer{status: 200, header: http.Header{}, stream: io.NopCloser(bytes.NewReader(c.body))}
		if c.coding != "" {
			a.header.Set("Content-Encoding", c.coding)
		}
		if err := a.read(c.ctx, "GET"); !errors.Is(err, c.err) || len(a.body) != c.size {
			t.Errorf("%s: %d bytes, error %v", c.why, len(a.body), err)
		}
	}
}

func TestResultStringBounds(t *testing.T) {
	long := strings.Repeat("a", 500_000)
	header := http.Header{long: {long}}
	for i := range 40 {
		header.Set("X-"+strconv.Itoa(i), "1")
	}
	r := Result{asked: "GET https://a.example/" + long, Failure: &Failure{Step: StepRedirectCount, Detail: long}}
	for range 21 {
		r.Exchanges = append(r.Exchanges, Exchange{Method: long, URL: "https://a.example/" + long, Header: header, Status: 302, Answer: header})
	}
	if got := r.String(); len(got) > 100_000 || !strings.Contains(got, "\n> ... and 11 more\n") || !strings.Contains(got, "\n< ... and 11 more\n") {
		t.Errorf("%d bytes: %.2000s", len(got), got)
	}
}
