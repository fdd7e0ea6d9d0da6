package corsfiber_test

import (
	"context"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func TestCheckOriginWantsAPolicy(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("CheckOrigin(nil) does not panic")
		}
	}()
	corsfiber.CheckOrigin(nil)
}

// README fiber: CORS stops no WebSocket: browsers let every page open one
func TestCheckOrigin(t *testing.T) {
	policy := newPolicy(t, concors.Config{AllowOrigins: []string{"*"}, Paths: map[string]concors.Config{"/in/": config()}})
	addr := listen(t, upgrader(policy))
	tests := []struct {
		target string
		lines  []string
		status int
	}{
		{"/in/socket", []string{"Origin: " + page}, 200},
		{"/in/a%20b", []string{"Origin: " + page}, 200},
		{"/in/socket", []string{"Origin: " + stranger}, 403},
		{"/in/socket", []string{"Origin: " + page, "Origin: " + page}, 403},
		{"/in/socket", nil, 403},
		{"/%69n/socket", []string{"Origin: " + page}, 403},
		{"/in/%252e%252e/admin", []string{"Origin: " + page}, 403},
		{"//h/in/socket?u=://", []string{"Origin: " + page}, 403},
		{"/other", []string{"Origin: " + page}, 403}, // "*" admits none here
	}
	for _, test := range tests {
		if a := ask(t, addr, "GET", test.target, test.lines...); a.status != test.status {
			t.Errorf("GET %s with %q: %d, want %d", test.target, test.lines, a.status, test.status)
		}
	}
}

// The origin function sees the whole request, and may keep it.
func TestCheckOriginAsksTheFunction(t *testing.T) {
	var asked []concors.Request
	policy, err := concors.NewPolicy(concors.Config{}, concors.WithOriginFunc(
		func(_ context.Context, o concors.Origin, r concors.Request) bool {
			asked = append(asked, r)
			return o.Host == r.Host
		}))
	if err != nil {
		t.Fatal(err)
	}
	addr := listen(t, upgrader(policy))
	if a := ask(t, addr, "GET", "/ws", "Origin: https://api.example.com"); a.status != 200 {
		t.Errorf("status %d, want 200", a.status)
	}
	if a := ask(t, addr, "GET", "/other", "Origin: "+stranger); a.status != 403 {
		t.Errorf("status %d, want 403", a.status)
	}
	if len(asked) != 2 || asked[0].Method != "GET" || asked[0].Host != "api.example.com" || asked[0].Path != "/ws" {
		t.Errorf("the function was asked about %+v, want GET /ws of api.example.com first", asked)
	}
}

func upgrader(policy *concors.Policy) *fiber.App {
	app := newApp()
	allowed := corsfiber.CheckOrigin(policy)
	app.Get("/*", func(c *fiber.Ctx) error {
		if !allowed(c) {
			return fiber.ErrForbidden
		}
		return c.SendString("upgraded")
	})
	return app
}
