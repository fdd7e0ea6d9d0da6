package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// patience is how long a program may take to end or to answer.
var patience = 10 * time.Second

// runToEnd runs a program in an empty folder and returns what it writes to
// standard output and standard error.
func runToEnd(ctx context.Context, program string, env []string, args ...string) ([]byte, []byte, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	folder, err := os.MkdirTemp("", "docs")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(folder)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), env...)
	cmd.WaitDelay = time.Second
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	if ctx.Err() != nil {
		err = errors.New("does not end, and has no address 127.0.0.1:8080 to be asked at")
	}
	return out.Bytes(), said.Bytes(), err
}

// runPrograms links all programs at once and runs one after the other.
func (c *checker) runPrograms(w *workspace) error {
	args := []string{"build", "-o", filepath.Join(w.folder, "bin") + "/"}
	var programs []*snippet
	for _, s := range w.snippets {
		if s.program && !s.broken && !s.refused {
			programs = append(programs, s)
			args = append(args, "./"+s.name)
		}
	}
	if len(programs) == 0 {
		return nil
	}
	if out, err := w.golang(args...); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	for _, s := range programs {
		c.runProgram(w, s)
	}
	return nil
}

// runProgram starts a program. One that has an address is asked; any other must
// end, and have printed what the page says.
func (c *checker) runProgram(w *workspace, s *snippet) {
	program := filepath.Join(w.folder, "bin", s.name)
	if len(s.ports) > 0 {
		if err := serve(c.ctx, program, s); err != nil {
			c.at(s.block.page, s.block.line, "%v", err)
		}
		return
	}
	out, said, err := runToEnd(c.ctx, program, nil)
	if err != nil {
		c.at(s.block.page, s.block.line, "the program fails: %v: %s", err, indented(string(said)))
		return
	}
	if got := strings.TrimRight(string(out), "\n"); s.output && got != strings.TrimRight(s.next.text, "\n") {
		c.at(s.block.page, s.next.line, "the program prints something else: %s", indented(got))
	}
}

// serve starts a program on free ports, asks it as a page's browser would, and
// ends it.
func serve(ctx context.Context, program string, s *snippet) error {
	ctx, stop := context.WithCancel(ctx)
	var env, addresses []string
	for _, port := range s.ports {
		address, err := freeAddress()
		if err != nil {
			stop()
			return err
		}
		addresses = append(addresses, address)
		env = append(env, "DOCS_ADDRESS_"+port+"="+address)
	}
	ended := make(chan error, 1)
	go func() {
		_, said, err := runToEnd(ctx, program, env)
		ended <- fmt.Errorf("the server ends: %v: %s", err, indented(string(said)))
	}()
	defer func() { stop(); <-ended }()
	for _, address := range addresses {
		status, err := preflight(ctx, address, ended)
		if err != nil {
			return err
		}
		if usesUs := strings.Contains(s.body, `"`+project+`/`); usesUs && (status == http.StatusNotFound || status == http.StatusMethodNotAllowed) {
			return fmt.Errorf("a preflight is answered with %d: it does not reach the middleware", status)
		}
	}
	return nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// preflight asks until the server answers, or has ended.
func preflight(ctx context.Context, address string, ended chan error) (int, error) {
	ctx, stop := context.WithTimeout(ctx, patience/2)
	defer stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodOptions, "http://"+address+"/", nil)
		if err != nil {
			return 0, err
		}
		r.Header.Set("Origin", "https://app.example.com")
		r.Header.Set("Access-Control-Request-Method", http.MethodPut)
		if answer, err := http.DefaultTransport.RoundTrip(r); err == nil {
			_, _ = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
			return answer.StatusCode, nil
		}
		select {
		case err := <-ended:
			ended <- err
			return 0, err
		case <-ctx.Done():
			return 0, errors.New("the server does not answer")
		case <-again.C:
		}
	}
}

// runTests runs the tests of snippets.
func (c *checker) runTests(w *workspace) {
	for _, s := range w.snippets {
		if !s.test || s.broken {
			continue
		}
		if out, err := w.golang("test", "-timeout", "60s", "./"+s.name); err != nil {
			c.at(s.block.page, s.block.line, "the test fails: %s", indented(out))
		}
	}
}
