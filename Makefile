# CI runs `make check docs rehearsal api browsers cache report`; each target below also runs by itself.
MODULES := core conformance stdlib chi gin echo fiber examples examples/production compare
# Beside the workspace, because of what they require.
OUTSIDE := tools examples/edge
# With a workspace of their own: a module with a replace cannot be run by
# `go run …@version`. Before core is published `go mod tidy` cannot check them.
OWN := migrate
STATICCHECK := $(CURDIR)/.build/staticcheck
# Counted, not timed: a busy machine then runs just as many inputs.
FUZZTIME := 20000x

# The tests of this tag drive real browsers and a caching server.
E2E := -tags e2e

.PHONY: check fmt vet lint imports tidy alone race test fuzz smoke browsers roundtrips cache vuln mutants mirror compare report figures docs rehearsal api

check: fmt vet lint imports tidy race test alone fuzz smoke
	@echo "check: all is well"

fmt:
	@files=$$(find . -name '.?*' -prune -o -name '*.go' -print0 | xargs -0 gofmt -l) || exit 1; [ -z "$$files" ] || { echo "not formatted:"; echo "$$files"; exit 1; }

vet:
	go vet $(E2E) work
	@for m in $(OUTSIDE); do (cd $$m && GOWORK=off go vet ./...) || exit 1; done
	@for m in $(OWN); do (cd $$m && go vet ./...) || exit 1; done

$(STATICCHECK): tools/go.mod tools/go.sum
	cd tools && GOWORK=off go build -o $@ honnef.co/go/tools/cmd/staticcheck

lint: $(STATICCHECK)
	$(STATICCHECK) $(E2E) $(MODULES:%=./%/...)
	@for m in $(OUTSIDE); do (cd $$m && GOWORK=off $(STATICCHECK) ./...) || exit 1; done
	@for m in $(OWN); do (cd $$m && $(STATICCHECK) ./...) || exit 1; done
	cd tools && GOWORK=off go tool actionlint -shellcheck= -pyflakes= ../.github/workflows/*.yml

imports:
	scripts/imports

tidy:
	@for m in $(MODULES); do echo "tidy: $$m"; (cd $$m && go mod tidy -diff) || exit 1; done
	@for m in $(OUTSIDE); do echo "tidy: $$m"; (cd $$m && GOWORK=off go mod tidy -diff) || exit 1; done

race:
	go test -race -shuffle=on work
	@for m in $(OWN); do (cd $$m && go test -race -shuffle=on ./...) || exit 1; done

# What examples/schema reads lies outside its module, where the cache of results
# sees no change.
test:
	go test work
	go test -count=1 ./examples/schema
	@for m in $(OUTSIDE); do (cd $$m && GOWORK=off go test -count=1 ./...) || exit 1; done
	@for m in $(OWN); do (cd $$m && go test -count=1 ./...) || exit 1; done

# As a user meets it: each module by itself, without the workspace. Nobody
# requires the production examples, and what they require takes long to build.
alone:
	@for m in $(filter-out examples/production,$(MODULES)); do echo "alone: $$m"; (cd $$m && GOWORK=off go build ./... && GOWORK=off go test ./...) || exit 1; done

fuzz:
	scripts/fuzz $(FUZZTIME)

smoke:
	scripts/smoke

# Chromium, Firefox and WebKit judge the cases on the five example servers. A
# missing browser is skipped, or with CI set a failure.
browsers:
	go test $(E2E) -count=1 -timeout 30m ./examples/e2e

# The preflights of a small session, counted in browsers, into docs/performance.md.
roundtrips:
	ROUNDTRIPS=$(CURDIR)/docs/performance.md go test $(E2E) -count=1 -v -run '^TestRoundTrips$$' ./examples/e2e

# Varnish stands before the examples.
cache:
	go test $(E2E) -count=1 ./examples/e2e/cache

# Known vulnerabilities in what each module builds. It asks the Go vulnerability
# database, so the workflows run it and a CI without the internet does not.
vuln:
	cd tools && GOWORK=off go build -o $(CURDIR)/.build/ golang.org/x/vuln/cmd/govulncheck
	@for m in $(MODULES); do echo "vuln: $$m"; (cd $$m && $(CURDIR)/.build/govulncheck ./...) || exit 1; done
	@for m in $(OUTSIDE); do echo "vuln: $$m"; (cd $$m && GOWORK=off $(CURDIR)/.build/govulncheck ./...) || exit 1; done
	@for m in $(OWN); do echo "vuln: $$m"; (cd $$m && $(CURDIR)/.build/govulncheck ./...) || exit 1; done

# Every snippet in Markdown is built, run or parsed, and every link followed.
docs:
	cd tools && GOWORK=off go run ./docs

# Which one-line faults in core and the adapters the cases find.
mutants:
	cd tools && GOWORK=off go run ./mutants

# What an answer costs, beside the floor and what people use today.
compare:
	go run ./compare/costs

# The same and what large policies and hostile requests cost, as a report: here
# a missed target fails nothing, since a machine that others use too judges badly.
report:
	go build -o .build/ ./compare/costs ./compare/scales
	.build/costs -quiet -rounds 40 || [ $$? = 1 ]
	.build/scales -quiet -rounds 20 || [ $$? = 1 ]

# All figures, into docs: some ten minutes on a machine that does nothing else.
figures:
	go build -o .build/ ./compare/costs ./compare/scales
	printf '# What an answer costs\n\n`make figures` wrote this; [performance.md](performance.md) says how to read it.\n\n' >docs/costs.md
	.build/costs -md >>docs/costs.md || [ $$? = 1 ]
	printf '\n## Large policies and hostile requests\n\n<!-- shown: compare/scale TestTable -->\n```text\n' >>docs/costs.md
	.build/scales >>docs/costs.md || [ $$? = 1 ]
	printf '```\n' >>docs/costs.md

# The same cases against what people use today, into docs/mirror.md and README.md.
mirror:
	go run ./compare/mirror -o docs/mirror.md -readme README.md

# A release, tried before there is one: packs the modules, gets each adapter in
# an empty folder with a module cache of its own, runs its README's program there.
rehearsal:
	cd tools && GOWORK=off go run ./rehearsal

# What the modules export, compared with the last release.
api:
	cd tools && GOWORK=off go run ./api
