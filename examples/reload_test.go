package examples

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

func TestReload(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		file := program.PolicyFile(t, `{"allowOrigins": ["https://one.example"]}`)
		p := start(t, name, "-policy", file)
		addr := p.Addr(t)
		allowsOnly(t, addr, "https://one.example")

		program.WritePolicy(t, file, `{"allowOrigins": ["https://two.example"]}`)
		p.Reload(t, "policy reloaded")
		allowsOnly(t, addr, "https://two.example")

		program.WritePolicy(t, file, `{"allowOrigins": ["https://three.example/", "four.example"]}`)
		refused(t, p, "concors: allowOrigins[0]: ", "concors: allowOrigins[1]: ")
		allowsOnly(t, addr, "https://two.example")

		program.WritePolicy(t, file, `{"allowOrigins": [`)
		refused(t, p, "concors: line 1, column ")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		refused(t, p, "-policy: ")
		allowsOnly(t, addr, "https://two.example")

		program.WritePolicy(t, file, `{"allowOrigins": ["https://three.example"]}`)
		p.Reload(t, "policy reloaded")
		allowsOnly(t, addr, "https://three.example")
	})
}

func TestReloadNeedsAFile(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		p := start(t, name)
		p.Reload(t, "no policy file to reload")
		allowsOnly(t, p.Addr(t), "http://localhost:3000")
	})
}

// accessLine is how a line of echo's access log begins. It may be written after
// the answer, and so come between the faults of a reload.
var accessLine = regexp.MustCompile(`^\d{4}/\d{2}/\d{2} `)

// refused reloads a file with faults. Each fault is a line of standard error,
// and the line that says so comes last.
func refused(t *testing.T, p *program.Process, faults ...string) {
	t.Helper()
	var got []string
	for _, line := range p.Reload(t, "policy refused, the old one stays") {
		if !strings.HasPrefix(line, "time=") && !accessLine.MatchString(line) {
			got = append(got, line)
		}
	}
	if !slices.EqualFunc(got, faults, strings.HasPrefix) {
		t.Errorf("standard error has %q, want lines that begin with %q", got, faults)
	}
}

// allowsOnly asks as each of the pages of these tests.
func allowsOnly(t *testing.T, addr, allowed string) {
	t.Helper()
	for _, origin := range []string{"https://one.example", "https://two.example", "https://three.example", "http://localhost:3000"} {
		got := ask(t, addr, "GET", "/hello", "Origin: "+origin).Header.Get("Access-Control-Allow-Origin")
		if (got == origin) != (origin == allowed) {
			t.Errorf("the page %s is answered with %q while %s is allowed", origin, got, allowed)
		}
	}
}
