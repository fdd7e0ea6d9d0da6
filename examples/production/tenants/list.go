package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	concors "github.com/concors/concors/core"
)

// List is a policy whose origins are those of the active tenants, compiled as a
// whole. A request asks no database; an outage leaves the last good list in
// force. It is safe for concurrent use.
type List struct {
	store  *Store
	base   concors.Config
	policy *concors.Policy

	mu   sync.Mutex
	seen int64 // the revision that was last read, taken or refused

	refused error // why seen is not in force, if it is not
	fault   atomic.Pointer[error]
}

// NewList reads the list and builds the policy: base, with the tenants' origins
// for its AllowOrigins. A faulty row is an error, as it is to [List.Sync].
func NewList(ctx context.Context, s *Store, base concors.Config) (*List, error) {
	// A policy may be empty, as the list is when the last tenant has gone, only
	// beside an origin function; this one adds nobody.
	nobody := concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { return false })
	base.AllowOrigins = nil
	policy, err := concors.NewPolicy(base, nobody)
	if err != nil {
		return nil, err
	}
	l := &List{store: s, base: base, policy: policy}
	if _, err := l.Sync(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Policy returns the policy, always the same one.
func (l *List) Policy() *concors.Policy { return l.policy }

// Sync reads the list if its revision is another than the last time, reloads the
// policy and reports whether it did. An error leaves the policy as it is: the
// database's, or that of a faulty list, which names the rows at fault and comes
// once for a revision.
func (l *List) Sync(ctx context.Context) (reloaded bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	reloaded, err = l.sync(ctx)
	fault := err
	if fault == nil {
		fault = l.refused
	}
	l.fault.Store(&fault)
	return reloaded, err
}

// Err returns why the list in force may not be the store's: what the last Sync
// failed with, or why the revision that it found unchanged was refused. It is nil
// when all is well, and waits for no Sync.
func (l *List) Err() error { return *l.fault.Load() }

func (l *List) sync(ctx context.Context) (reloaded bool, err error) {
	// One transaction: the origins are those of the revision.
	tx, err := l.store.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var revision int64
	if err := tx.QueryRowContext(ctx, `SELECT number FROM revision`).Scan(&revision); err != nil {
		return false, err
	}
	if revision == l.seen {
		return false, nil
	}
	origins, err := readOrigins(ctx, tx)
	if err != nil {
		return false, err
	}
	// A faulty list stays faulty: it is not compiled again until it changes.
	l.seen, l.refused = revision, nil
	if err := l.reload(origins); err != nil {
		l.refused = fmt.Errorf("tenants: revision %d is refused, the old list stays: %w", revision, blame(ctx, tx, err))
	}
	return l.refused == nil, l.refused
}

func (l *List) reload(origins []string) error {
	var faults []error
	for _, o := range origins {
		if pattern(o) {
			faults = append(faults, &concors.ConfigError{
				Field: "allowOrigins", Value: o, Problem: concors.ProblemOriginWildcard, Hint: "a tenant has exact origins",
			})
		}
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	cfg := l.base
	cfg.AllowOrigins = origins
	return l.policy.Reload(cfg)
}

func readOrigins(ctx context.Context, tx *sql.Tx) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT origin FROM origins JOIN tenants ON name = tenant WHERE active`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var origins []string
	for rows.Next() {
		var o string
		if err := rows.Scan(&o); err != nil {
			return nil, err
		}
		origins = append(origins, o)
	}
	// Without this check a query that broke off would pass for a short list.
	return origins, rows.Err()
}

// blameMost is how many rows an error names: a list of a million may be faulty
// throughout.
const blameMost = 10

// blame adds to each fault whose row it is.
func blame(ctx context.Context, tx *sql.Tx, err error) error {
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	faults := list.Unwrap()
	var named []error
	for _, fault := range faults[:min(len(faults), blameMost)] {
		var e *concors.ConfigError
		var tenant string
		if errors.As(fault, &e) && strings.HasPrefix(e.Field, "allowOrigins") &&
			tx.QueryRowContext(ctx, `SELECT tenant FROM origins WHERE origin = ?`, e.Value).Scan(&tenant) == nil {
			fault = fmt.Errorf("tenant %q: %w", tenant, fault)
		}
		named = append(named, fault)
	}
	if more := len(faults) - len(named); more > 0 {
		named = append(named, fmt.Errorf("and %d more", more))
	}
	return errors.Join(named...)
}

// Watch calls Sync at once and every so often until ctx is done, and report with
// what fails; a faulty list is reported once, and [List.Err] tells it for as long
// as it lasts. A change is in force after every, and the time that Sync takes. A
// Sync that takes a minute, or longer than every, is given up, and the next begins.
func (l *List) Watch(ctx context.Context, every time.Duration, report func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for ctx.Err() == nil {
		once, cancel := context.WithTimeout(ctx, max(every, time.Minute))
		_, err := l.Sync(once)
		cancel()
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}
