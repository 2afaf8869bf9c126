# Needs python3 (3.11 to 3.13), make and git; `make help` lists the targets.
# Another Python: make clean, then make setup PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
PIP := $(RUN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
INSTALLED := $(VENV)/installed

define CHECK_PYTHON
import sys
version = "%d.%d" % sys.version_info[:2]
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit("mediakit runs on Python 3.11, 3.12 and 3.13, and $(PYTHON) is %s.\n"
             "If you have one of them, name it: make setup PYTHON=python3.12" % version)
try:
    import ensurepip, venv
except ImportError:
    sys.exit("$(PYTHON) has no venv module. On Debian and Ubuntu it is in the package\n"
             "python3-venv: sudo apt install python3-venv (or python%s-venv)." % version)
endef
export CHECK_PYTHON

.PHONY: help setup study course test slow bench lab docs lint lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

setup: $(INSTALLED) ## install everything into .venv

study: $(INSTALLED) ## run all notebooks and write one report
	$(RUN)/mediakit study

course: $(INSTALLED) ## write the course: editions, pages to read, sheets, plans
	$(RUN)/mediakit course

test: $(INSTALLED) ## run the tests
	$(RUN)/python -m pytest -n 2 --dist loadfile

slow: $(INSTALLED) ## run the long tests: calibration, fuzzing, large corpora
	$(RUN)/python -m pytest -m slow

bench: $(INSTALLED) ## time mediakit beside its peers (about 40 minutes)
	$(RUN)/python benchmarks/bench.py --peers build/peers

lab: $(INSTALLED) ## open the notebooks in JupyterLab
	$(RUN)/jupyter lab --notebook-dir notebooks $(if $(filter 0,$(shell id -u)),--allow-root)

docs: $(INSTALLED) ## write the documentation as HTML into build/docs
	$(RUN)/mediakit docs --out build/docs

lint: $(INSTALLED) ## check the style of code and notebooks
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/nbstripout --keep-id --verify notebooks/*.ipynb

lock: ## renew uv.lock and constraints.txt (needs uv)
	uv lock
	uv export --quiet --all-extras --no-hashes --no-annotate --no-emit-project \
	    --format requirements-txt --output-file constraints.txt

clean: ## remove .venv and everything built or cached
	rm -rf $(VENV) build dist study-report course .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN)/pip:
	@command -v $(PYTHON) > /dev/null || { \
	    echo "No $(PYTHON) here. mediakit runs on Python 3.11, 3.12 and 3.13." >&2; exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml constraints.txt | $(RUN)/pip
	@echo "Installing into $(VENV): about 320 MB to download, 1.2 GB on disk."
	@$(PIP) --editable '.[notebooks,dev]'
	@$(PIP) --only-binary numba,llvmlite numba || \
	    echo "No numba for this Python and system: mediakit works without it, more slowly."
	@echo "Compiling the loops, once."
	@$(RUN)/mediakit warm
	@touch $@
