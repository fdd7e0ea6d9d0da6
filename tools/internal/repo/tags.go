package repo

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// Versions returns the versions that were tagged, in rising order.
func Versions(ctx context.Context, root string) ([]string, error) {
	out, err := Git(ctx, root, "tag", "--list", Core+"/v*")
	if err != nil {
		return nil, err
	}
	var versions []string
	for tag := range strings.FieldsSeq(out) {
		if version := strings.TrimPrefix(tag, Core+"/"); semver.IsValid(version) {
			versions = append(versions, version)
		}
	}
	slices.SortFunc(versions, semver.Compare)
	return versions, nil
}

// LastRelease returns the highest version that was tagged and is no
// pre-release, which promises nothing to anybody; "" before the first.
func LastRelease(versions []string) string {
	for _, version := range slices.Backward(versions) {
		if semver.Prerelease(version) == "" {
			return version
		}
	}
	return ""
}
