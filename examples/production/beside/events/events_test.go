package events_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	"github.com/concors/concors/examples/production/beside/events"
	"github.com/concors/concors/examples/production/internal/routers"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

const foreign = "https://other.example.org"

// A source has room for no event: what is sent has been taken by the stream.
type source struct {
	events chan string
	left   chan struct{}
}

func newSource() *source { return &source{make(chan string), make(chan struct{}, 8)} }

func (s *source) Subscribe() (<-chan string, func()) {
	return s.events, func() { s.left <- struct{}{} }
}

func apps(policy *concors.Policy, s events.Source) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	stream := events.Handler(s)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", stream)
	c := chi.NewRouter()
	c.Use(corschi.Middleware(policy))
	c.Get("/events", stream)
	g := gin.New()
	g.Use(corsgin.Middleware(policy))
	g.GET("/events", gin.WrapF(stream))
	e := echo.New()
	e.Use(corsecho.Middleware(policy))
	e.GET("/events", echo.WrapHandler(stream))
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	f.Use(corsfiber.Middleware(policy))
	f.Get("/events", events.Fiber(s))
	return routers.Apps{Stdlib: corshttp.Middleware(policy)(mux), Chi: c, Gin: g, Echo: e, Fiber: f}
}

func credentialed(t *testing.T) *concors.Policy {
	return adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{adaptertest.App}, AllowCredentials: true})
}

// open sends what an EventSource with credentials sends, and returns once the
// head of the answer is here.
func open(t *testing.T, ctx context.Context, base, page string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Origin": page, "Accept": "text/event-stream", "Cache-Control": "no-store", "Cookie": "session=1",
	} {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestEventsArriveOneByOne(t *testing.T) {
	s := newSource()
	apps(credentialed(t), s).OnEach(t, func(t *testing.T, base string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		// No event has been sent yet, and the head is here with its fields.
		res := open(t, ctx, base, adaptertest.App)
		defer s.leave(t, ctx, res)
		if failure := browser.CheckCORS(adaptertest.App, browser.Include, res.Header); failure != nil {
			t.Error(failure)
		}
		if got := res.Header.Get("Content-Type"); got != "text/event-stream" || !adaptertest.Varies(res.Header, "Origin") {
			t.Errorf("Content-Type %q, Vary %q", got, res.Header["Vary"])
		}
		body := bufio.NewReader(res.Body)
		for _, event := range []string{"one", "two", "three"} {
			s.send(t, ctx, event)
			if got, err := next(body); err != nil || got != "data: "+event {
				t.Fatalf("got %q, %v; want %q before the next is sent", got, err, event)
			}
		}
	})
}

// A page that the policy denies has its stream all the same, and can read none
// of it: CORS is no access control.
func TestDeniedPageReadsNothing(t *testing.T) {
	s := newSource()
	apps(credentialed(t), s).OnEach(t, func(t *testing.T, base string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		res := open(t, ctx, base, foreign)
		defer s.leave(t, ctx, res)
		s.send(t, ctx, "secret")
		failure := browser.CheckCORS(foreign, browser.Include, res.Header)
		if failure == nil || failure.Step != browser.StepAllowOriginMissing {
			t.Errorf("%v, want no Access-Control-Allow-Origin", failure)
		}
		if res.StatusCode != http.StatusOK || !adaptertest.Varies(res.Header, "Origin") {
			t.Errorf("status %d, Vary %q", res.StatusCode, res.Header["Vary"])
		}
	})
}

// Without AllowCredentials, {withCredentials: true} reads nothing.
func TestCookiesNeedAllowCredentials(t *testing.T) {
	s := newSource()
	apps(adaptertest.AppPolicy(t), s).OnEach(t, func(t *testing.T, base string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		res := open(t, ctx, base, adaptertest.App)
		defer s.leave(t, ctx, res)
		if browser.CheckCORS(adaptertest.App, browser.Omit, res.Header) != nil {
			t.Error("unreadable without cookies")
		}
		if browser.CheckCORS(adaptertest.App, browser.Include, res.Header) == nil {
			t.Error("readable with cookies, want it blocked")
		}
	})
}

// An EventSource that connects again sends Last-Event-ID by itself; a script
// that sets it has to ask.
func TestLastEventIDOfAScriptNeedsAPreflight(t *testing.T) {
	header := http.Header{"Accept": {"text/event-stream"}}
	if browser.NeedsPreflight(http.MethodGet, header) {
		t.Error("a fetch of a stream needs a preflight")
	}
	header.Set("Last-Event-ID", "7")
	if !browser.NeedsPreflight(http.MethodGet, header) {
		t.Error("Last-Event-ID needs no preflight")
	}
}

// leave ends the page, and waits until its subscription has ended too; on Fiber
// it does when something is written next.
func (s *source) leave(t *testing.T, ctx context.Context, res *http.Response) {
	t.Helper()
	res.Body.Close()
	var events chan string // nil takes none
	if strings.HasSuffix(t.Name(), "/fiber") {
		events = s.events
	}
	for {
		select {
		case <-s.left:
			return
		case events <- "anybody there?":
		case <-ctx.Done():
			t.Error("the page has left, and the stream goes on")
			return
		}
	}
}

func (s *source) send(t *testing.T, ctx context.Context, event string) {
	t.Helper()
	select {
	case s.events <- event:
	case <-ctx.Done():
		t.Fatalf("nobody takes %q", event)
	}
}

// next reads one event, and passes over comments.
func next(body *bufio.Reader) (string, error) {
	for {
		line, err := body.ReadString('\n')
		if err != nil {
			return line, err
		}
		if line != "\n" && !strings.HasPrefix(line, ":") {
			return strings.TrimSuffix(line, "\n"), nil
		}
	}
}
