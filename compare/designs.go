package compare

import "github.com/concors/concors/compare/judge"

// Where the peers say what they do, in the versions that go.mod pins.
const (
	rsSource      = "https://github.com/rs/cors/blob/v1.11.1/"
	chiSource     = "https://github.com/go-chi/cors/blob/v1.2.2/"
	ginSource     = "https://github.com/gin-contrib/cors/blob/v1.7.7/"
	echoSource    = "https://github.com/labstack/echo/blob/v4.16.0/"
	fiberSource   = "https://github.com/gofiber/fiber/blob/v2.52.15/"
	gorillaSource = "https://github.com/gorilla/handlers/blob/v1.5.2/"
)

// anyText are cases of origins that a pattern of a peer means by its own
// documentation, and that Concors refuses: it holds a name to the letters of
// host names, and "https://*" to the scheme's own port.
var anyText = []string{
	"wildcards/are-never-taken-from-the-request",
	"wildcards/leave-scheme-and-port-of-any-host-exact",
	"wildcards/match-any-host-of-another-scheme",
	"wildcards/match-no-host-that-is-none",
	"wildcards/refuse-characters-that-some-browsers-keep",
	"wildcards/stand-for-labels-alone",
}

// designs is written by hand, and nothing stands here that no case shows.
var designs = []Design{
	{
		Cases: []string{
			"credentials/keep-insecure-origins-from-the-function",
			"origin-func/is-asked-for-loopback-origins-with-credentials",
			"origin-func/is-not-asked-for-*",
			"origins/reach-the-function-only-if-well-formed",
		},
		Rules: []judge.Rule{judge.Admits},
		Why:   "an origin function decides alone: none of them promises to keep `null`, insecure or odd origins from it",
		Where: "what each says of its function: it gets the origin, and true means allowed",
	},
	{
		Cases: []string{
			"request-headers/written-back-are-bounded-for-900-kb",
			"request-headers/written-back-count-over-all-lines",
			"request-headers/written-back-may-not-have-16385-bytes",
		},
		Rules: []judge.Rule{judge.Admits},
		Why:   "the limit of 16384 bytes is Concors' own; a policy that allows every header may write any number of names back",
		Where: "Fetch, CORS-preflight fetch, step 7",
	},
	{
		Peers: []string{"rs/cors", "go-chi/cors"},
		Cases: anyText,
		Rules: []judge.Rule{judge.Admits},
		Why:   "a wildcard stands for any text: \"to replace 0 or more characters\"",
		Where: rsSource + "cors.go and " + chiSource + "cors.go, Options.AllowedOrigins",
	},
	{
		Peers: []string{"gin-contrib/cors"},
		Cases: anyText,
		Rules: []judge.Rule{judge.Admits},
		Why:   "a wildcard stands for any text: \"https://api.*\" and \"http://some.*.subdomain.com\" are its examples",
		Where: ginSource + "cors.go, Config.AllowWildcard",
	},
	{
		Peers: []string{"echo"},
		Cases: anyText,
		Rules: []judge.Rule{judge.Admits},
		Why:   "a wildcard stands for any text: it is \"converted to\" the regular expression `.*`",
		Where: echoSource + "middleware/cors.go, CORSConfig.AllowOrigins",
	},
	{
		Peers: []string{"fiber"},
		Cases: []string{"wildcards/refuse-characters-that-some-browsers-keep", "wildcards/stand-for-labels-alone"},
		Rules: []judge.Rule{judge.Admits},
		Why:   "a wildcard means \"any subdomain\", in whatever letters",
		Where: fiberSource + "docs/api/middleware/cors.md, Subdomain Matching",
	},
	{
		Peers: []string{"rs/cors", "go-chi/cors"},
		Cases: []string{"origins/differ-by-any-scheme"},
		Rules: []judge.Rule{judge.Admits},
		Why:   "origins are compared without case: \"As it may error prone, we chose to ignore the spec here\"",
		Where: rsSource + "cors.go and " + chiSource + "cors.go, New",
	},
	{
		Peers: []string{"go-chi/cors"},
		Cases: []string{"methods/in-lower-case-mean-themselves"},
		Rules: []judge.Rule{judge.Admits, judge.Blocks},
		Why:   "methods are compared without case, in the same words",
		Where: chiSource + "cors.go, New",
	},
	{
		Peers: []string{"rs/cors", "go-chi/cors"},
		Cases: []string{
			"actual/is-not-measured-by-the-allowed-methods",
			"routers/keep-the-fields-on-their-own-404",
		},
		Rules: []judge.Rule{judge.Blocks},
		Why:   "the answer to a method that is not listed has no fields: \"We think it's a nice feature to be able to have control on those methods\"",
		Where: rsSource + "cors.go and " + chiSource + "cors.go, handleActualRequest",
	},
	{
		Peers: []string{"rs/cors"},
		Cases: []string{
			"abuse/by-a-thousand-lines-of-commas-asks-for-nothing",
			"request-headers/may-be-900-kb-of-*",
			"request-headers/may-come-in-many-long-lines",
			"request-headers/may-have-white-space-round-them",
		},
		Rules: []judge.Rule{judge.Blocks},
		Why:   "a list may have 16 empty elements and one byte of white space at each end of a name, and no more is \"tolerated\"",
		Where: rsSource + "internal/sortedset.go, maxOWSBytes and maxEmptyElements",
	},
	{
		Peers: []string{"gin-contrib/cors"},
		Cases: []string{"*/*"},
		Rules: []judge.Rule{judge.Refused},
		Why:   "a request from an origin that is not allowed is answered with 403",
		Where: ginSource + "cors_test.go, where tests want it; a change to the contrary was closed: https://github.com/gin-contrib/cors/pull/186",
	},
	{
		Peers: []string{"gin-contrib/cors"},
		Cases: []string{"actual/never-trusts-the-host", "preflight/of-the-own-host-is-judged-like-any"},
		Rules: []judge.Rule{judge.Forwarded},
		Why:   "an origin of the same host is \"not a CORS request but have origin header\"",
		Where: ginSource + "config.go, applyCors",
	},
	{
		Peers: []string{"echo"},
		Cases: []string{"*/*"},
		Rules: []judge.Rule{judge.Swallowed},
		Why:   "every OPTIONS request is answered: \"we avoid calling next for OPTIONS in this middleware\"",
		Where: echoSource + "middleware/cors.go, CORSWithConfig",
	},
	{
		Peers: []string{"gorilla/handlers"},
		Cases: []string{"*/*"},
		Rules: []judge.Rule{judge.Swallowed},
		Why:   "every OPTIONS request is answered unless IgnoreOptions passes them all on, preflights too",
		Where: gorillaSource + "cors.go, IgnoreOptions",
	},
	{
		Peers: []string{"fiber"},
		Cases: []string{
			"actual/includes-options-*",
			"caches/that-keep-options-*",
			"routers/answer-options-that-is-no-preflight",
			"routers/recover-a-panic-in-options",
			"vary/names-*-options-*",
			"wildcards/answer-options-without-a-requested-method-with-a-star",
		},
		Rules: []judge.Rule{judge.Blocks},
		Why:   "OPTIONS without Access-Control-Request-Method is \"outside the scope of CORS\"",
		Where: fiberSource + "middleware/cors/cors.go, New",
	},
	{
		Peers: []string{"gorilla/handlers"},
		Cases: []string{"preflight/sends-the-max-age-of-the-policy"},
		Rules: []judge.Rule{judge.MaxAge},
		Why:   "\"A maximum of 10 minutes is allowed\"",
		Where: gorillaSource + "cors.go, MaxAge",
	},
}
