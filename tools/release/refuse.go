package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/concors/concors/tools/internal/repo"
)

// checkVersion refuses a version that the go command would not take as the next.
func checkVersion(version string, tagged []string) error {
	if !semver.IsValid(version) || semver.Canonical(version) != version {
		return fmt.Errorf("%q is not a version such as v0.2.0 or v0.2.0-rc.1", version)
	}
	if major := semver.Major(version); major != "v0" && major != "v1" {
		return fmt.Errorf("%s: from v2 on the paths of all modules and of their imports end in /%s, which this command does not write", version, major)
	}
	if slices.Contains(tagged, version) {
		return fmt.Errorf("%s is tagged already; a version that was pushed once is never used again", version)
	}
	if len(tagged) > 0 && semver.Compare(version, tagged[len(tagged)-1]) < 0 {
		return fmt.Errorf("%s is not higher than %s, which is tagged", version, tagged[len(tagged)-1])
	}
	return nil
}

// checkTree refuses a tree that is not what a reader of the branch sees.
func (r *release) checkTree(ctx context.Context) error {
	branch, err := repo.Git(ctx, r.root, "rev-parse", "--abbrev-ref", "HEAD")
	if err != nil {
		return err
	}
	var faults error
	if branch = strings.TrimSpace(branch); branch != "main" {
		faults = fmt.Errorf("releases are made on main, this is %s", branch)
	}
	status, err := repo.Git(ctx, r.root, "status", "--porcelain")
	if err != nil {
		return err
	}
	if status != "" {
		faults = errors.Join(faults, fmt.Errorf("the work tree has changes that are not committed:\n%s", status))
	}
	return errors.Join(faults, r.checkTags(ctx))
}

// checkTags refuses a version of which a module has the tag though core has none.
func (r *release) checkTags(ctx context.Context) error {
	modules, err := repo.Released(r.root)
	if err != nil {
		return err
	}
	var faults error
	for _, module := range modules {
		tag, err := repo.Git(ctx, r.root, "tag", "--list", module.Folder+"/"+r.version)
		if err != nil {
			return err
		}
		if tag != "" && module.Folder != repo.Core {
			faults = errors.Join(faults, fmt.Errorf("the tag %s exists", strings.TrimSpace(tag)))
		}
	}
	return faults
}
