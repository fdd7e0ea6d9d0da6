package claims

import (
	"errors"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// What is said of libraries that are not written in Go is cited by the pages.
// Here stands what Concors does in their place.

// we is a claim about Concors alone.
func we(id string, server server, asked ...string) claim {
	c := claim{id: id, we: server}
	for i := 0; i < len(asked); i += 2 {
		c.says = append(c.says, exchange{ask: asked[i], we: asked[i+1]})
	}
	return c
}

var (
	weDenyPreflights = we("denied-preflight", onNet(base()),
		"OPTIONS"+fromStranger+"; ACRM: PUT", "403; "+vary3,
		"OPTIONS"+fromApp+"; ACRM: PATCH", "403; "+vary3,
		"OPTIONS"+fromApp+"; ACRM: PUT; ACRH: x-other", "403; "+vary3)
	weAnswer204   = we("status", onNet(origins(app)), "OPTIONS"+fromApp+"; ACRM: GET", "204; ACAO: "+app+"; "+vary3)
	weRefuseNone  = we("nothing-by-default", onNet(concors.Config{}), "", "refused: no-origins")
	weRefuseEvery = we("any-origin-with-credentials", onNet(credentialed("*")), "", "refused: any-origin-with-credentials")
	weAlwaysVary  = we("vary", onNet(origins(app)), "GET", "200 ran; Vary: Origin", "GET"+fromStranger, "200 ran; Vary: Origin",
		"GET"+fromApp, "200 ran; ACAO: "+app+"; Vary: Origin")
	weAnswerAny = we("any-origin-answers", onNet(anyOrigin()), "GET", "200 ran; ACAO: *", "GET"+fromApp, "200 ran; ACAO: *")
	weTakeNoRE  = we("regular-expressions", onNet(origins(`https://.*\.example\.com`, `^https://app\.example\.com$`, `/\.example\.com$/`)), "",
		"refused: origin-regexp, origin-regexp, origin-regexp")
	weMatchSubdomains = we("subdomains", onNet(origins("https://*.example.com")),
		"GET; Origin: https://a.b.example.com", "200 ran; ACAO: https://a.b.example.com; Vary: Origin",
		"GET; Origin: https://example.com", "200 ran; Vary: Origin")
	weWantContentType = we("content-type", onNet(origins(app)), "OPTIONS"+fromApp+"; ACRM: POST; ACRH: content-type", "403; "+vary3)
	weAllowAnyHeader  = we("any-header", onNet(with(anyOrigin(), func(c *concors.Config) { c.AllowHeaders = []string{"*"} })),
		"OPTIONS"+fromApp+"; ACRM: GET; ACRH: authorization,x-a", "204; ACAO: *; ACAH: *, Authorization; "+vary2)
	weReflectHeaders = we("any-header-with-credentials", onNet(with(credentialed(app), func(c *concors.Config) { c.AllowHeaders = []string{"*"} })),
		"OPTIONS"+fromApp+"; ACRM: GET; ACRH: authorization,x-a", "204; ACAO: "+app+"; ACAC: true; ACAH: authorization,x-a; "+vary3)
	weIgnoreNetworks = we("private-network", onNet(origins(app)), "OPTIONS"+fromApp+"; ACRM: GET; ACRPN: true", "204; ACAO: "+app+"; "+vary3)
	wePassOptions    = we("options", onNet(origins(app)), "OPTIONS"+fromApp, "200 ran; ACAO: "+app+"; "+vary3, "OPTIONS; ACRM: PUT", "200 ran; "+vary3)
	weKeepOnErrors   = we("errors", ours(onFailing, corshttp.Middleware, base()), "GET"+fromApp, "500 ran; ACAO: "+app+"; ACAC: true; ACEH: X-Total; Vary: Origin")
	weNeedNoGet      = we("safelisted-methods", onNet(origins(app)), "OPTIONS"+fromApp+"; ACRM: POST", "204; ACAO: "+app+"; "+vary3)
	weScopePaths     = we("paths", onNet(concors.Config{Paths: map[string]concors.Config{"/api/": origins(app)}}),
		"GET /api/1"+fromApp, "200 ran; ACAO: "+app+"; Vary: Origin", "GET /apix"+fromApp, "200 ran", "OPTIONS /x"+fromApp+"; ACRM: PUT", "200 ran")
	weMaxAge = we("max-age", onNet(with(origins(app), func(c *concors.Config) { c.MaxAge = -1 })), "OPTIONS"+fromApp+"; ACRM: GET", "204; ACAO: "+app+"; ACMA: 0; "+vary3)
	weGrant  = we("denied-actual", onNet(base()), "GET"+fromStranger, "200 ran; Vary: Origin", "DELETE"+fromStranger, "200 ran; Vary: Origin")
	weRefuse = we("trailing-slash", onNet(origins(app+"/")), "", "refused: origin-path")
	weNull   = we("null-origin", onNet(origins("null")), "", "refused: null-origin")
)

// weReload has no library beside it: none of those written in Go has a way to
// change what it was built with.
var weReload = we("reload", func() (peers.App, error) {
	policy, err := concors.NewPolicy(base())
	if err != nil {
		return peers.App{}, err
	}
	served := onNetHTTP(corshttp.Middleware(policy))
	if err := policy.Reload(origins(stranger)); err != nil {
		return peers.App{}, err
	}
	if policy.Reload(origins("nonsense")) == nil {
		return peers.App{}, errors.New("a faulty policy is taken")
	}
	return served, nil
}, "GET"+fromStranger, "200 ran; ACAO: "+stranger+"; Vary: Origin", "GET"+fromApp, "200 ran; Vary: Origin")

var starletteClaims = []claim{
	weDenyPreflights, weAnswer204, weRefuseEvery, weAlwaysVary, weAnswerAny, weTakeNoRE, weMatchSubdomains, weWantContentType, weAllowAnyHeader,
	weReflectHeaders, weIgnoreNetworks, weKeepOnErrors, weNeedNoGet, weMaxAge, weGrant, weRefuse, weNull,
	we("any-method", onNet(with(anyOrigin(), func(c *concors.Config) { c.AllowMethods = []string{"*"} })),
		"OPTIONS"+fromApp+"; ACRM: PURGE", "204; ACAO: *; ACAM: *; "+vary2),
	we("insecure-origin", onNet(credentialed("http://app.example.com")), "", "refused: insecure-with-credentials"),
	we("default-max-age", onNet(origins(app)), "OPTIONS"+fromApp+"; ACRM: GET", "204; ACAO: "+app+"; "+vary3),
	we("headers-on-several-lines", onNet(base()), "OPTIONS"+fromApp+"; ACRM: PUT; ACRH: authorization; ACRH: content-type",
		"204; ACAO: "+app+"; ACAC: true; ACAM: PUT, DELETE; ACAH: Authorization, Content-Type; ACMA: 600; "+vary3),
}

var flaskClaims = []claim{
	weDenyPreflights, weRefuseNone, weRefuseEvery, weAlwaysVary, weTakeNoRE, weMatchSubdomains, weWantContentType, weReflectHeaders,
	weIgnoreNetworks, weKeepOnErrors, weScopePaths,
	we("case-of-origins", onNet(origins("https://App.Example.com")), "", "refused: origin-upper-case"),
}

var expressClaims = []claim{
	weDenyPreflights, weRefuseNone, weRefuseEvery, weAlwaysVary, weTakeNoRE, weMatchSubdomains, weWantContentType, weReflectHeaders,
	wePassOptions, weMaxAge, weScopePaths,
}

var djangoClaims = []claim{
	weDenyPreflights, weAnswer204, weRefuseEvery, weTakeNoRE, weMatchSubdomains, weIgnoreNetworks, weScopePaths, wePassOptions, weMaxAge, weNull, weGrant,
}
