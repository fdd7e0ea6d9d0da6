//go:build e2e

package cache

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/examples/internal/program"
)

// The answers of the examples say nothing about how long they may be kept, and
// Varnish does not keep a 500: the ttl makes both stored. Varnish passes
// OPTIONS on to the server; other caches can be told to store it, and so does
// this one for requests that ask for it. PURGE makes every variant of a URL
// stale. Nothing here touches Vary or Origin, or returns where Varnish's own
// rules are to follow.
const vcl = `
vcl 4.1;
import purge;

backend server { .host = "%s"; .port = "%s"; }

sub vcl_recv {
	if (req.method == "PURGE" || req.method == "OPTIONS" && req.http.X-Store-Options) {
		return (hash);
	}
}
sub vcl_hash {
	if (req.method == "OPTIONS") { hash_data(req.method); }
}
sub vcl_hit {
	if (req.method == "PURGE") { purge.soft(0s, 0s); return (synth(200)); }
}
sub vcl_miss {
	if (req.method == "PURGE") { purge.soft(0s, 0s); return (synth(200)); }
}
sub vcl_backend_fetch {
	if (bereq.http.X-Store-Options) { set bereq.method = "OPTIONS"; }
}
sub vcl_backend_response {
	set beresp.ttl = 1h;
	set beresp.keep = 1h;
}
`

// startVarnish runs Varnish in front of the server at addr and returns where it
// listens. It has its command line on its standard input and ends, with its
// child, at the end of that input: when the test ends, however that comes.
func startVarnish(t *testing.T, addr string) string {
	t.Helper()
	path := findVarnish(t)
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "test.vcl")
	if err := os.WriteFile(file, fmt.Appendf(nil, vcl, host, port), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, "-d", "-n", filepath.Join(dir, "varnish"), "-j", "none",
		"-a", "127.0.0.1:0", "-s", "malloc,64m", "-f", file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Cancel, cmd.WaitDelay = stdin.Close, program.Patience
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Wait() // the context has ended; its error says no more
		if !cmd.ProcessState.Success() {
			t.Errorf("varnishd: %v\n%s", cmd.ProcessState, &stderr)
		}
	})
	hang := time.AfterFunc(program.Patience, func() { cmd.Process.Kill() })
	defer hang.Stop()
	listens, err := launch(stdin, bufio.NewReader(stdout))
	if err != nil {
		t.Fatalf("varnishd: %v", err)
	}
	return listens
}

// findVarnish returns the path of varnishd, which not everybody has on PATH.
func findVarnish(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"varnishd", "/usr/sbin/varnishd"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "varnishd is missing: install the package varnish"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// launch tells Varnish to start its child, and returns the address that the
// child listens on: the port is the system's choice.
func launch(in io.Writer, out *bufio.Reader) (string, error) {
	if _, err := readAnswer(out); err != nil { // the greeting
		return "", err
	}
	var text string
	for _, command := range []string{"start", "debug.listen_address"} {
		if _, err := fmt.Fprintln(in, command); err != nil {
			return "", err
		}
		var err error
		if text, err = readAnswer(out); err != nil {
			return "", fmt.Errorf("%s: %w", command, err)
		}
	}
	fields := strings.Fields(text) // name, host, port
	if len(fields) != 3 {
		return "", fmt.Errorf("it listens on %q", text)
	}
	return net.JoinHostPort(fields[1], fields[2]), nil
}

// readAnswer reads what a command is answered with: a line with status and
// length, then a text of that length and a line feed.
func readAnswer(out *bufio.Reader) (string, error) {
	line, err := out.ReadString('\n')
	if err != nil {
		return "", err
	}
	var status, length int
	if _, err := fmt.Sscanf(line, "%d %d", &status, &length); err != nil {
		return "", fmt.Errorf("%q: %w", line, err)
	}
	text := make([]byte, length+1)
	if _, err := io.ReadFull(out, text); err != nil {
		return "", err
	}
	if status != 200 {
		return "", fmt.Errorf("%d %s", status, text)
	}
	return string(text), nil
}
