package scale

import (
	"fmt"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// Sizes grow, so that benchstat shows the slope:
//
//	go test -run '^$' -bench . -count 10 ./compare/scale > figures
//	benchstat -row /input -col /size figures

// BenchmarkHostile answers hostile requests. Where the time is linear, a byte
// costs the same at each size.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostiles() {
		policy := mustPolicy(b, h.config())
		b.Run("input="+h.id, func(b *testing.B) {
			for _, size := range h.sizes() {
				text := h.text(size)
				b.Run(fmt.Sprint("size=", size), func(b *testing.B) {
					run(b, answers(policy, text))
					b.SetBytes(int64(size))
				})
			}
		})
	}
}

// BenchmarkReading reads the same requests, as the server does before.
func BenchmarkReading(b *testing.B) {
	for _, h := range hostiles() {
		b.Run("input="+h.id, func(b *testing.B) {
			for _, size := range h.sizes() {
				text := h.text(size)
				b.Run(fmt.Sprint("size=", size), func(b *testing.B) {
					run(b, reads(text))
					b.SetBytes(int64(size))
				})
			}
		})
	}
}

// sizes are those of a benchmark, in bytes.
func (h hostile) sizes() []int {
	if h.largest < 1024 {
		return []int{h.largest / 4, h.largest / 2, h.largest}
	}
	return []int{1 << 10, 16 << 10, 256 << 10, mebibyte}
}

// BenchmarkLookUp decides about the same origin each time, and about many at
// random, by policies of more and more entries.
func BenchmarkLookUp(b *testing.B) {
	for _, kind := range kinds {
		b.Run("input="+kind.id, func(b *testing.B) {
			for _, n := range []int{1, 100, 10_000, 1_000_000} {
				var policy *concors.Policy
				some := kind.random(n)
				for _, c := range []struct {
					name    string
					origins []string
				}{{"same", some[:1]}, {"random", some}, {"absent", []string{kind.covered(n)}}} {
					b.Run(fmt.Sprintf("origin=%s/size=%d", c.name, n), func(b *testing.B) {
						if policy == nil {
							policy = mustPolicy(b, origins(kind.format, n))
						}
						run(b, decidingAll(policy, c.origins))
					})
				}
			}
		})
	}
}

// BenchmarkPath chooses among more and more rules, and for longer and longer
// paths.
func BenchmarkPath(b *testing.B) {
	ask := func(rules, below int) concors.Request {
		r := from([]string{fmt.Sprintf(exactFormat, rules-1)})
		r.Path = fmt.Sprintf(keyFormat, rules-1) + strings.Repeat("orders/", below)
		return r
	}
	for _, n := range []int{1, 100, 10_000} {
		policy := mustPolicy(b, paths(n))
		b.Run(fmt.Sprint("input=rules/size=", n), func(b *testing.B) { run(b, deciding(policy, ask(n, 1))) })
	}
	policy := mustPolicy(b, paths(10_000))
	for _, segments := range []int{1, 10, 100, 1000, 10_000} {
		b.Run(fmt.Sprint("input=segments/size=", segments), func(b *testing.B) { run(b, deciding(policy, ask(10_000, segments))) })
	}
}

// BenchmarkBuild validates and compiles larger and larger policies.
func BenchmarkBuild(b *testing.B) {
	for _, kind := range kinds {
		b.Run("input="+kind.id, func(b *testing.B) {
			for _, n := range []int{1, 100, 10_000, 1_000_000} {
				config := origins(kind.format, n)
				b.Run(fmt.Sprint("size=", n), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						mustPolicy(b, config)
					}
				})
			}
		})
	}
	for _, n := range []int{1, 100, 10_000} {
		config := paths(n)
		b.Run(fmt.Sprint("input=paths/size=", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustPolicy(b, config)
			}
		})
	}
}

func run(b *testing.B, p piece) {
	b.ReportAllocs()
	p.work(1)
	b.ResetTimer()
	p.work(b.N)
}

func mustPolicy(t testing.TB, config concors.Config) *concors.Policy {
	t.Helper()
	policy, err := concors.NewPolicy(config)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}
