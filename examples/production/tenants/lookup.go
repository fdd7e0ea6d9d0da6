package tenants

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	concors "github.com/concors/concors/core"
)

// Options bound a [Lookup]. A field that is not above zero takes its default.
type Options struct {
	// Size is the most answers that are kept: 100,000 by default, some 15 MB.
	Size int
	// Timeout ends a query, by default after 250 ms; the answer then is no.
	Timeout time.Duration
	// Allowed, Refused and Failed are how long an answer is kept: a yes, by
	// default 10 s, a no, 5 s, and the lack of an answer, 1 s, which keeps a
	// database that struggles from being asked by every request.
	//
	// A tenant that is revoked is refused after Allowed and Timeout, one that
	// is added allowed after Refused and Timeout: a query may have begun before
	// the change.
	Allowed, Refused, Failed time.Duration
	// Log is told of queries that fail, at most one line in ten seconds; nil is
	// slog.Default().
	Log *slog.Logger

	clock otter.Clock // of the tests
}

// Lookup decides about origins by a query, of which it keeps the answers for a
// short time. It is safe for concurrent use. Nothing but a yes of the database
// that is no older than Options say ever allows an origin.
type Lookup struct {
	query   func(ctx context.Context, origin string) (bool, error)
	timeout time.Duration
	cache   *otter.Cache[string, answer]
	loader  otter.Loader[string, answer]

	log    *slog.Logger
	limit  *rate.Limiter
	failed atomic.Int64 // queries since the last line
}

type answer uint8

const (
	unknown answer = iota // the database did not say
	refused
	allowed
)

// NewLookup asks query, such as [Store.Active], which must heed its context.
func NewLookup(query func(ctx context.Context, origin string) (bool, error), o Options) (*Lookup, error) {
	o = o.filled()
	lives := [...]time.Duration{unknown: o.Failed, refused: o.Refused, allowed: o.Allowed}
	cache, err := otter.New(&otter.Options[string, answer]{
		MaximumSize: o.Size,
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, answer]) time.Duration {
			return lives[e.Value]
		}),
		Clock: o.clock,
	})
	if err != nil {
		return nil, err
	}
	l := &Lookup{
		query: query, timeout: o.Timeout, cache: cache,
		log: o.Log, limit: rate.NewLimiter(rate.Every(10*time.Second), 1),
	}
	l.loader = otter.LoaderFunc[string, answer](l.load)
	return l, nil
}

// Allow is an origin function for [concors.WithOriginFunc].
//
// Requests that ask for one origin at the same time share one query. One whose
// client leaves stops waiting; the query goes on for the others.
func (l *Lookup) Allow(ctx context.Context, o concors.Origin, _ concors.Request) bool {
	// The text is a new string: kept, it keeps nothing of the request alive,
	// which a part of an Origin field padded with blanks would.
	a, err := l.cache.Get(ctx, o.String(), l.loader)
	return err == nil && a == allowed
}

// load asks the database on behalf of all who wait. The context of the one whose
// request came first must not end it, so it gets a deadline of its own. A failure
// is an answer, too: as an error it would not be kept.
func (l *Lookup) load(ctx context.Context, origin string) (answer, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.timeout)
	defer cancel()
	found, err := l.query(ctx, origin)
	if err == nil {
		err = ctx.Err() // a yes that comes late is none
	}
	switch {
	case err != nil:
		l.complain(ctx, err)
		return unknown, nil
	case found:
		return allowed, nil
	}
	return refused, nil
}

func (l *Lookup) complain(ctx context.Context, err error) {
	l.failed.Add(1)
	if l.limit.Allow() {
		l.log.ErrorContext(ctx, "origins cannot be looked up and are refused", "error", err, "queries", l.failed.Swap(0))
	}
}

func (o Options) filled() Options {
	if o.Size <= 0 {
		o.Size = 100_000
	}
	for _, d := range []struct {
		life  *time.Duration
		usual time.Duration
	}{
		{&o.Timeout, 250 * time.Millisecond},
		{&o.Allowed, 10 * time.Second},
		{&o.Refused, 5 * time.Second},
		{&o.Failed, time.Second},
	} {
		if *d.life <= 0 {
			*d.life = d.usual
		}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}
