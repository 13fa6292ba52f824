# The whole developer interface. `make grade` and `make test` set everything up by themselves.
.PHONY: grade test check lint types proof bench clean

BIN := .venv/bin

grade: .venv/installed
	$(BIN)/grade assignments/digits/sample.ipynb --json report.json

test: .venv/installed
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint types test

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed
	$(BIN)/mypy

# Every assignment with its mutants and other seeds; the suite has the solutions only.
proof: .venv/installed
	$(BIN)/grader check --all

bench: .venv/installed
	$(BIN)/python -m tests.benchmarks --peers 3
	$(MAKE) proof

clean:
	rm -rf .venv report.json

.venv/installed: pyproject.toml constraints.txt .ci/setup
	sh .ci/setup
