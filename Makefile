# `make help` says what there is. Variables of the command line reach every verb: `make serve PORT=9000`.
.DEFAULT_GOAL := help

PYTHON_BIN := .venv/bin/python
READY := .venv/.ready$(if $(NODEV),-nodev)

# ARGS: further arguments for the verb, e.g. make test ARGS='-k folding'
serve: $(READY) ## Start the assistant on http://127.0.0.1:8000 (PORT=… for another port)
	@$(PYTHON_BIN) -m bot serve $(ARGS)

chat: $(READY) ## Talk to the assistant in this terminal
	@$(PYTHON_BIN) -m bot chat $(ARGS)

test: $(READY) ## Run the tests (ARGS='-k folding' for some of them)
	@$(PYTHON_BIN) -m bot prepare
ifdef ARGS
	@$(PYTHON_BIN) -m pytest $(ARGS)
else
	@$(PYTHON_BIN) -m pytest --ignore=tests/e2e --numprocesses 2 --dist loadgroup
	@$(PYTHON_BIN) -m pytest tests/e2e
endif

eval: $(READY) ## Measure the answers on the question sets
	@$(PYTHON_BIN) -m bot eval $(ARGS)

bench: $(READY) ## Measure speed and memory
	@$(PYTHON_BIN) -m bot bench $(ARGS)

lint: $(READY) ## Check style and types
	@$(PYTHON_BIN) -m ruff check .
	@$(PYTHON_BIN) -m ruff format --check .
	@$(PYTHON_BIN) -m mypy bot actions

format: $(READY) ## Rewrite the code in the house style
	@$(PYTHON_BIN) -m ruff check --fix .
	@$(PYTHON_BIN) -m ruff format .

index: $(READY) ## Build what serving needs from knowledge/ and data/, where it changed
	@$(PYTHON_BIN) -m bot prepare

train: index ## The same as index: the Rasa model is one of its steps

setup: ## Make the environment .venv (NODEV=1, TORCH_INDEX=…, PYTHON=…: see bin/setup)
	@bin/setup

lock: ## Write requirements*.txt anew from requirements*.in
	@bin/setup lock

clean: ## Remove the environment and all that can be made again; conversations and accounts in var/ stay
	rm -rf .venv .venv-setup .rasa .mypy_cache .pytest_cache .ruff_cache .hypothesis
	cd var 2>/dev/null && rm -rf encoder index language vectors.npz acts.npz models rasa-cache log state.json endpoints.yml || true

help: ## Say what there is
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

$(READY): requirements.txt requirements-dev.txt bin/setup
	@bin/setup

.PHONY: serve chat test eval bench lint format index train setup lock clean help
