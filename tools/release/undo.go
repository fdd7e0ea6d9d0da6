package main

import (
	"context"
	"errors"

	"github.com/concors/concors/tools/internal/repo"
)

// An undo takes back what a release has done so far, and nothing else: what
// somebody wrote into other files meanwhile stays.
type undo struct {
	root      string
	head      string
	files     []edit
	committed bool // or began to
	tags      []string
}

func (u *undo) do() error {
	// The release may have ended because its context did.
	ctx := context.Background()
	var faults error
	for _, tag := range u.tags {
		_, err := repo.Git(ctx, u.root, "tag", "-d", tag)
		faults = errors.Join(faults, err)
	}
	if u.committed {
		_, err := repo.Git(ctx, u.root, "reset", "--quiet", "--soft", u.head)
		faults = errors.Join(faults, err)
	}
	if len(u.files) > 0 {
		args := []string{"checkout", "--quiet", u.head, "--"}
		for _, file := range u.files {
			args = append(args, file.name)
		}
		_, err := repo.Git(ctx, u.root, args...)
		faults = errors.Join(faults, err)
	}
	return faults
}
