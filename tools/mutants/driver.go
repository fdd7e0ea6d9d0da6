package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/concors/concors/tools/internal/repo"
)

// A driver tries mutants and reports them in the order of the lists.
type driver struct {
	suites    map[string][]string // by folder, the modules whose suite is played
	explained map[string]bool     // names of mutants that no case can find
	workers   int
	timeout   time.Duration
	out       io.Writer
}

var errInterrupted = errors.New("interrupted")

// A trial is one mutant, and what came of it once done is closed.
type trial struct {
	mutant
	text string // of the file, with the mistake
	done chan struct{}

	outcome outcome
	err     error
}

// run tries mutants in a copy of the work tree at root. Its error says why the
// run is no success.
func (d *driver) run(ctx context.Context, root string, mutants []mutant) (err error) {
	folder, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	tree := filepath.Join(folder, "tree")
	if err := repo.Copy(ctx, root, tree); err != nil {
		return err
	}
	trials, err := d.prepare(tree, mutants)
	if err != nil {
		return err
	}
	var benches []*bench
	for i := range min(d.workers, len(trials)) {
		b := &bench{tree: tree, folder: filepath.Join(folder, "bench"+strconv.Itoa(i)), timeout: d.timeout}
		if err := os.Mkdir(b.folder, 0o755); err != nil {
			return err
		}
		benches = append(benches, b)
	}
	start := time.Now()
	if err := d.unchanged(ctx, benches[0], trials); err != nil {
		return err
	}
	wait := d.tryAll(ctx, benches, trials)
	defer wait() // before the folder is taken away
	return d.report(trials, start)
}

// prepare makes every mistake, so that a list with faults is refused whole
// before anything is built.
func (d *driver) prepare(tree string, mutants []mutant) ([]*trial, error) {
	var trials []*trial
	var faults []error
	for _, m := range mutants {
		folder, _, _ := strings.Cut(m.file, "/")
		if d.suites[folder] == nil {
			faults = append(faults, fmt.Errorf("%s: %q: no suite is for %s", m.at, m.name, m.file))
			continue
		}
		source, err := os.ReadFile(filepath.Join(tree, filepath.FromSlash(m.file)))
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %q: %w", m.at, m.name, err))
			continue
		}
		text, err := m.apply(string(source))
		faults = append(faults, err)
		trials = append(trials, &trial{mutant: m, text: text, done: make(chan struct{})})
	}
	return trials, errors.Join(faults...)
}

// modules are those whose suites are played for a mutant.
func (d *driver) modules(t *trial) []string {
	folder, _, _ := strings.Cut(t.file, "/")
	return d.suites[folder]
}

// unchanged sees to it that without a mistake all suites pass.
func (d *driver) unchanged(ctx context.Context, b *bench, trials []*trial) error {
	var played []string
	for _, t := range trials {
		for _, module := range d.modules(t) {
			if slices.Contains(played, module) {
				continue
			}
			played = append(played, module)
			o, err := b.play(ctx, module)
			switch {
			case ctx.Err() != nil:
				return errInterrupted
			case err != nil:
				return fmt.Errorf("without any mutant: %w", err)
			case o.killed():
				return fmt.Errorf("without any mutant, %s", describe(o))
			}
			fmt.Fprintf(d.out, "%s: all %d cases pass without any mutant\n", module, o.passed)
		}
	}
	return nil
}

// tryAll has each bench try mutants until none is left or ctx is done, and
// returns a function that waits for them.
func (d *driver) tryAll(ctx context.Context, benches []*bench, trials []*trial) (wait func()) {
	queue := make(chan *trial, len(trials))
	for _, t := range trials {
		queue <- t
	}
	close(queue)
	var group sync.WaitGroup
	for _, b := range benches {
		group.Go(func() {
			for t := range queue {
				t.outcome, t.err = d.try(ctx, b, t)
				close(t.done)
			}
		})
	}
	return group.Wait
}

// try plays suites against a mutant until one kills it.
func (d *driver) try(ctx context.Context, b *bench, t *trial) (outcome, error) {
	flag, err := b.overlay(t.file, t.text)
	if err != nil {
		return outcome{}, err
	}
	for _, module := range d.modules(t) {
		if err := ctx.Err(); err != nil {
			return outcome{}, err
		}
		o, err := b.play(ctx, module, flag)
		if err != nil || o.killed() {
			return o, err
		}
	}
	return outcome{}, nil
}

func describe(o outcome) string {
	how := "fails"
	if o.timedOut {
		how = "does not end"
	}
	return fmt.Sprintf("%s %s on %s", o.by, how, o.module)
}

// report prints what came of each mutant, and a summary.
func (d *driver) report(trials []*trial, start time.Time) error {
	killed := 0
	var faults []error
	fault := func(t *trial, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %q "+format, append([]any{t.at, t.name}, args...)...))
	}
	for _, t := range trials {
		<-t.done
		verdict := "SURVIVED"
		switch explained := d.explained[t.name]; {
		case errors.Is(t.err, context.Canceled):
			return errInterrupted
		case t.err != nil:
			verdict = "ERROR"
			fault(t, "is no mutant: %w", t.err)
		case t.outcome.killed():
			killed++
			verdict = "killed: " + describe(t.outcome)
			if explained {
				fault(t, "is killed, but survivors.txt explains why it cannot be")
			}
		case explained:
			verdict = "survived, as explained"
		default:
			fault(t, "survived")
		}
		fmt.Fprintf(d.out, "%s\n\t%s\n", t.name, verdict)
	}
	fmt.Fprintf(d.out, "mutants: %d killed of %d in %v\n", killed, len(trials), time.Since(start).Round(time.Second))
	return errors.Join(faults...)
}
