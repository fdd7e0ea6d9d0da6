package websockets_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/gofiber/fiber/v2"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/beside/websockets"
)

func wantClosed(t *testing.T, err error, code websocket.StatusCode) {
	t.Helper()
	if closed, ok := errors.AsType[websocket.CloseError](err); !ok || closed.Code != code {
		t.Errorf("%v, want close code %d", err, code)
	}
}

// Who came in by the policy leaves with it, and who came in by the library's
// check of the server's own origin stays.
func TestReloadReachesOwnPagesToo(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	before := policy.Config()
	all := apps(policy, websockets.OwnPagesToo(policy), func(app *fiber.App) { websockets.Fiber(app, "/ws", policy) })
	all.OnEach(t, func(t *testing.T, base string) {
		if err := policy.Reload(before); err != nil {
			t.Fatal(err)
		}
		conn, _, err := dial(t, base, adaptertest.App)
		if err != nil {
			t.Fatal(err)
		}
		own := conn
		if t.Name() != "TestReloadReachesOwnPagesToo/fiber" { // whose library has no such check
			if own, _, err = dial(t, base, base); err != nil {
				t.Fatal(err)
			}
		}
		if err := policy.Reload(concors.Config{AllowOrigins: []string{foreign}}); err != nil {
			t.Fatal(err)
		}
		_, err = say(t, conn, "hello")
		wantClosed(t, err, websocket.StatusPolicyViolation)
		if own == conn {
			return
		}
		if got, err := say(t, own, "hello"); got != "hello" {
			t.Errorf("the server's own page: got %q, %v; want hello", got, err)
		}
	})
}

// A message fills no memory: 32 KiB pass, and more ends the connection.
func TestMessagesAreBounded(t *testing.T) {
	guarded(adaptertest.AppPolicy(t)).OnEach(t, func(t *testing.T, base string) {
		conn, _, err := dial(t, base, adaptertest.App)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetReadLimit(1 << 20)
		most := strings.Repeat("a", 32<<10)
		if got, err := say(t, conn, most); err != nil || got != most {
			t.Fatalf("32 KiB: %d bytes come back, %v", len(got), err)
		}
		// The close code may be lost: what has not been read resets the connection.
		if got, err := say(t, conn, most+"a"); err == nil {
			t.Errorf("more than 32 KiB: %d bytes come back, want the connection closed", len(got))
		}
	})
}

// On Fiber the later question is the first, word for word, whatever the route's
// pattern is and a proxy's fields say.
func TestFiberAsksTheSameAgain(t *testing.T) {
	var mu sync.Mutex
	var asked []concors.Request
	policy := adaptertest.NewPolicy(t, concors.Config{}, concors.WithOriginFunc(
		func(_ context.Context, _ concors.Origin, r concors.Request) bool {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, r)
			return true
		}))
	all := apps(policy, func(http.ResponseWriter, *http.Request) {},
		func(app *fiber.App) { websockets.Fiber(app, "/rooms/:room", policy) })
	all.OnEach(t, func(t *testing.T, base string) {
		if t.Name() != "TestFiberAsksTheSameAgain/fiber" {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		conn, _, err := websocket.Dial(ctx, base+"/rooms/a%2Fb?q", &websocket.DialOptions{HTTPHeader: http.Header{
			"Origin": {adaptertest.App}, "X-Forwarded-Host": {"other.example.org"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.CloseNow()
		if got, err := say(t, conn, "hello"); got != "hello" {
			t.Fatalf("got %q, %v; want hello", got, err)
		}
		mu.Lock()
		defer mu.Unlock()
		// The middleware asks first, then the handshake, then the message.
		if len(asked) != 3 {
			t.Fatalf("asked %d times, want 3", len(asked))
		}
		for _, r := range asked {
			if r.Host != strings.TrimPrefix(base, "http://") || r.Path != "/rooms/a/b" || r.RawPath != "/rooms/a%2Fb" {
				t.Errorf("asked about Host %q, Path %q, RawPath %q; want what was sent", r.Host, r.Path, r.RawPath)
			}
		}
	})
}
