package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/concors/concors/tools/internal/repo"
)

// make asks make itself whether it knows the targets.
func (s *shellBlock) make(cmd command) error {
	var err error
	for _, folder := range s.folders {
		if !s.tree.files[joined(folder, "Makefile")] {
			continue
		}
		dry := repo.Make(s.ctx, filepath.Join(s.tree.root, folder), append([]string{"-n"}, cmd.words[1:]...)...)
		out, failed := dry.CombinedOutput()
		if failed == nil {
			return nil
		}
		err = fmt.Errorf("%s", strings.TrimSpace(string(out)))
	}
	if err == nil {
		err = fmt.Errorf("there is no Makefile")
	}
	return err
}
