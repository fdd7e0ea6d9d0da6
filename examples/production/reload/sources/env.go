package sources

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	concors "github.com/concors/concors/core"
)

// variables is [concors.Config] with the names of variables: the conversion
// below compiles only while both have the same fields. None has a default.
type variables struct {
	AllowOrigins     []string `env:"ALLOW_ORIGINS"`
	AllowMethods     []string `env:"ALLOW_METHODS"`
	AllowHeaders     []string `env:"ALLOW_HEADERS"`
	ExposeHeaders    []string `env:"EXPOSE_HEADERS"`
	AllowCredentials bool     `env:"ALLOW_CREDENTIALS"`
	MaxAge           int      `env:"MAX_AGE"`
	PreflightStatus  int      `env:"PREFLIGHT_STATUS"`
	// A tree of policies is no variable: one that has Paths belongs in a file.
	Paths map[string]concors.Config `env:"-"`

	DangerouslyAllowNullOrigin      bool `env:"DANGEROUSLY_ALLOW_NULL_ORIGIN"`
	DangerouslyAllowInsecureOrigins bool `env:"DANGEROUSLY_ALLOW_INSECURE_ORIGINS"`
	DangerouslyAllowPublicSuffixes  bool `env:"DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES"`
}

// Env reads a policy from those of environ, which is as [os.Environ] returns it,
// whose names begin with prefix, such as "CORS_". Lists are separated by commas
// without blanks.
//
// A variable that is not set leaves its field zero, which allows nothing; with
// no origins NewPolicy refuses the policy. One that is set but empty is refused:
// more often than not the text to fill it in was missing. So is a name with the
// prefix that no setting has. All faults come at once, each with its variable.
func Env(prefix string, environ []string) (concors.Config, error) {
	set := env.ToMap(environ)
	maps.DeleteFunc(set, func(name, _ string) bool { return !strings.HasPrefix(name, prefix) })
	names := namesOf(prefix)
	var all []error
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(slices.Collect(maps.Values(names)), name) {
			all = append(all, fmt.Errorf("%s is no setting of a policy: remove it, or use another prefix than %s", name, prefix))
		} else if set[name] == "" {
			all = append(all, fmt.Errorf("%s is empty: give it a value, or do not set it", name))
		}
	}
	var v variables
	err := env.ParseWithOptions(&v, env.Options{Environment: set, Prefix: prefix})
	for _, fault := range faultsOf(err) {
		var wrong env.ParseError
		if errors.As(fault, &wrong) {
			fault = fmt.Errorf("%s is no %s: %w", names[wrong.Name], wrong.Type, wrong.Err)
		}
		all = append(all, fault)
	}
	if len(all) > 0 {
		return concors.Config{}, errors.Join(all...)
	}
	return concors.Config(v), nil
}

// namesOf returns the variable of each field that has one.
func namesOf(prefix string) map[string]string {
	names := make(map[string]string)
	for field := range reflect.TypeFor[variables]().Fields() {
		if name := field.Tag.Get("env"); name != "-" {
			names[field.Name] = prefix + name
		}
	}
	return names
}

func faultsOf(err error) []error {
	var several env.AggregateError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &several):
		return several.Errors
	}
	return []error{err}
}
