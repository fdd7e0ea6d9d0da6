package corsfiber_test

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
)

func newApp(configs ...fiber.Config) *fiber.App {
	var cfg fiber.Config
	if len(configs) > 0 {
		cfg = configs[0]
	}
	cfg.DisableStartupMessage = true
	return fiber.New(cfg)
}

// listen serves app on a free port of the loopback until the test ends, and
// returns its address.
func listen(t *testing.T, app *fiber.App) string {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(ln) }()
	t.Cleanup(func() {
		if err := app.Shutdown(); err != nil {
			t.Errorf("shutting down: %v", err)
		}
		ln.Close() // Shutdown overlooks a server that has not begun yet
		if err := <-ended; err != nil {
			t.Errorf("serving: %v", err)
		}
	})
	return ln.Addr().String()
}

func newPolicy(t testing.TB, cfg concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

const (
	page     = "https://app.example.com" // listed by config
	stranger = "https://app.example.org" // not listed
)

// config uses every field that an actual answer can show.
func config() concors.Config {
	return concors.Config{
		AllowOrigins:     []string{page},
		AllowMethods:     []string{"PUT", "DELETE"},
		AllowHeaders:     []string{"Authorization", "Content-Type"},
		ExposeHeaders:    []string{"X-Request-Id"},
		AllowCredentials: true,
		MaxAge:           600,
	}
}

// passing is a policy that lets everything below /in/ pass untouched.
func passing(t testing.TB) *concors.Policy {
	t.Helper()
	return newPolicy(t, concors.Config{Paths: map[string]concors.Config{"/in/": {}}})
}

// A visitor sends field lines and is owed fields on the actual answer by config.
type visitor struct {
	name   string
	lines  []string
	fields []string // Vary aside, which is Origin for each of them
}

var visitors = []visitor{
	{"allowed", []string{"Origin: " + page}, []string{
		"Access-Control-Allow-Credentials: true",
		"Access-Control-Allow-Origin: " + page,
		"Access-Control-Expose-Headers: X-Request-Id",
	}},
	{"denied", []string{"Origin: " + stranger}, nil},
	{"not CORS", nil, nil},
}

// preflight is the field lines of a preflight for PUT.
func preflight(origin string, more ...string) []string {
	return append([]string{"Origin: " + origin, "Access-Control-Request-Method: PUT"}, more...)
}

// granted is what config answers to a preflight of page.
var granted = []string{
	"Access-Control-Allow-Credentials: true",
	"Access-Control-Allow-Headers: Authorization, Content-Type",
	"Access-Control-Allow-Methods: PUT, DELETE",
	"Access-Control-Allow-Origin: " + page,
	"Access-Control-Max-Age: 600",
	varyOptions,
}

const varyOptions = "Vary: Access-Control-Request-Headers, Access-Control-Request-Method, Origin"
