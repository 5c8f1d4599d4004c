# make            build the command `margin` in release
# make demo       train a verifier on handwritten digits and measure it (under three minutes once built)
# make test       run every test, and the examples
# make docs       build the documentation with DocC
# make clean      forget what was built (libtorch stays)

.DEFAULT_GOAL := build
.PHONY: build demo test docs clean
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)

build:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product margin

demo:
	@scripts/demo.sh

test:
	@scripts/requirements.sh
	scripts/swift.sh test -j $(JOBS)
	scripts/test-examples.sh -j $(JOBS)

docs:
	scripts/docs.sh

clean:
	rm -rf .build
