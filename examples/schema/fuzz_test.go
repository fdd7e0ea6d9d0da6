package schema_test

import (
	"math/rand/v2"
	"testing"
)

// FuzzSchema holds the two judges together on files that are made from bytes,
// so that a fuzzer can steer them.
func FuzzSchema(f *testing.F) {
	f.Add([]byte{})
	random := rand.New(rand.NewPCG(6, 3))
	for range 64 {
		f.Add(randomBytes(random))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := source{data}
		compare(t, s.policy(true))
	})
}

// FuzzText does the same on any text.
func FuzzText(f *testing.F) {
	for _, file := range files {
		f.Add(file.text)
	}
	f.Fuzz(func(t *testing.T, text string) { compare(t, text) })
}

// TestManyFiles is FuzzSchema without a fuzzer. It also holds that the made
// files are of every kind, without which it would prove little.
func TestManyFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(2020, 12))
	const n = 4000
	taken := 0
	for range n {
		s := source{randomBytes(random)}
		text := s.policy(true)
		compare(t, text)
		if validate(t, text) == nil {
			taken++
		}
	}
	if taken < n/10 || taken > n*9/10 {
		t.Errorf("the schema takes %d of %d files", taken, n)
	}
}

func randomBytes(random *rand.Rand) []byte {
	data := make([]byte, 200)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}
