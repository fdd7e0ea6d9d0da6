package cost

import (
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// Raw figures for benchstat:
//
//	go test -run '^$' -bench Answer -count 10 ./compare/cost > figures
//	benchstat -col /variant figures
func BenchmarkAnswer(b *testing.B) {
	for _, w := range workloads() {
		b.Run("workload="+w.id, func(b *testing.B) {
			policy, err := concors.NewPolicy(w.policy())
			if err != nil {
				b.Fatal(err)
			}
			for _, l := range lanes() {
				b.Run("router="+plainName(l.router), func(b *testing.B) {
					r, err := newRow(l, w, policy)
					if err != nil {
						b.Fatal(err)
					}
					benchmark(b, r)
				})
			}
		})
	}
}

// BenchmarkFeature has the price of what a program may ask for.
func BenchmarkFeature(b *testing.B) {
	for _, f := range features() {
		b.Run("feature="+f.id, func(b *testing.B) {
			for _, l := range featureLanes() {
				b.Run("router="+plainName(l.router), func(b *testing.B) {
					r, err := featureRow(l, f)
					if err != nil {
						b.Fatal(err)
					}
					benchmark(b, r)
				})
			}
		})
	}
}

func benchmark(b *testing.B, r *row) {
	for _, v := range r.variants {
		if v.name == control {
			continue // it repeats another
		}
		b.Run("variant="+plainName(v.name), func(b *testing.B) {
			b.ReportAllocs()
			v.driver.run(1)
			b.ResetTimer()
			v.driver.run(b.N)
		})
	}
}

// plainName has no slash, which would begin another part of a benchmark's name.
func plainName(s string) string { return strings.ReplaceAll(s, "/", "-") }
