package compare

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	gincors "github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
	chicors "github.com/go-chi/cors"
	"github.com/gofiber/fiber/v2"
	fibercors "github.com/gofiber/fiber/v2/middleware/cors"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	rscors "github.com/rs/cors"
)

// What the notes of the command migrate say about the libraries, held against
// the libraries. A question is "METHOD origin", and "> requested method" for a
// preflight; the answer is a field of the response, "-" if it is absent.
func TestNotesOfMigrate(t *testing.T) {
	const app = "https://app.example.com"
	for _, c := range []struct {
		note  string
		serve answerer
		ask   string
		field string
		want  string
	}{
		{"rs: a slash matches no origin", rsWith(rscors.Options{AllowedOrigins: []string{app + "/"}}), "GET " + app, origin, "-"},
		{"rs: origins are read in lower case", rsWith(rscors.Options{AllowedOrigins: []string{"HTTPS://App.example.com"}}), "GET " + app, origin, app},
		{"rs: * covers ports", rsWith(rscors.Options{AllowedOrigins: []string{"https://*"}}), "GET " + app + ":8443", origin, app + ":8443"},
		{"rs: :* needs a port", rsWith(rscors.Options{AllowedOrigins: []string{"http://localhost:*"}}), "GET http://localhost", origin, "-"},
		{"rs: the second * is a character", rsWith(rscors.Options{AllowedOrigins: []string{"http://*.a.example:*"}}), "GET http://x.a.example:80", origin, "-"},
		{"rs: * is no method", rsWith(rscors.Options{AllowedMethods: []string{"*"}}), "OPTIONS " + app + " > PUT", origin, "-"},
		{"rs: methods bind requests", rsWith(rscors.Options{AllowedMethods: []string{"PUT"}}), "GET " + app, origin, "-"},
		{"rs: OPTIONS needs no listing", rsWith(rscors.Options{}), "OPTIONS " + app + " > OPTIONS", origin, "*"},
		{"rs: an origin function replaces the list", rsWith(rscors.Options{AllowedOrigins: []string{app}, AllowOriginFunc: nobody}), "GET " + app, origin, "-"},
		{"rs: a negative age sends 0", rsWith(rscors.Options{MaxAge: -1}), "OPTIONS " + app + " > GET", age, "0"},
		{"chi: a negative age sends nothing", chiWith(chicors.Options{MaxAge: -1}), "OPTIONS " + app + " > GET", age, "-"},
		{"chi: methods are read in upper case", chiWith(chicors.Options{AllowedMethods: []string{"put"}}), "OPTIONS " + app + " > PUT", origin, "*"},
		{"chi: * is no method", chiWith(chicors.Options{AllowedMethods: []string{"*"}}), "OPTIONS " + app + " > PUT", origin, "-"},
		{"gin: without AllowWildcard * is a character", ginWith(gincors.Config{AllowOrigins: []string{"https://*.example.com"}}), "GET " + app, origin, "-"},
		{"gin: a slash matches no origin", ginWith(gincors.Config{AllowOrigins: []string{app + "/"}}), "GET " + app, origin, "-"},
		{"gin: less than a second sends 0", ginWith(gincors.Config{AllowAllOrigins: true, MaxAge: time.Second / 2}), "OPTIONS " + app + " > GET", age, "0"},
		{"gin: a negative age sends nothing", ginWith(gincors.Config{AllowAllOrigins: true, MaxAge: -time.Second}), "OPTIONS " + app + " > GET", age, "-"},
		{"gin: methods are written in upper case", ginWith(gincors.Config{AllowAllOrigins: true, AllowMethods: []string{"put"}}), "OPTIONS " + app + " > PUT", methods, "PUT"},
		{"gin: beside * no function is asked", ginWith(gincors.Config{AllowOrigins: []string{"*"}, AllowOriginFunc: nobody}), "GET " + app, origin, "*"},
		{"echo: a slash matches no origin", echoWith(middleware.CORSConfig{AllowOrigins: []string{app + "/"}}), "GET " + app, origin, "-"},
		{"echo: upper case matches no origin", echoWith(middleware.CORSConfig{AllowOrigins: []string{"https://App.example.com"}}), "GET " + app, origin, "-"},
		{"echo: ? is any character", echoWith(middleware.CORSConfig{AllowOrigins: []string{"https://?pp.example.com"}}), "GET " + app, origin, app},
		{"echo: methods of the route", echoWith(middleware.CORSConfig{}), "OPTIONS " + app + " > GET", methods, "OPTIONS, GET"},
		{"echo: methods of the default", echoWith(middleware.DefaultCORSConfig), "OPTIONS " + app + " > GET", methods, "GET,HEAD,PUT,PATCH,POST,DELETE"},
		{"echo: no list of headers allows what is asked for", echoWith(middleware.CORSConfig{}), "OPTIONS " + app + " > GET", headers, "x-asked"},
		{"fiber: a slash is removed", fiberWith(fibercors.Config{AllowOrigins: app + "/"}), "GET " + app, origin, app},
		{"fiber: a wildcard", fiberWith(fibercors.Config{AllowOrigins: "https://a.example,https://*.example.com"}), "GET " + app, origin, app},
		{"fiber: a wildcard behind a blank", fiberWith(fibercors.Config{AllowOrigins: "https://a.example, https://*.example.com"}), "GET " + app, origin, "-"},
		{"fiber: beside * no function is asked", fiberWith(fibercors.Config{AllowOrigins: "*", AllowOriginsFunc: nobody}), "GET " + app, origin, "*"},
		{"fiber: no list of headers allows what is asked for", fiberWith(fibercors.Config{}), "OPTIONS " + app + " > GET", headers, "x-asked"},
		{"fiber: the age is on other answers too", fiberWith(fibercors.Config{MaxAge: 60}), "GET " + app, age, "60"},
	} {
		t.Run(c.note, func(t *testing.T) {
			got := "-"
			if values := c.serve(t, question(c.ask))[c.field]; len(values) > 0 {
				got = strings.Join(values, " and ")
			}
			if got != c.want {
				t.Errorf("%s: %s = %q, want %q", c.ask, c.field, got, c.want)
			}
		})
	}
}

const (
	origin  = "Access-Control-Allow-Origin"
	methods = "Access-Control-Allow-Methods"
	headers = "Access-Control-Allow-Headers"
	age     = "Access-Control-Max-Age"
)

func nobody(string) bool { return false }

// question reads "METHOD origin > requested method".
func question(text string) *http.Request {
	line, requested, preflight := strings.Cut(text, " > ")
	method, from, _ := strings.Cut(line, " ")
	r := httptest.NewRequest(method, "http://api.example.com/thing", nil)
	r.Header.Set("Origin", from)
	if preflight {
		r.Header.Set("Access-Control-Request-Method", requested)
	}
	if preflight && requested == "GET" {
		r.Header.Set("Access-Control-Request-Headers", "x-asked")
	}
	return r
}

// answerer answers one request.
type answerer func(*testing.T, *http.Request) http.Header

func handled(h http.Handler) answerer {
	return func(_ *testing.T, r *http.Request) http.Header {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Header()
	}
}

func done(http.ResponseWriter, *http.Request) {}

func rsWith(o rscors.Options) answerer {
	if o.AllowedHeaders == nil {
		o.AllowedHeaders = []string{"*"}
	}
	return handled(rscors.New(o).Handler(http.HandlerFunc(done)))
}

func chiWith(o chicors.Options) answerer {
	if o.AllowedHeaders == nil {
		o.AllowedHeaders = []string{"*"}
	}
	return handled(chicors.Handler(o)(http.HandlerFunc(done)))
}

func ginWith(c gincors.Config) answerer {
	gin.SetMode(gin.TestMode)
	r := gin.New()
	r.Use(gincors.New(c))
	r.GET("/thing", func(*gin.Context) {})
	return handled(r)
}

func echoWith(c middleware.CORSConfig) answerer {
	e := echo.New()
	e.Use(middleware.CORSWithConfig(c))
	e.GET("/thing", func(echo.Context) error { return nil })
	return handled(e)
}

func fiberWith(c fibercors.Config) answerer {
	return func(t *testing.T, r *http.Request) http.Header {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Use(fibercors.New(c))
		app.Get("/thing", func(*fiber.Ctx) error { return nil })
		answer, err := app.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.Header
	}
}
