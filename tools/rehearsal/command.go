package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// A machine is where modules of others come from.
type machine struct {
	cache string // its module cache, which is only read
	proxy string // whom it asks for what the cache lacks
}

func goEnv(ctx context.Context, root string) (machine, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOMODCACHE", "GOPROXY")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return machine{}, fmt.Errorf("go env: %w", err)
	}
	var env struct{ GOMODCACHE, GOPROXY string }
	err = json.Unmarshal(out, &env)
	return machine{cache: env.GOMODCACHE, proxy: env.GOPROXY}, err
}

// environment is that of a person who has never built anything: the settings of
// this machine must not help. Only the build cache is shared, which -trimpath
// makes possible though the module cache is new.
func environment(work, ours, usual string) []string {
	return append(os.Environ(),
		"GOENV=off", "GOWORK=off", "GO111MODULE=", "GOTOOLCHAIN=local",
		"GOFLAGS=-modcacherw -trimpath -buildvcs=false",
		"GOMODCACHE="+filepath.Join(work, "modcache"), "GOTMPDIR="+work, "GOBIN="+filepath.Join(work, "bin"),
		"GOPROXY="+ours+","+usual,
		// Set, GOPRIVATE would go round the proxy.
		"GOPRIVATE=", "GONOPROXY=none", "GOINSECURE=",
		// Nobody has published our modules. Those of others are compared with the
		// go.sum of the adapter instead.
		"GOSUMDB=off",
	)
}

// command is one that ends with its children when ctx does.
func (r *rehearsal) command(ctx context.Context, folder, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = folder
	cmd.Env = r.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// run runs a go command in a folder and returns what it prints.
func (r *rehearsal) run(ctx context.Context, folder string, args ...string) (string, error) {
	cmd := r.command(ctx, folder, "go", args...)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w\n%s%s", strings.Join(args, " "), err, &out, &problem)
	}
	return out.String(), nil
}
