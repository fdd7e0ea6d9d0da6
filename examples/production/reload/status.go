package reload

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Status is what the file has come to. A fleet agrees if all its members report
// the same fingerprint and no faults.
type Status struct {
	// Fingerprint is that of the policy in force, and Since when it is so.
	Fingerprint string    `json:"fingerprint"`
	Since       time.Time `json:"since"`
	// Faults are those of the file as it is now. While there are any, the
	// policy in force is an older one.
	Faults []string `json:"faults,omitempty"`
}

// Status returns what the file came to when it was last read.
func (f *File) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

// ServeHTTP answers with the status as JSON. It is for the admin port: faults
// quote the file.
func (f *File) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(f.Status()); err != nil {
		f.log.Warn("reporting the policy", "error", err)
	}
}

func (f *File) inForce() {
	f.status = Status{Fingerprint: f.policy.Fingerprint(), Since: time.Now().UTC()}
	f.log.Info("policy in force", "file", f.path, "fingerprint", f.status.Fingerprint)
}

// refused logs a fault once, not at every look at a file that stays away.
func (f *File) refused(err error) {
	all := faults(err)
	if slices.Equal(all, f.status.Faults) {
		return
	}
	f.status.Faults = all
	f.log.Error("policy file refused, the old policy stays in force",
		"file", f.path, "faults", all, "fingerprint", f.status.Fingerprint)
}

// faults returns each fault of an error that holds several.
func faults(err error) []string {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{err.Error()}
	}
	var all []string
	for _, each := range several.Unwrap() {
		all = append(all, faults(each)...)
	}
	return all
}
