package examples

import (
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

func TestFaultyPolicyIsReportedWhole(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		file := program.PolicyFile(t, `{
			"allowOrigins": ["https://app.example.com/"],
			"allowMethods": ["put"],
			"allowHeaders": ["Origin"],
			"maxAge": 100000
		}`)
		p := launch(t, name, "-addr", "127.0.0.1:0", "-page", "", "-policy", file)
		wantEnd(t, p, 1, "concors: allowOrigins[0]: ", "concors: allowMethods[0]: ", "concors: allowHeaders[0]: ", "concors: maxAge: ")
		if p.Stdout.Len() > 0 {
			t.Errorf("standard output has %q, want nothing", p.Stdout.Text())
		}
	})
}

func TestPolicyFileThatIsNoPolicy(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		broken := program.PolicyFile(t, "{\n  \"allowOrigin\": []\n}")
		wantEnd(t, launch(t, name, "-addr", "127.0.0.1:0", "-page", "", "-policy", broken), 1, "concors: line 2, column 3: ")

		missing := filepath.Join(t.TempDir(), "missing.json")
		p := launch(t, name, "-addr", "127.0.0.1:0", "-page", "", "-policy", missing)
		wantEnd(t, p, 1, "-policy: ")
		if !strings.Contains(p.Stderr.Text(), missing) {
			t.Errorf("the message %q does not name %s", p.Stderr.Text(), missing)
		}
	})
}

func TestBusyPort(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	addr := busy.Addr().String()
	each(t, func(t *testing.T, name string) {
		wantEnd(t, launch(t, name, "-addr", addr, "-page", ""), 1, "-addr: another program listens on "+addr+": ")
		wantEnd(t, launch(t, name, "-addr", "127.0.0.1:0", "-page", addr), 1, "-page: another program listens on "+addr+": ")
	})
}

func TestWrongFlags(t *testing.T) {
	const (
		elsewhere = "must be localhost, 127.0.0.1, [::1] or no host"
		samePort  = "-addr and -page need different ports"
	)
	tests := []struct {
		args []string
		line string // how the first line on standard error begins
	}{
		{[]string{"-nope"}, "flag provided but not defined: -nope"},
		{[]string{"-addr"}, "flag needs an argument: -addr"},
		{[]string{"-debug=perhaps"}, `invalid boolean value "perhaps" for -debug`},
		{[]string{"policy.json"}, `"policy.json" is not a flag`},
		{[]string{"-addr", "8080"}, `-addr: "8080" is not host:port`},
		{[]string{"-addr", ""}, `-addr: "" is not host:port`},
		{[]string{"-page", "localhost"}, `-page: "localhost" is not host:port`},
		// The page is announced, and allowed, as http://localhost.
		{[]string{"-page", "127.0.0.2:0"}, `-page: the host of "127.0.0.2:0" ` + elsewhere},
		{[]string{"-page", "192.0.2.1:0"}, `-page: the host of "192.0.2.1:0" ` + elsewhere},
		{[]string{"-page", "[2001:db8::1]:0"}, `-page: the host of "[2001:db8::1]:0" ` + elsewhere},
		{[]string{"-page", "[::1%lo]:0"}, `-page: the host of "[::1%lo]:0" ` + elsewhere},
		{[]string{"-page", "app.localhost:0"}, `-page: the host of "app.localhost:0" ` + elsewhere},
		{[]string{"-page", "127.0.0.2:0", "-policy", "missing.json"}, `-page: the host of "127.0.0.2:0" ` + elsewhere},
		{[]string{"-addr", "127.0.0.1:3000"}, samePort},
		{[]string{"-addr", "127.0.0.1:65535", "-page", "localhost:65535"}, samePort},
		{[]string{"-addr", ":65535", "-page", "[::1]:65535"}, samePort},
		{[]string{"-addr", "127.0.0.1:80", "-page", "localhost:http"}, samePort},
	}
	for _, test := range tests {
		args := test.args
		p := launch(t, "stdlib", args...)
		if code := p.ExitCode(t); code != 2 {
			t.Errorf("%q: exit code %d, want 2", args, code)
		}
		text := p.Stderr.Text()
		if !strings.HasPrefix(text, test.line) {
			t.Errorf("%q: standard error has %q, want it to begin with %q", args, text, test.line)
		}
		if !slices.ContainsFunc(strings.Fields(text), func(word string) bool { return word == "-policy" }) {
			t.Errorf("%q: no flags are listed in %q", args, text)
		}
	}
	if code := launch(t, "stdlib", "-h").ExitCode(t); code != 0 {
		t.Errorf("-h: exit code %d, want 0", code)
	}
}

// wantEnd waits for the end of p and compares its exit code and the beginnings
// of the lines on standard error.
func wantEnd(t *testing.T, p *program.Process, code int, prefixes ...string) {
	t.Helper()
	if got := p.ExitCode(t); got != code {
		t.Errorf("exit code %d, want %d", got, code)
	}
	got := p.Stderr.From(0)
	if !slices.EqualFunc(got, prefixes, strings.HasPrefix) {
		t.Errorf("standard error has %q, want lines that begin with %q", got, prefixes)
	}
}
