package reload

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	concors "github.com/concors/concors/core"
)

// fingerprint is the same for policies of the same Config.
//
// TODO: call p.Fingerprint() instead, and remove this file.
func fingerprint(p *concors.Policy) string {
	data, err := json.Marshal(p.Config())
	if err != nil {
		panic(err) // a Config is plain data
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}
