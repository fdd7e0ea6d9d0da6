package demo

import (
	_ "embed"
	"fmt"
	"os"

	concors "github.com/concors/concors/core"
)

//go:embed policy.json
var builtIn []byte

// source is where the policy comes from: a file, or the built-in one, which
// allows the page.
type source struct {
	file, page string
}

// load returns the policy as it reads now. Faults of the policy come as
// [concors.ConfigErrors], one a line.
func (s source) load() (concors.Config, error) {
	if s.file != "" {
		data, err := os.ReadFile(s.file)
		if err != nil {
			return concors.Config{}, fmt.Errorf("-policy: %w", err)
		}
		return concors.ParseConfig(data)
	}
	cfg, err := concors.ParseConfig(builtIn)
	if err != nil {
		return concors.Config{}, err
	}
	cfg.AllowOrigins[0] = s.page // the built-in policy names port 3000; -page may choose another
	return cfg, nil
}

// reloads reloads the policy at each signal, one reload at a time. It has a
// goroutine of its own, because a file may block its reader (a pipe, a network
// drive), and the signal to stop must be heard then too.
func (p *program) reloads(signals <-chan os.Signal) {
	for range signals {
		p.reload()
	}
}

// reload puts the file's policy in force, over what the page made of it. A file with a fault changes nothing.
// Either way one line is logged, after the faults.
func (p *program) reload() {
	if p.source.file == "" {
		p.log.Warn("no policy file to reload, start with -policy FILE")
		return
	}
	cfg, err := p.source.load()
	if err == nil {
		err = p.live.restart(cfg)
	}
	if err != nil {
		fmt.Fprintln(p.stderr, err)
		p.log.Error("policy refused, the old one stays", "file", p.source.file)
		return
	}
	p.log.Info("policy reloaded", "file", p.source.file)
}
