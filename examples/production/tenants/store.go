package tenants

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	concors "github.com/concors/concors/core"
)

// The triggers count every change that matters to the list, whoever makes it,
// so that a reader sees by one number whether it has to read the list again.
const schema = `
CREATE TABLE IF NOT EXISTS tenants (
	name   TEXT PRIMARY KEY,
	active INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origins (
	origin TEXT PRIMARY KEY,
	tenant TEXT NOT NULL REFERENCES tenants (name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revision (number INTEGER NOT NULL);
INSERT INTO revision SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM revision);
CREATE TRIGGER IF NOT EXISTS origins_added AFTER INSERT ON origins
	BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS origins_changed AFTER UPDATE ON origins
	BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS origins_removed AFTER DELETE ON origins
	BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS tenants_added AFTER INSERT ON tenants
	BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS tenants_removed AFTER DELETE ON tenants
	BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER IF NOT EXISTS tenants_changed AFTER UPDATE ON tenants
	BEGIN UPDATE revision SET number = number + 1; END;`

// Store is a database of tenants and their origins. It is safe for concurrent
// use.
type Store struct {
	db     *sql.DB
	active *sql.Stmt
}

// connections is the most that the store opens. A query that finds none free
// waits, at most until its context is done.
const connections = 8

// Open opens the database in file, which it makes if there is none.
func Open(ctx context.Context, file string) (*Store, error) {
	db, err := sql.Open("sqlite", source(file))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	s := &Store{db: db}
	if _, err = db.ExecContext(ctx, schema); err == nil {
		s.active, err = db.PrepareContext(ctx, `SELECT EXISTS (
			SELECT 1 FROM origins JOIN tenants ON name = tenant WHERE origin = ? AND active)`)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("tenants: %s: %w", file, err)
	}
	return s, nil
}

// source names the file as a URI. With WAL readers pass a writer, with
// synchronous(NORMAL) a writer does not wait for the disk at every commit.
func source(file string) string {
	options := url.Values{"_pragma": {"busy_timeout(2000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)"}}
	return "file:" + (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath() + "?" + options.Encode()
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Active reports whether origin, as browsers send it, is one of a tenant that is
// active.
func (s *Store) Active(ctx context.Context, origin string) (bool, error) {
	var found bool
	err := s.active.QueryRowContext(ctx, origin).Scan(&found)
	return found, err
}

// Add gives the tenant an origin, and makes the tenant if there is none of that
// name. It refuses what is no exact origin, and what a policy with credentials
// refuses, as http://app.example.com: better here, where the one who wrote it
// reads the error, than when the list is compiled, whose every change one such
// row keeps back.
func (s *Store) Add(ctx context.Context, tenant, origin string) error {
	if pattern(origin) {
		return fmt.Errorf("tenants: %q is no exact origin", origin)
	}
	if _, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{origin}, AllowCredentials: true}); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `INSERT INTO tenants (name) VALUES (?) ON CONFLICT DO NOTHING`, tenant); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO origins (origin, tenant) VALUES (?, ?)`, origin, tenant); err != nil {
		return err
	}
	return tx.Commit()
}

// SetActive lets a tenant's origins in, or revokes all of them at once. A tenant
// that is not there is an error: a name misspelt revokes nobody.
func (s *Store) SetActive(ctx context.Context, tenant string, active bool) error {
	done, err := s.db.ExecContext(ctx, `UPDATE tenants SET active = ? WHERE name = ?`, active, tenant)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("tenants: there is no tenant %q", tenant)
}

// pattern reports whether a policy would take origin for more than one page's
// origin: any site can make a frame whose origin is "null".
func pattern(origin string) bool {
	return strings.Contains(origin, "*") || origin == "null"
}
