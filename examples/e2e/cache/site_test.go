//go:build e2e

package cache

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// site is a server with a cache in front of it.
type site struct {
	server, cache string // their addresses
	client        *http.Client
	urls          int // how many were asked for
}

func newSite(t *testing.T, server string) *site {
	t.Helper()
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &site{
		server: server,
		cache:  startVarnish(t, server),
		client: &http.Client{Transport: transport, Timeout: program.Patience},
	}
}

// fresh returns a URL of path that the cache has not seen.
func (s *site) fresh(path string) string {
	s.urls++
	return fmt.Sprintf("%s?order=%d", path, s.urls)
}

// answer is what a client is told.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends the request of v to the server or the cache at addr.
func (s *site) ask(t *testing.T, addr, path string, v visitor) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), v.method, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(request.Header, v.header)
	response, err := s.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

// hit reports whether Varnish had the answer: X-Varnish then has two numbers,
// the request's and that of the request that had the answer stored.
func (a answer) hit() bool { return len(strings.Fields(a.header.Get("X-Varnish"))) == 2 }

// sameAs compares what clients are told differently because of their origins.
func (a answer) sameAs(b answer) bool {
	return a.status == b.status && a.body == b.body && maps.EqualFunc(a.cors(), b.cors(), slices.Equal)
}

// cors returns the fields that CORS is made of, and the names in Vary.
func (a answer) cors() http.Header {
	fields := maps.Clone(a.header)
	maps.DeleteFunc(fields, func(name string, _ []string) bool { return !strings.HasPrefix(name, "Access-Control-") })
	fields["Vary"] = varyNames(a.header)
	return fields
}

// varies reports whether Vary names Origin.
func (a answer) varies() bool { return slices.Contains(varyNames(a.header), "Origin") }

// varyNames returns the names in all Vary lines, sorted: Varnish makes one line
// of several.
func varyNames(header http.Header) []string {
	var names []string
	for _, line := range header["Vary"] {
		for name := range strings.SplitSeq(line, ",") {
			names = append(names, http.CanonicalHeaderKey(strings.TrimSpace(name)))
		}
	}
	slices.Sort(names)
	return names
}
