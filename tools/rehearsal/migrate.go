package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/concors/concors/tools/internal/repo"
)

// used is a program with another library, as one that somebody wants to move.
const used = `package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

func main() {
	c := cors.New(cors.Options{AllowedOrigins: []string{"https://app.example.com"}})
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", c.Handler(http.NewServeMux())))
}
`

// migrate runs the command by its version alone, in a program that requires
// nothing of ours. The go command refuses that if its go.mod replaces anything.
func (r *rehearsal) migrate(ctx context.Context, m repo.Module) error {
	folder := filepath.Join(r.work, m.Folder)
	if err := r.get(ctx, folder, "github.com/rs/cors@v1.11.1", used); err != nil {
		return err
	}
	if _, err := r.run(ctx, folder, "mod", "tidy"); err != nil {
		return err
	}
	out, err := r.run(ctx, folder, "run", m.Path+"@"+r.version, "./...")
	if err != nil {
		return err
	}
	if !strings.Contains(out, "concors.Config") || !strings.Contains(out, "https://app.example.com") {
		return fmt.Errorf("go run %s@%s prints no Config for the program:\n%s", m.Path, r.version, out)
	}
	return nil
}
