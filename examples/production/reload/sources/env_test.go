package sources_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/reload/sources"
)

// TestEnvUnset shows that a variable that is not set leaves its field zero and
// all others as they are, and that none of them all makes no policy.
func TestEnvUnset(t *testing.T) {
	t.Setenv("CORS_ALLOW_ORIGINS", "*") // of the process, which is not asked
	cfg, err := sources.Env("CORS_", nil)
	if err != nil || !reflect.ValueOf(cfg).IsZero() {
		t.Errorf("nothing set: %+v, %v, want a zero Config", cfg, err)
	}
	if _, err := concors.NewPolicy(cfg); !hasProblem(err, concors.ProblemNoOrigins) {
		t.Errorf("a policy of nothing: %v, want %s", err, concors.ProblemNoOrigins)
	}
	for i := 1; i < len(inEnvironment); i++ {
		name, _, _ := strings.Cut(inEnvironment[i], "=")
		cfg, err := sources.Env("CORS_", slices.Delete(slices.Clone(inEnvironment), i, i+1))
		if err != nil {
			t.Errorf("without %s: %v", name, err)
			continue
		}
		zero := 0
		for j := range reflect.ValueOf(cfg).NumField() {
			field := reflect.ValueOf(cfg).Field(j)
			if field.IsZero() {
				zero++
			} else if !reflect.DeepEqual(field.Interface(), reflect.ValueOf(want).Field(j).Interface()) {
				t.Errorf("without %s: %s is %v", name, reflect.TypeOf(cfg).Field(j).Name, field)
			}
		}
		if zero != 2 { // that one and Paths
			t.Errorf("without %s: %+v, want one zero field besides Paths", name, cfg)
		}
	}
}

// TestEnvFaults shows that a variable that cannot be meant so is refused with
// its name, and all such at once.
func TestEnvFaults(t *testing.T) {
	for _, test := range []struct {
		environ []string
		want    []string
	}{
		{[]string{"CORS_ALLOW_ORIGINS="}, []string{"CORS_ALLOW_ORIGINS is empty"}},
		{[]string{"CORS_ALLOW_CREDENTIALS="}, []string{"CORS_ALLOW_CREDENTIALS is empty"}},
		{[]string{"CORS_ALLOW_CREDENTIALS=yes"}, []string{`CORS_ALLOW_CREDENTIALS is no bool: strconv.ParseBool: parsing "yes"`}},
		{[]string{"CORS_MAX_AGE=10m"}, []string{`CORS_MAX_AGE is no int: strconv.ParseInt: parsing "10m"`}},
		{[]string{"CORS_ALLOWED_ORIGINS=*"}, []string{"CORS_ALLOWED_ORIGINS is no setting"}},
		{[]string{"CORS_PATHS={}"}, []string{"CORS_PATHS is no setting"}},
		{[]string{"CORS_=1"}, []string{"CORS_ is no setting"}},
		{
			[]string{"CORS_MAX_AGE=x", "CORS_PREFLIGHT_STATUS=y", "CORS_ALLOW_METHODS=", "CORS_ORIGIN=*", "OTHER=", "CORSICA="},
			[]string{"CORS_ALLOW_METHODS is empty", "CORS_ORIGIN is no setting", "CORS_MAX_AGE is no int", "CORS_PREFLIGHT_STATUS is no int"},
		},
	} {
		cfg, err := sources.Env("CORS_", test.environ)
		if err == nil || !reflect.ValueOf(cfg).IsZero() {
			t.Errorf("%q: %+v, %v, want an error alone", test.environ, cfg, err)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		if !slices.EqualFunc(lines, test.want, strings.HasPrefix) {
			t.Errorf("%q:\n%v\nwant faults that begin with %q", test.environ, err, test.want)
		}
	}
}

// TestEnvLists shows that a list is split at commas and at nothing else, so that
// NewPolicy names the entry at fault.
func TestEnvLists(t *testing.T) {
	for value, field := range map[string]string{
		"https://a.example.com, https://b.example.com": "allowOrigins[1]",
		"https://a.example.com,":                       "allowOrigins[1]",
		"https://a.example.com https://b.example.com":  "allowOrigins[0]",
		"https://a.example.com,*":                      "allowOrigins[1]",
	} {
		cfg, err := sources.Env("CORS_", []string{"CORS_ALLOW_ORIGINS=" + value})
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		_, err = concors.NewPolicy(cfg)
		var faults concors.ConfigErrors
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%q: %v, want one fault of %s", value, err, field)
		}
	}
}

func hasProblem(err error, problem concors.Problem) bool {
	var fault *concors.ConfigError
	return errors.As(err, &fault) && fault.Problem == problem
}
