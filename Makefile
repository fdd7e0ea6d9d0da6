# CI runs `make check browsers cache`; each target below also runs by itself.
MODULES := core conformance stdlib chi gin echo fiber examples examples/production compare
STATICCHECK := .build/staticcheck
# Counted, not timed: a busy machine then runs just as many inputs.
FUZZTIME := 20000x

# The tests of this tag drive real browsers and a caching server.
E2E := -tags e2e

.PHONY: check fmt vet lint imports tidy alone race test fuzz smoke browsers roundtrips cache mutants mirror compare

check: fmt vet lint imports tidy race test alone fuzz smoke
	@echo "check: all is well"

fmt:
	@files=$$(gofmt -l .) || exit 1; [ -z "$$files" ] || { echo "not formatted:"; echo "$$files"; exit 1; }

vet:
	go vet $(E2E) work

$(STATICCHECK): tools/go.mod tools/go.sum
	cd tools && GOWORK=off go build -o ../$@ honnef.co/go/tools/cmd/staticcheck

lint: $(STATICCHECK)
	$(STATICCHECK) $(E2E) $(MODULES:%=./%/...)
	cd tools && GOWORK=off ../$(STATICCHECK) ./...

imports:
	scripts/imports

tidy:
	@for m in $(MODULES); do echo "tidy: $$m"; (cd $$m && go mod tidy -diff) || exit 1; done
	@echo "tidy: tools"; cd tools && GOWORK=off go mod tidy -diff

race:
	go test -race -shuffle=on work

test:
	go test work
	cd tools && GOWORK=off go vet ./... && GOWORK=off go test -count=1 ./...

# As a user meets it: each module by itself, without the workspace.
alone:
	@for m in $(MODULES); do echo "alone: $$m"; (cd $$m && GOWORK=off go build ./... && GOWORK=off go test ./...) || exit 1; done

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

# Which one-line faults in core and the adapters the cases find.
mutants:
	cd tools && GOWORK=off go run ./mutants

# What an answer costs, beside the floor and what people use today.
compare:
	go run ./compare/costs

# The same cases against what people use today, into docs/mirror.md and README.md.
mirror:
	go run ./compare/mirror -o docs/mirror.md -readme README.md
