package explain

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	concors "github.com/concors/concors/core"
)

const maxMessage = 64 << 10

// Message explains a request that somebody put into a ticket: its head as it
// goes over the wire in HTTP/1.1, as the developer tools of browsers copy it.
// Lines may end as they like.
func Message(ctx context.Context, policy *concors.Policy, head io.Reader) (concors.Explanation, error) {
	text, err := io.ReadAll(io.LimitReader(head, maxMessage+1))
	switch {
	case err != nil:
		return concors.Explanation{}, err
	case len(text) > maxMessage:
		return concors.Explanation{}, fmt.Errorf("the request exceeds %d bytes", maxMessage)
	}
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(string(text) + "\r\n\r\n")))
	if err != nil {
		return concors.Explanation{}, fmt.Errorf("not a request such as \"GET /path HTTP/1.1\" with its fields: %w", err)
	}
	return policy.Explain(ctx, concors.NewRequest(r)), nil
}
