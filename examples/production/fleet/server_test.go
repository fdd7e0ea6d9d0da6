package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Every good version allows shared and a page of its own; none allows never.
const (
	shared = "https://shared.example"
	never  = "https://never.example"
)

func own(version int) string { return fmt.Sprintf("https://v%d.example", version) }

func policyFile(version int) string {
	return fmt.Sprintf(`{"allowOrigins": [%q, %q], "maxAge": %d}`, shared, own(version), version)
}

// fleetServer is a process of the fleet.
type fleetServer struct {
	*process
	name, site, admin string
}

func startServer(t *testing.T, name string, store string) *fleetServer {
	t.Helper()
	p := start(t, "server", "-store", store, "-every", "500ms", "-addr", "127.0.0.1:0", "-admin", "127.0.0.1:0")
	return &fleetServer{p, name, p.line(t), p.line(t)}
}

// client ends its waiting before a test does.
var client = &http.Client{Timeout: 10 * time.Second}

func (s *fleetServer) state() (state State, err error) {
	r, err := client.Get(s.admin)
	if err != nil {
		return state, err
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return state, err
	}
	return state, json.Unmarshal(text, &state)
}

// tellsNoPage asks for the state as a page in a browser on that machine would.
func tellsNoPage(t *testing.T, s *fleetServer) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.admin, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("%s tells a page its state: %d", s.name, answer.StatusCode)
	}
}

func (s *fleetServer) allows(page string) (bool, error) {
	r, err := http.NewRequest("GET", s.site, nil)
	if err != nil {
		return false, err
	}
	r.Header.Set("Origin", page)
	answer, err := client.Do(r)
	if err != nil {
		return false, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil { // else the connection is not used again
		return false, err
	}
	allowed := answer.Header.Get("Access-Control-Allow-Origin")
	if allowed != "" && allowed != page {
		return false, fmt.Errorf("%s is answered with %q", page, allowed)
	}
	return allowed != "", nil
}

// inForce says how the server differs from one with a version in force, of
// all that a test publishes.
func (s *fleetServer) inForce(version, all int) error {
	for v := 1; v <= all; v++ {
		got, err := s.allows(own(v))
		if err != nil {
			return err
		}
		if got != (v == version) {
			return fmt.Errorf("%s allows %s: %t, while version %d should be in force", s.name, own(v), got, version)
		}
	}
	return nil
}

// A witness asks a server on and on, and finds it at fault if it ever allows what
// no version that was published allows, goes back to an older version, or
// refuses what all of them allow.
type witness struct {
	server    *fleetServer
	published *atomic.Int64 // the newest version
	newest    int           // that the server has had in force
	asked     int
}

// watch ends with the function that it returns, which says how often it asked.
func (w *witness) watch(t *testing.T, all int) (stop func() int) {
	end := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		pace := time.NewTicker(50 * time.Millisecond)
		defer pace.Stop()
		for {
			if err := w.round(all); err != nil {
				t.Errorf("%s: %v", w.server.name, err)
				return
			}
			select {
			case <-pace.C:
			case <-end:
				return
			}
		}
	})
	return func() int {
		close(end)
		done.Wait()
		return w.asked
	}
}

func (w *witness) round(all int) error {
	w.asked++
	if got, err := w.server.allows(never); err != nil || got {
		return fmt.Errorf("allows what no version allows, %v", err)
	}
	if got, err := w.server.allows(shared); err != nil || !got {
		return fmt.Errorf("refuses what every version allows, %v", err)
	}
	for v := 1; v <= all; v++ {
		got, err := w.server.allows(own(v))
		switch {
		case err != nil:
			return err
		case !got:
		case v > int(w.published.Load()):
			return fmt.Errorf("version %d is in force before it is published", v)
		case v < w.newest:
			return fmt.Errorf("version %d is in force again after version %d", v, w.newest)
		default:
			w.newest = v
		}
	}
	return nil
}
