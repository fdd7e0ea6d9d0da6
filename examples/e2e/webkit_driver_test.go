//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"
)

// webdriver is a session of a driver that speaks W3C WebDriver.
type webdriver struct {
	client *http.Client
	base   string // of the session's URLs
}

// newSession starts a session with the driver that will listen at addr, and
// ends it when the test ends.
func newSession(t *testing.T, g *group, addr string, capabilities object) *webdriver {
	t.Helper()
	d := &webdriver{client: &http.Client{Transport: new(http.Transport)}, base: "http://" + addr}
	t.Cleanup(d.client.CloseIdleConnections)
	d.await(t, g)
	var session struct{ SessionID string }
	err := d.try(http.MethodPost, "/session", object{"capabilities": object{"alwaysMatch": capabilities}}, &session)
	if err != nil {
		t.Fatalf("no session: %v\n%s", err, g.text())
	}
	d.base += "/session/" + session.SessionID
	t.Cleanup(func() {
		if err := d.try(http.MethodDelete, "", nil, nil); err != nil {
			t.Errorf("the session does not end well: %v\n%s", err, g.text())
		}
	})
	return d
}

// await asks until the driver is ready.
func (d *webdriver) await(t *testing.T, g *group) {
	t.Helper()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	timeout := time.After(patience)
	for {
		var status struct{ Ready bool }
		err := d.try(http.MethodGet, "/status", nil, &status)
		if err == nil && status.Ready {
			return
		}
		select {
		case <-ticker.C:
		case <-g.ended:
			t.Fatalf("the driver ends: %s", g.text())
		case <-timeout:
			t.Fatalf("the driver does not get ready: %v\n%s", err, g.text())
		}
	}
}

// call sends a command and decodes its result, unless result is nil.
func (d *webdriver) call(t testing.TB, command string, params object, result any) {
	t.Helper()
	if err := d.try(http.MethodPost, command, params, result); err != nil {
		t.Fatal(err)
	}
}

func (d *webdriver) try(method, command string, params object, result any) error {
	var body []byte
	if params != nil {
		var err error
		if body, err = json.Marshal(params); err != nil {
			return err
		}
	}
	// The driver itself gives up when we lose our patience, and says so.
	ctx, cancel := context.WithTimeout(context.Background(), patience+10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, d.base+command, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := d.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s %s: %s: %w", method, command, response.Status, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s", method, command, response.Status, answer.Value)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, result)
}

// freeAddr returns an address where nothing listens, for a program that cannot
// choose one by itself.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}
