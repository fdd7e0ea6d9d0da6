package reload

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
)

const refused = "policy file refused, the old policy stays in force"

// TestFaults shows that a faulty file changes nothing, that the log has every
// fault of it, and that the next good file ends it.
func TestFaults(t *testing.T) {
	for _, file := range []struct {
		name, text string
		faults     []string
	}{
		{"empty", "", []string{"concors: line 1, column 1: not JSON: "}},
		{"half-written", `{"allowOrigins": ["https://tw`, []string{"concors: line 1, column "}},
		{"no policy", `{"allowOrigins": ["https://a.example.com/", "HTTPS://b.example.com"], "maxAge": 100000}`, []string{
			"concors: allowOrigins[0]: ", "concors: allowOrigins[1]: ", "concors: maxAge: ",
		}},
		{"unknown keys", `{"origins": [], "allowOrigins": ["https://a.example.com"], "maxage": 1}`, []string{
			"concors: line 1, column 2: ", "concors: line 1, column 60: ",
		}},
	} {
		t.Run(file.name, func(t *testing.T) {
			path := newFile(t, policyOf(one))
			s := watched(t, path)
			before := s.Status().Fingerprint
			replace(t, path, file.text)
			r := s.wait(refused)
			got, _ := attr(r, "faults").([]string)
			same := slices.EqualFunc(got, file.faults, func(got, want string) bool {
				return len(got) >= len(want) && got[:len(want)] == want
			})
			if !same {
				t.Errorf("logged the faults %q, want such that begin with %q", got, file.faults)
			}
			s.allows(one)
			if st := s.Status(); st.Fingerprint != before || !slices.Equal(st.Faults, got) {
				t.Errorf("the status is %+v, want the old fingerprint and the faults", st)
			}
			replace(t, path, policyOf(two))
			s.wait("policy in force")
			s.allows(two)
			if st := s.Status(); st.Faults != nil || st.Fingerprint == before {
				t.Errorf("the status is %+v, want the new fingerprint and no faults", st)
			}
		})
	}
}

// TestHalfWritten shows a file that is written in two parts with a reading in
// between: the rest is one more event, and all is well.
func TestHalfWritten(t *testing.T) {
	path := newFile(t, policyOf(one))
	s := watched(t, path)
	whole := policyOf(two)
	file, err := os.Create(path)
	must(t, err)
	_, err = file.WriteString(whole[:20])
	must(t, err)
	s.wait(refused) // as an empty file, or as a half
	s.allows(one)
	_, err = file.WriteString(whole[20:])
	must(t, err, file.Close())
	s.until(two)
	s.allows(two)
}

// TestMissing shows that a file that is gone changes nothing, is told once, and
// counts as new when it comes back as it was.
func TestMissing(t *testing.T) {
	path := newFile(t, policyOf(one))
	s := watched(t, path)
	must(t, os.Remove(path))
	s.wait(refused)
	s.allows(one)
	for range 3 {
		if st := s.Check(); len(st.Faults) != 1 {
			t.Errorf("the status is %+v, want one fault", st)
		}
	}
	replace(t, path, policyOf(one))
	s.wait("policy in force") // and not the fault again
	if st := s.Status(); st.Faults != nil {
		t.Errorf("the status is %+v, want no faults", st)
	}
}

// TestOpenRefuses shows that a service does not start without a policy.
func TestOpenRefuses(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	if _, err := Open(t.TempDir()+"/none.json", concors.ParseConfig, log); err == nil {
		t.Error("a missing file: no error")
	}
	for _, text := range []string{"{", `{"allowOrigins": []}`, `{"allowOrigins": ["null"]}`} {
		if f, err := Open(newFile(t, text), concors.ParseConfig, log); err == nil {
			t.Errorf("%s: opened with %+v, want an error", text, f.Policy().Config())
		}
	}
}

// TestReport reads what a fleet's checker would.
func TestReport(t *testing.T) {
	path := newFile(t, policyOf(one))
	f, err := Open(path, concors.ParseConfig, slog.New(slog.DiscardHandler))
	must(t, err)
	write(t, path, `{"allowOrigins": ["*", "https://a.example.com/"]}`)
	f.Check()
	w := httptest.NewRecorder()
	f.ServeHTTP(w, httptest.NewRequest("GET", "/policy", nil))
	var got struct {
		Fingerprint string
		Faults      []string
	}
	must(t, json.Unmarshal(w.Body.Bytes(), &got))
	if got.Fingerprint != fingerprintOf(t, one) || len(got.Faults) != 2 {
		t.Errorf("%s, want the fingerprint of the policy in force and two faults", w.Body)
	}
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control: %q, want no-store", w.Header()["Cache-Control"])
	}
}
