package peers

import (
	"fmt"
	"slices"

	concors "github.com/concors/concors/core"
)

// A Spec is what a middleware must do.
type Spec struct {
	Config concors.Config
	Admits []string // the origins that an origin function admits; nil: there is no function
}

// NotOffered says for what a peer has no setting.
type NotOffered struct{ What string }

func (e NotOffered) Error() string { return "not offered: " + e.What }

// Refused says why a peer does not take a configuration that its settings can
// express.
type Refused struct{ Why string }

func (e Refused) Error() string { return "refused at build: " + e.Why }

// A Peer is a middleware on its router.
type Peer struct {
	Name   string // in the table and on the command line
	Module string // the Go module whose version counts
	Router string // what it is mounted on
	Mount  func(Spec) (App, error)
}

// All returns the peers in the order of the table.
func All() []Peer {
	all := []Peer{rsCORS, chiCORS, ginCORS, echoCORS, fiberCORS, gorillaCORS}
	for i := range all {
		all[i].Mount = guarded(all[i].Mount)
	}
	return all
}

// guarded turns a panic at start-up, by which some peers refuse a
// configuration, into a Refused.
func guarded(mount func(Spec) (App, error)) func(Spec) (App, error) {
	return func(s Spec) (app App, err error) {
		defer func() {
			if v := recover(); v != nil {
				err = Refused{Why: fmt.Sprint(v)}
			}
		}()
		if len(s.Config.Paths) > 0 {
			return App{}, NotOffered{"policies by path"}
		}
		return mount(s)
	}
}

// safelistedMethods never need listing under a Concors policy, and always do
// with a peer that compares the requested method with its list.
var safelistedMethods = []string{"GET", "HEAD", "POST"}

// methods is the list for a peer that wants every method listed and has no
// sign for all of them.
func (s Spec) methods() ([]string, error) {
	if slices.Contains(s.Config.AllowMethods, "*") {
		return nil, NotOffered{"every method"}
	}
	return s.listedMethods(), nil
}

// listedMethods is the policy's list with the safelisted methods in front.
func (s Spec) listedMethods() []string {
	list := slices.Clone(safelistedMethods)
	for _, m := range s.Config.AllowMethods {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// sentMethods is the list for a peer that sends its setting as it is: "*" then
// means what it means to a browser.
func (s Spec) sentMethods() ([]string, error) {
	if !slices.Contains(s.Config.AllowMethods, "*") {
		return s.listedMethods(), nil
	}
	if s.Config.AllowCredentials {
		return nil, NotOffered{"every method with credentials"}
	}
	return []string{"*"}, nil
}

// headers is the list for a peer to which an empty one means more than none: a
// safelisted name allows next to nothing in its place. "*" stays.
func (s Spec) headers() []string {
	if len(s.Config.AllowHeaders) == 0 {
		return []string{"Accept"}
	}
	return slices.Clone(s.Config.AllowHeaders)
}

// anyHeader reports whether the policy allows every request header.
func (s Spec) anyHeader() bool { return slices.Contains(s.Config.AllowHeaders, "*") }

// anyOrigin reports whether the policy allows every origin.
func (s Spec) anyOrigin() bool { return slices.Contains(s.Config.AllowOrigins, "*") }

// admits is the origin function for a peer that asks it besides its list.
func (s Spec) admits() func(origin string) bool {
	if s.Admits == nil {
		return nil
	}
	return func(origin string) bool { return slices.Contains(s.Admits, origin) }
}

// admitsAll is the origin function for a peer that ignores its list where there
// is a function: it looks the list up too, as the user of such a peer must.
func (s Spec) admitsAll() (func(origin string) bool, error) {
	if s.Admits == nil {
		return nil, nil
	}
	for _, origin := range s.Config.AllowOrigins {
		if isPattern(origin) {
			return nil, NotOffered{"an origin function beside patterns"}
		}
	}
	return func(origin string) bool {
		return slices.Contains(s.Admits, origin) || slices.Contains(s.Config.AllowOrigins, origin)
	}, nil
}

// fixedStatus checks that a peer whose preflights always have one status is
// asked for no other.
func (s Spec) fixedStatus(status int) error {
	if want := s.Config.PreflightStatus; want != 0 && want != status {
		return NotOffered{"a status for preflights"}
	}
	return nil
}

// noNegativeMaxAge is for peers that cannot send a max-age of 0.
func (s Spec) noNegativeMaxAge() error {
	if s.Config.MaxAge < 0 {
		return NotOffered{"a max-age of 0"}
	}
	return nil
}
