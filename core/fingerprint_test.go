package concors_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
)

// The sums are those of the text that the comment of Fingerprint describes,
// made with
//
//	printf 'concors-policy-1\nallowOrigins *\n' | sha256sum | cut -c1-16
//
// and the like, with a line for each entry and value.
func TestFingerprint(t *testing.T) {
	all := concors.Config{
		AllowOrigins: []string{app, "http://localhost:*", "https://*.example.com"},
		AllowMethods: []string{"PUT", "DELETE"}, AllowHeaders: []string{"X-B", "X-A"}, ExposeHeaders: []string{"ETag", "Age"},
		AllowCredentials: true, MaxAge: 600, PreflightStatus: 200,
		DangerouslyAllowNullOrigin: true, DangerouslyAllowInsecureOrigins: true, DangerouslyAllowPublicSuffixes: true,
	}
	paths := concors.Config{AllowOrigins: []string{app}, MaxAge: -1, Paths: map[string]concors.Config{
		"/a/": {AllowOrigins: []string{"null"}, AllowHeaders: []string{"*"}, DangerouslyAllowNullOrigin: true},
		"/a":  {AllowOrigins: []string{"*"}},
		"/":   {},
	}}
	for _, c := range []struct {
		name string
		cfg  concors.Config
		want string
	}{
		{"one origin", plain, "448e5e539de37903"},
		{"every origin", concors.Config{AllowOrigins: []string{"*"}}, "f7dbc698f954f8df"},
		{"every field", all, "f6090098d8245a56"},
		{"paths", paths, "ff95e7a257d39a94"},
		{"10,000 origins", manyOrigins(10_000), "7d006e1e10322bc5"},
	} {
		if got := mustPolicy(t, c.cfg).Fingerprint(); got != c.want {
			t.Errorf("%s: Fingerprint() = %s, want %s", c.name, got, c.want)
		}
	}
	p := mustPolicy(t, all)
	if p.Fingerprint(); !reflect.DeepEqual(p.Config(), all) {
		t.Errorf("Config() = %+v after Fingerprint, want %+v", p.Config(), all)
	}
	if got := mustPolicy(t, concors.Config{}, new(asker).option()).Fingerprint(); got != "bbe92c5c0c34711a" {
		t.Errorf("no field at all: Fingerprint() = %s", got)
	}
}

// What answers do not show is left out, and what they show counts.
func TestFingerprintCompares(t *testing.T) {
	base := func() concors.Config {
		return concors.Config{
			AllowOrigins: []string{app, other}, AllowMethods: []string{"PUT", "DELETE"}, AllowHeaders: []string{"X-A", "X-B"}, ExposeHeaders: []string{"X-C", "X-D"},
			Paths: map[string]concors.Config{"/a/": {}, "/b/": {AllowOrigins: []string{app}}},
		}
	}
	of := func(cfg concors.Config) string { return mustPolicy(t, cfg).Fingerprint() }
	for _, c := range []struct {
		name   string
		change func(*concors.Config)
		same   bool
	}{
		{"nothing", func(*concors.Config) {}, true},
		{"the order of origins", func(c *concors.Config) { c.AllowOrigins = []string{other, app} }, true},
		{"an empty Paths inside", func(c *concors.Config) { c.Paths["/a/"] = concors.Config{Paths: map[string]concors.Config{}} }, true},
		{"an empty list inside", func(c *concors.Config) { c.Paths["/a/"] = concors.Config{AllowMethods: []string{}} }, true},
		{"the order of methods", func(c *concors.Config) { c.AllowMethods = []string{"DELETE", "PUT"} }, false},
		{"the order of headers", func(c *concors.Config) { c.AllowHeaders = []string{"X-B", "X-A"} }, false},
		{"the order of exposed headers", func(c *concors.Config) { c.ExposeHeaders = []string{"X-D", "X-C"} }, false},
		{"the case of a header", func(c *concors.Config) { c.AllowHeaders[0] = "x-a" }, false},
		{"an origin less", func(c *concors.Config) { c.AllowOrigins = c.AllowOrigins[:1] }, false},
		{"a header in another list", func(c *concors.Config) {
			c.AllowHeaders, c.ExposeHeaders = []string{"X-A"}, []string{"X-B", "X-C", "X-D"}
		}, false},
		{"a key", func(c *concors.Config) { c.Paths["/c"] = concors.Config{} }, false},
		{"a slash of a key", func(c *concors.Config) { delete(c.Paths, "/a/"); c.Paths["/a"] = concors.Config{} }, false},
		{"the other key's policy", func(c *concors.Config) { c.Paths["/a/"], c.Paths["/b/"] = c.Paths["/b/"], c.Paths["/a/"] }, false},
		{"a number", func(c *concors.Config) { c.MaxAge = 1 }, false},
	} {
		cfg := base()
		if c.change(&cfg); (of(cfg) == of(base())) != c.same {
			t.Errorf("%s: the fingerprints are %s and %s, want the same: %v", c.name, of(base()), of(cfg), c.same)
		}
	}
}

// A field that is new must get a line of its own.
func TestFingerprintCoversEveryField(t *testing.T) {
	values := map[string]any{
		"AllowOrigins": []string{app, other}, "AllowMethods": []string{"PUT"}, "AllowHeaders": []string{"X-A"}, "ExposeHeaders": []string{"X-A"},
		"AllowCredentials": true, "MaxAge": 1, "PreflightStatus": 200, "Paths": map[string]concors.Config{"/": {}},
		"DangerouslyAllowNullOrigin": true, "DangerouslyAllowInsecureOrigins": true, "DangerouslyAllowPublicSuffixes": true,
	}
	seen := map[string]string{mustPolicy(t, plain).Fingerprint(): "nothing"}
	for field := range reflect.TypeFor[concors.Config]().Fields() {
		cfg := plain
		value, ok := values[field.Name]
		if !ok {
			t.Errorf("no value for %s", field.Name)
			continue
		}
		reflect.ValueOf(&cfg).Elem().FieldByIndex(field.Index).Set(reflect.ValueOf(value))
		sum := mustPolicy(t, cfg).Fingerprint()
		if before, ok := seen[sum]; ok {
			t.Errorf("%s and %s have the fingerprint %s", before, field.Name, sum)
		}
		seen[sum] = field.Name
	}
}

// It is of the Config in force, whoever asks meanwhile.
func TestFingerprintFollowsReload(t *testing.T) {
	p := mustPolicy(t, plain)
	before := p.Fingerprint()
	if err := p.Reload(usual); err != nil {
		t.Fatal(err)
	}
	sums := make([]string, 8)
	var wait sync.WaitGroup
	for i := range sums {
		wait.Go(func() { sums[i] = p.Fingerprint() })
	}
	wait.Wait()
	for _, sum := range sums {
		if want := mustPolicy(t, usual).Fingerprint(); sum != want || sum == before || strings.Trim(sum, "0123456789abcdef") != "" {
			t.Errorf("Fingerprint() = %s after a reload, want %s, before it was %s", sum, want, before)
		}
	}
	if p.Reload(concors.Config{}) == nil || p.Fingerprint() != sums[0] {
		t.Error("a refused reload changes the fingerprint")
	}
	if p.SetDebug(true); p.Fingerprint() != sums[0] {
		t.Error("debug mode changes the fingerprint")
	}
	again := mustPolicy(t, p.Config(), new(asker).option(), listen(new([]heard)))
	if again.Fingerprint() != sums[0] {
		t.Error("options change the fingerprint")
	}
}
