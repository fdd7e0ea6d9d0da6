package demo

import (
	"encoding/json"
	"net/http"

	concors "github.com/concors/concors/core"
)

// explanation is what the policy said of a request when it came.
type explanation struct {
	Preflight bool   `json:"preflight"` // the middleware answers it
	Allowed   bool   `json:"allowed"`
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
	Steps     []step `json:"steps"`
	Text      string `json:"text"` // all of it, to be pasted
}

type step struct {
	Check   string `json:"check"`
	Outcome string `json:"outcome"`
	Asked   string `json:"asked"`
	Field   string `json:"field"`
	Value   string `json:"value"`
	Note    string `json:"note"`
}

// explain has the policy explain r. The decision itself is made by the router's
// middleware a moment later.
func explain(policy *concors.Policy, r *http.Request) json.RawMessage {
	e := policy.Explain(r.Context(), concors.NewRequest(r))
	out := explanation{
		Preflight: e.Decision.Preflight(), Allowed: e.Decision.Allowed(),
		Reason: string(e.Decision.Reason()), Detail: e.Decision.Detail(),
		Text: e.String(),
	}
	for _, s := range e.Steps {
		out.Steps = append(out.Steps, step{string(s.Check), string(s.Outcome), s.Asked, s.Field, s.Value, s.Note})
	}
	data, err := json.Marshal(out)
	if err != nil {
		panic(err) // plain data
	}
	return data
}
