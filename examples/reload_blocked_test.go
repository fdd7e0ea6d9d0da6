//go:build unix

package examples

import (
	"context"
	"os"
	"syscall"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

// A policy file that blocks its reader holds up reloads, never the end.
func TestBlockedReloadStopsCleanly(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		t.Parallel()
		for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
			p, _, _ := blockedReload(t, name)
			allowsOnly(t, p.Addr(t), "https://one.example")
			if code := p.Stop(t, sig); code != 0 {
				t.Errorf("%v: exit code %d, want 0\n%s", sig, code, p.Stderr.Text())
			}
		}
	})
}

// A SIGHUP that comes during a reload is not lost: the file is read again.
func TestReloadDuringAReload(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		p, file, writer := blockedReload(t, name)
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		program.WritePolicy(t, file, `{"allowOrigins": ["https://two.example"]}`)
		p.Signal(t, syscall.SIGHUP)
		if _, err := writer.WriteString(`{"allowOrigins": ["https://three.example"]}`); err != nil {
			t.Fatal(err)
		}
		writer.Close()
		_, end := p.Stderr.Wait(t, 0, "policy reloaded")
		p.Stderr.Wait(t, end, "policy reloaded")
		allowsOnly(t, p.Addr(t), "https://two.example")
	})
}

// blockedReload starts an example whose reload reads a FIFO that nothing is
// written to. It returns the program, the FIFO and its writing end.
func blockedReload(t *testing.T, name string) (p *program.Process, file string, writer *os.File) {
	t.Helper()
	file = program.PolicyFile(t, `{"allowOrigins": ["https://one.example"]}`)
	p = start(t, name, "-policy", file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Fatal(err)
	}
	p.Signal(t, syscall.SIGHUP)
	return p, file, openForWriting(t, file)
}

// openForWriting returns when the program has opened the FIFO for reading.
func openForWriting(t *testing.T, fifo string) *os.File {
	t.Helper()
	opened := make(chan *os.File, 1)
	go func() {
		defer close(opened)
		if f, err := os.OpenFile(fifo, os.O_WRONLY, 0); err == nil {
			opened <- f
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), program.Patience)
	defer cancel()
	select {
	case f := <-opened:
		if f == nil {
			t.Fatalf("%s cannot be opened for writing", fifo)
		}
		t.Cleanup(func() { f.Close() })
		return f
	case <-ctx.Done():
		t.Fatal("SIGHUP does not read the policy file")
		return nil
	}
}
