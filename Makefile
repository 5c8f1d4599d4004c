# make            build the command `margin` in release
# make demo       set up, train a verifier on handwritten digits, measure it (about three minutes once built)
# make test       run every test
# make clean      forget what was built (libtorch stays)

.DEFAULT_GOAL := build
.PHONY: build test clean
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)

build:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product margin

test:
	@scripts/requirements.sh
	scripts/swift.sh test -j $(JOBS)

clean:
	rm -rf .build
