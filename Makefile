# make            build the command `margin` in release
# make demo       train a verifier on handwritten digits and measure it (under three minutes once built)
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

bench:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product bench-training
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/training.py .build/release/bench-training \
		--csv Results/training_speed.csv && $$python scripts/tables.py

bench-heads:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product bench-heads
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/heads.py .build/release/bench-heads \
		--csv Results/head_speed.csv && $$python scripts/tables.py

bench-million: build
	$${PYTHON:-python3} scripts/bench/million.py .build/release/margin

bench-estimates: build
	$${PYTHON:-python3} scripts/bench/estimates.py .build/release/margin

bench-gallery:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product bench-gallery
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/gallery.py .build/release/bench-gallery \
		--csv Results/gallery_speed.csv && $$python scripts/tables.py

bench-metrics:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product bench-metrics
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/metrics.py .build/release/bench-metrics \
		--csv Results/metric_speed.csv && $$python scripts/tables.py

bench-audit:
	@scripts/requirements.sh
	scripts/swift.sh build -c release -j $(JOBS) --product margin
	scripts/swift.sh build -c release -j $(JOBS) --product bench-audit
	python=$$(scripts/bench/python.sh) && $$python scripts/bench/audit.py .build/release/margin \
		.build/release/bench-audit --csv Results/audit_speed.csv && $$python scripts/tables.py

docs:
	scripts/docs.sh

clean:
	rm -rf .build
