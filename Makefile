# The whole developer interface. `make grade`, `make serve` and `make test` set everything up by themselves.
.PHONY: grade serve test check lint types proof thorough bench lowest clean

# What is compiled is kept, whatever the environment says: each worker would compile the suite again, and each process that it starts
# the package.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin

grade: .venv/installed
	$(BIN)/grade assignments/digits/sample.ipynb --json report.json

# This repository's course as a site on this machine; Ctrl-C ends it.
serve: .venv/installed
	$(BIN)/grader serve

test: .venv/installed
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: lint types test

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed
	$(BIN)/mypy

# Every assignment with all its solutions, mutants and other seeds; the suite has a few of them.
proof: .venv/installed
	$(BIN)/grader check --all

# What the suite proves on a few cases, on all the others; and every law on ten times as many examples.
thorough: proof
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "thorough or hypothesis" --hypothesis-profile thorough

# All of them, though one misses a reach, by which it ends with 1.
bench: proof
	missed=0; \
	for each in " --peers 3" .peer_examples .service .service_gradebook .service_launch .service_marking .service_queue \
	  .service_scores; do $(BIN)/python -m tests.benchmarks$$each || missed=1; done; \
	exit $$missed

# The lowest versions that pyproject.toml promises, in an environment of their own.
lowest: .venv/installed
	$(BIN)/python .ci/lowest.py .venv/lowest

clean:
	rm -rf .venv report.json

.venv/installed: pyproject.toml constraints.txt .ci/setup
	sh .ci/setup
