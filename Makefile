# make            build the command `margin` in release
# make demo       train a verifier on handwritten digits and measure it (half a minute once built)
# make test       run every test, and the examples
# make bench      training steps beside PyTorch's, into Results/training_speed.csv and the README (30 minutes)
# make bench-heads  the heads beside PyTorch's and the products they cannot avoid, likewise (40 minutes, 24 GB)
# make bench-million  train a million classes for some steps, stop, resume: memory and time (5 minutes)
# make bench-estimates  what `margin estimate` says beside what training takes (5 minutes)
# make bench-gallery  searching a gallery of a million beside numpy, likewise (5 minutes)
# make bench-metrics  metrics, score files, intervals and comparisons beside numpy's and scikit-learn's (4 minutes)
# make bench-audit  a whole audit of a million rows stage by stage, and its draws beside the bare product (2 minutes)
# make docs       build the documentation with DocC
# make clean      forget what was built (libtorch stays)

.DEFAULT_GOAL := build
.PHONY: build demo test bench bench-heads bench-million bench-estimates bench-gallery bench-metrics bench-audit \
	docs clean
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

# $(call benchmark,PRODUCT,SCRIPT,FIGURES): builds the product, runs the script with it, and makes the README's table.
define benchmark
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product $(1)
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/$(2) .build/release/$(1) \
		--csv Results/$(3) && $$python scripts/tables.py
endef

bench:
	$(call benchmark,bench-training,training.py,training_speed.csv)

bench-heads:
	$(call benchmark,bench-heads,heads.py,head_speed.csv)

bench-gallery:
	$(call benchmark,bench-gallery,gallery.py,gallery_speed.csv)

bench-metrics:
	$(call benchmark,bench-metrics,metrics.py,metric_speed.csv)

bench-audit: build
	$(call benchmark,bench-audit,audit.py .build/release/margin,audit_speed.csv)

bench-million: build
	$${PYTHON:-python3} scripts/bench/million.py .build/release/margin

bench-estimates: build
	$${PYTHON:-python3} scripts/bench/estimates.py .build/release/margin

docs:
	scripts/docs.sh

clean:
	rm -rf .build
