package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ask starts a program and asks it what a page would, then stops it.
func (r *rehearsal) ask(ctx context.Context, binary string, q question) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := r.command(ctx, r.work, binary)
	var said output
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		stop := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if !errors.Is(stop, syscall.ESRCH) { // it may have ended already
			err = errors.Join(err, stop)
		}
		<-ended
		if err != nil {
			err = fmt.Errorf("%w; the program said:\n%s", err, said.String())
		}
	}()
	if err := waitFor(ctx, q.address, ended); err != nil {
		return err
	}
	return errors.Join(q.preflight(ctx), q.actual(ctx), q.stranger(ctx))
}

// output is what a program prints, from its two streams.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// waitFor waits until a program listens or ends.
func waitFor(ctx context.Context, address string, ended chan error) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("the program ended before it listened: %v", err)
		case <-ctx.Done():
			return fmt.Errorf("the program does not listen: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

func (q question) preflight(ctx context.Context) error {
	fields := []string{"Origin", q.origin, "Access-Control-Request-Method", q.method}
	if q.field != "" {
		fields = append(fields, "Access-Control-Request-Headers", q.field)
	}
	res, err := q.send(ctx, http.MethodOptions, fields...)
	if err != nil {
		return err
	}
	// Fetch, CORS-preflight fetch, step 7: an ok status, and names without regard
	// to case. Of the methods of these programs only GET and POST need no listing.
	faults := q.want(res, "preflight", res.StatusCode >= 200 && res.StatusCode <= 299, "an ok status")
	faults = errors.Join(faults, q.want(res, "preflight", res.Header.Get("Access-Control-Allow-Origin") == q.origin, "the origin allowed"))
	if q.method != http.MethodGet && q.method != http.MethodPost {
		faults = errors.Join(faults, q.want(res, "preflight", lists(res, "Access-Control-Allow-Methods", q.method), "the method allowed"))
	}
	if q.field != "" {
		faults = errors.Join(faults, q.want(res, "preflight", lists(res, "Access-Control-Allow-Headers", q.field), "the header allowed"))
	}
	return faults
}

func (q question) actual(ctx context.Context) error {
	res, err := q.send(ctx, q.method, "Origin", q.origin)
	if err != nil {
		return err
	}
	return errors.Join(
		q.want(res, q.method, res.StatusCode == http.StatusOK, "200"),
		q.want(res, q.method, res.Header.Get("Access-Control-Allow-Origin") == q.origin, "the origin allowed"),
		q.want(res, q.method, lists(res, "Vary", "Origin"), "Vary: Origin"),
	)
}

// stranger asks from an origin that the program does not name.
func (q question) stranger(ctx context.Context) error {
	res, err := q.send(ctx, q.method, "Origin", "https://stranger.example")
	if err != nil {
		return err
	}
	return q.want(res, q.method+" of a stranger", len(res.Header["Access-Control-Allow-Origin"]) == 0, "no origin allowed")
}

func (q question) want(res *http.Response, asked string, ok bool, wanted string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%s %s: want %s, got %s with %v", asked, q.path, wanted, res.Status, res.Header)
}

func (q question) send(ctx context.Context, method string, fields ...string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+q.address+q.path, http.NoBody)
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(fields); i += 2 {
		req.Header.Set(fields[i], fields[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return res, errors.Join(err, res.Body.Close())
}

// lists reports whether a list in a response header has an entry.
func lists(res *http.Response, name, entry string) bool {
	for _, line := range res.Header.Values(name) {
		for part := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.TrimSpace(part), entry) {
				return true
			}
		}
	}
	return false
}
