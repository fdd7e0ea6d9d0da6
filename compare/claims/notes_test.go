package claims

import (
	"testing"
	"time"

	gincors "github.com/gin-contrib/cors"
	chicors "github.com/go-chi/cors"
	fibercors "github.com/gofiber/fiber/v2/middleware/cors"
	rscors "github.com/rs/cors"
)

// notes are what the command migrate says of the libraries and no row of a page
// does.
var notes = []struct {
	note      string
	they      server
	ask, says string
}{
	{"rs: * covers ports", rsOrigins("https://*"), "GET" + fromApp + ":8443", "200 ran; ACAO: " + app + ":8443; Vary: Origin"},
	{"rs: the second * is a character", rsOrigins("http://*.a.example:*"), "GET; Origin: http://x.a.example:80", "200 ran; Vary: Origin"},
	{"rs: * is no method", rs(rscors.Options{AllowedMethods: []string{"*"}}), "OPTIONS" + fromApp + "; ACRM: PUT", "204; " + vary3},
	{"chi: * is no method", chiCORS(chicors.Options{AllowedMethods: []string{"*"}}), "OPTIONS" + fromApp + "; ACRM: PUT", "200; " + vary3},
	{"gin: less than a second sends 0", ginCORS(gincors.Config{AllowAllOrigins: true, MaxAge: time.Second / 2}), "OPTIONS" + fromApp + "; ACRM: GET", "204; ACAO: *; ACMA: 0"},
	{"gin: beside * no function is asked", ginCORS(gincors.Config{AllowOrigins: []string{"*"}, AllowOriginFunc: nobody}), "GET" + fromApp, "200 ran; ACAO: *"},
	{"fiber: beside * no function is asked", fiberCORS(fibercors.Config{AllowOrigins: "*", AllowOriginsFunc: nobody}), "GET" + fromApp, "200 ran; ACAO: *"},
	{"fiber: a wildcard behind a blank", fiberOrigins("https://a.example, https://*.example.com"), "GET" + fromApp, "200 ran; Vary: Origin"},
}

func nobody(string) bool { return false }

func TestNotesOfMigrate(t *testing.T) {
	for _, n := range notes {
		t.Run(n.note, func(t *testing.T) {
			if got := answer(t, n.they, n.ask); got != n.says {
				t.Errorf("%s\ngot:  %s\nwant: %s", n.ask, got, n.says)
			}
		})
	}
}
