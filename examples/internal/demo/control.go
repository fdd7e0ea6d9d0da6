package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo/wire"
)

// maxPolicy bounds a policy that goes to the page or comes from it, in bytes.
const maxPolicy = 64 << 10

// policyState is what the page is told of the policy in force.
type policyState struct {
	Policy      json.RawMessage `json:"policy"` // null if it exceeds maxPolicy
	Fingerprint string          `json:"fingerprint"`
	Start       bool            `json:"start"` // it is the start policy
	File        string          `json:"file"`  // of the start policy, as given; empty if that is built in
}

// control answers what the page asks about the policy and about what came over
// the wire.
type control struct {
	live     *live
	file     string
	recorder *wire.Recorder
	log      *slog.Logger
}

func (c *control) register(mux *http.ServeMux, page net.Listener) {
	for pattern, handler := range map[string]http.HandlerFunc{
		"GET /policy":    c.show,
		"PUT /policy":    c.edit,
		"DELETE /policy": c.reset,
		"GET /exchanges": c.exchanges,
	} {
		mux.Handle(pattern, guarded(page, handler))
	}
}

func (c *control) show(w http.ResponseWriter, _ *http.Request) {
	c.tell(w, c.live.now())
}

// tell answers with a policy that is, or just was, in force.
func (c *control) tell(w http.ResponseWriter, now inForce) {
	state := policyState{Fingerprint: now.fingerprint, Start: now.start, File: c.file}
	policy, err := json.Marshal(now.config)
	if err != nil {
		panic(err) // plain data
	}
	if len(policy) <= maxPolicy {
		state.Policy = policy
	}
	writeJSON(w, http.StatusOK, state)
}

// edit puts the policy in the body in force, or changes nothing and answers
// with its faults.
func (c *control) edit(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPolicy))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Errorf("a policy from the page may have %d bytes at most", large.Limit))
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	cfg, err := concors.ParseConfig(data)
	var now inForce
	if err == nil {
		now, err = c.live.edit(cfg)
	}
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err)
		return
	}
	c.log.Info("policy edited on the page")
	c.tell(w, now)
}

func (c *control) reset(w http.ResponseWriter, _ *http.Request) {
	now, err := c.live.reset()
	if err != nil {
		refuse(w, http.StatusInternalServerError, err)
		return
	}
	c.log.Info("start policy restored on the page")
	c.tell(w, now)
}

func (c *control) exchanges(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	if !wire.IsID(id) {
		http.Error(w, "id must name a request of the page", http.StatusBadRequest)
		return
	}
	writeJSON(w, http.StatusOK, c.recorder.Exchanges(id))
}

// refuse answers with the faults in err, each as core says it.
func refuse(w http.ResponseWriter, status int, err error) {
	faults := []string{}
	if all := (concors.ConfigErrors)(nil); errors.As(err, &all) {
		for _, fault := range all {
			faults = append(faults, fault.Error())
		}
	} else {
		faults = append(faults, err.Error())
	}
	writeJSON(w, status, map[string][]string{"faults": faults})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}
