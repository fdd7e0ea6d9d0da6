package peers

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// An Adapter is Concors on one router. It takes policies, outermost first, as
// cases have them, where a peer takes a Spec.
type Adapter struct {
	Router string
	Mount  func(upstream *url.URL, policies []*concors.Policy) App
}

// Adapters returns the five of Concors.
func Adapters() []Adapter {
	return []Adapter{
		{"net/http", func(_ *url.URL, p []*concors.Policy) App {
			return App{HTTP: onServeMux(each(corshttp.Middleware, p)...)}
		}},
		{"chi", func(_ *url.URL, p []*concors.Policy) App {
			return App{HTTP: onChi(each(corschi.Middleware, p)...)}
		}},
		{"gin", func(u *url.URL, p []*concors.Policy) App {
			return App{HTTP: onGin(u, each(corsgin.Middleware, p)...)}
		}},
		{"echo", func(u *url.URL, p []*concors.Policy) App {
			return App{HTTP: onEcho(u, each(corsecho.Middleware, p)...)}
		}},
		{"fiber", func(u *url.URL, p []*concors.Policy) App {
			return App{Fiber: onFiber(u, each(corsfiber.Middleware, p)...)}
		}},
	}
}

// each makes a middleware of every policy.
func each[M func(http.Handler) http.Handler | gin.HandlerFunc | echo.MiddlewareFunc | fiber.Handler](
	middleware func(*concors.Policy) M, policies []*concors.Policy,
) []M {
	out := make([]M, len(policies))
	for i, policy := range policies {
		out[i] = middleware(policy)
	}
	return out
}
