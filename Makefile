# What CI runs is `make check`; each target below also runs by itself.
MODULES := core conformance stdlib chi gin echo fiber examples
STATICCHECK := .build/staticcheck
# Counted, not timed: a busy machine then runs just as many inputs.
FUZZTIME := 20000x

.PHONY: check fmt vet lint imports tidy alone race test fuzz smoke

check: fmt vet lint imports tidy race test alone fuzz smoke
	@echo "check: all is well"

fmt:
	@files=$$(gofmt -l .) || exit 1; [ -z "$$files" ] || { echo "not formatted:"; echo "$$files"; exit 1; }

vet:
	go vet work

$(STATICCHECK): tools/go.mod tools/go.sum
	cd tools && GOWORK=off go build -o ../$@ honnef.co/go/tools/cmd/staticcheck

lint: $(STATICCHECK)
	$(STATICCHECK) $(MODULES:%=./%/...)

imports:
	scripts/imports

tidy:
	@for m in $(MODULES); do echo "tidy: $$m"; (cd $$m && go mod tidy -diff) || exit 1; done
	@echo "tidy: tools"; cd tools && GOWORK=off go mod tidy -diff

race:
	go test -race -shuffle=on work

test:
	go test work

# As a user meets it: each module by itself, without the workspace.
alone:
	@for m in $(MODULES); do echo "alone: $$m"; (cd $$m && GOWORK=off go build ./... && GOWORK=off go test ./...) || exit 1; done

fuzz:
	scripts/fuzz $(FUZZTIME)

smoke:
	scripts/smoke
