package repo

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Copy copies the files of a work tree as they are, changes that are not
// committed and new files included, and leaves out what git ignores.
func Copy(ctx context.Context, from, to string) error {
	names, err := Git(ctx, from, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(names, "\x00"), "\x00") {
		err := copyFile(filepath.Join(from, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // deleted, and not committed yet
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	info, err := os.Lstat(from)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return write(to, data, info.Mode().Perm())
}

func write(name string, data []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, mode)
}

// Export writes the tree of a commit or tag into a folder.
func Export(ctx context.Context, root, revision, to string) error {
	archive, err := Git(ctx, root, "archive", "--format=tar", revision)
	if err != nil {
		return err
	}
	for files := tar.NewReader(strings.NewReader(archive)); ; {
		header, err := files.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("git archive: %w", err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(files)
		if err != nil {
			return fmt.Errorf("git archive: %w", err)
		}
		if err := write(filepath.Join(to, filepath.FromSlash(header.Name)), data, header.FileInfo().Mode().Perm()); err != nil {
			return err
		}
	}
}
