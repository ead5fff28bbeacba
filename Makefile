# `make` alone lists the targets. Works with GNU make 3.81 (macOS) and later.
PORT ?= 8000
VENV ?= .venv
AUDIT_VENV ?= .venv-audit
ZENSICAL_VENV ?= .venv-zensical
UV ?= uv
# the first Python on PATH that is new enough; PYTHON=/path/to/python overrides it
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

# a Python that was named may be too old too
CHECK_PYTHON = $(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo 'Python 3.11 以上が要ります$(PYTHON:%=（% は違います）)。Needs Python 3.11 or newer (make PYTHON=/path/to/python3).' >&2; exit 1; }

RUN = $(VENV)/bin/python
SITE_ENV = $(VENV)/.site
EDITIONS_ENV = $(VENV)/.editions
TEST_ENV = $(VENV)/.test
ENGINES_ENV = $(VENV)/.engines
BENCH_ENV = $(VENV)/.bench
ZENSICAL_ENV = $(ZENSICAL_VENV)/.ready
AUDIT_ENV = $(AUDIT_VENV)/.audit
PIP_INSTALL = -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
INSTALL = $(RUN) $(PIP_INSTALL)
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock"

# Material prints a long warning about MkDocs 2 otherwise
export NO_MKDOCS_2_WARNING = 1
export PYTHONUTF8 = 1

# before a release, and where speed is measured, pages are judged in a browser as readers have it
test-full bench pictures: export CHROMIUM := $(or $(CHROMIUM),$(shell command -v chromium || command -v google-chrome))

.DEFAULT_GOAL := help
.PHONY: help serve edit check test test-full build lint format pictures outside due examples tables bench audit zensical lock clean

help: ## この一覧 (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(SITE_ENV) ## サイトを作って http://127.0.0.1:8000/ で見る (build and serve, without editions)
	@$(RUN) -m macros port '$(PORT)'
	$(RUN) -m macros build
	$(RUN) -m macros serve site --port '$(PORT)'

edit: $(SITE_ENV) ## 書きながら見る。保存すると画面が変わる (live reload)
	@echo '書きながら見るための表示です。make build がページのあとに足すもの（公開データ、計算器の静止画とCSV、検索の索引、配信ヘッダー、ダウンロードの版）はありません。'
	@echo '文章・データの変更は保存すると反映されます。macros/ の Python を変えたときは、止めて（Ctrl+C）始め直してください。'
	$(RUN) -m macros edit --port '$(PORT)'

check: lint ## lint と、ブラウザーの要らない検査 (style, data and every test that needs no browser)
	$(RUN) -m pytest -n auto --dist worksteal -m 'not full and not zensical and not browser'

test: $(TEST_ENV) ## 検査する。2コアで約17分 (what CI runs)
	$(RUN) -m tests.browser_setup
	$(RUN) -m pytest -n auto --dist worksteal $(if $(SITE),--site=$(SITE))

test-full: $(TEST_ENV) $(ENGINES_ENV) ## 公開の前の検査、すべて (everything, slow)
	$(RUN) -m tests.browser_setup
	$(RUN) -m pytest -n auto --dist worksteal -m 'not zensical'
	$(MAKE) zensical

build: $(EDITIONS_ENV) ## 公開できるサイト一式を site/ に作る (the complete site)
	$(RUN) -m macros build --editions $(if $(FROZEN),--frozen)
	$(RUN) -m macros headers site

lint: $(TEST_ENV) ## 書き方とデータを調べる (style and data)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(VENV)/bin/basedpyright --project pyproject.toml --pythonpath $(VENV)/bin/python --warnings
	$(RUN) -m tests.sinks
	$(RUN) -m macros fields --check
	$(RUN) -m macros check

format: $(TEST_ENV) ## Python の体裁を整える (format Python files)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: $(BENCH_ENV) ## 速さ・大きさ・検索の良さを測り、README の表を書き直す。約20分 (figures and ratios side by side)
	$(RUN) -m tests.browser_setup
	$(RUN) -m macros build
	$(RUN) -m tests.bench_calculators
	$(RUN) -m tests.bench_embed site
	$(RUN) -m tests.bench_plan site
	$(RUN) -m tests.bench_search
	$(RUN) -m tests.bench_results

pictures: $(TEST_ENV) ## README の絵を、make build で作った site/ から撮り直す (photograph the site for the README)
	$(RUN) -m tests.browser_setup
	$(RUN) -m tests.readme_pictures site

outside: $(SITE_ENV) ## 外のリンクと、計算器を入れているサイトを調べる。通信し、数分かかる (links and hosts out there)
	$(RUN) -m macros links
	@if test -n "$(SITE_URL)"; then $(RUN) -m macros embed-hosts; \
	else echo '計算器を入れているサイトも調べるには SITE_URL=https://… make outside と打ちます。'; fi

zensical: $(ZENSICAL_ENV) ## MkDocs でなく Zensical で作り、同じ検査をする。約10分 (build and test with Material's successor)
	$(ZENSICAL_VENV)/bin/python -m tests.browser_setup
	$(ZENSICAL_VENV)/bin/python -m macros build --builder zensical --site-dir site-zensical
	$(ZENSICAL_VENV)/bin/python -m pytest -n auto --dist worksteal -p tests.known_differences -m 'not full' --site=site-zensical

examples: $(SITE_ENV) ## 計算の例の数を、前 → 後で並べ、わけを聞いて書き直す (renew the numbers of examples)
	@$(RUN) -m macros examples

tables: $(SITE_ENV) ## 貼った公表の表を前の年と比べ、係数に入れる。make tables TABLE=electricity-2027 (take in a table)
	@$(RUN) -m macros tables '$(TABLE)'

due: $(SITE_ENV) ## 見直しの期日を過ぎたものを並べる (what is due for review)
	$(RUN) -m macros due

audit: $(EDITIONS_ENV) $(AUDIT_ENV) ## 依存の知られた脆弱性を問い合わせ、部品表とライセンスを reports/ に書く (audit, SBOM)
	$(RUN) -m tests.audit --tools $(AUDIT_VENV)/bin --to reports

lock: ## 依存関係の版を決め直す。uv が要る (renew the lock files)
	$(COMPILE) --output-file locks/requirements.lock pyproject.toml
	$(COMPILE) --group editions --constraints locks/requirements.lock --output-file locks/requirements-editions.lock
	$(COMPILE) --group test --constraints locks/requirements-editions.lock --output-file locks/requirements-test.lock
	$(COMPILE) --group engines --constraints locks/requirements-test.lock --output-file locks/requirements-engines.lock
	$(COMPILE) --group bench --constraints locks/requirements-test.lock --output-file locks/requirements-bench.lock
	$(COMPILE) --group audit --output-file locks/requirements-audit.lock
	$(COMPILE) --group zensical --constraints locks/requirements.lock --output-file locks/requirements-zensical.lock

clean: ## 作ったものを消す (remove what was made)
	rm -rf $(VENV) $(AUDIT_VENV) $(ZENSICAL_VENV) site site-zensical site-headers reports .pytest_cache .ruff_cache

# A changed lock makes the environment anew, so that nothing old stays in it.
$(SITE_ENV): locks/requirements.lock
	@$(CHECK_PYTHON)
	@echo '環境を用意しています（初回は1分ほどかかります）。 Preparing $(VENV) ...'
	@$(PYTHON) -m venv --clear $(VENV) || { echo 'Python の venv が要ります。Needs venv (Debian, Ubuntu: apt install python3-venv).' >&2; exit 1; }
	@$(INSTALL) --requirement locks/requirements.lock
	@touch $@

$(EDITIONS_ENV): locks/requirements-editions.lock $(SITE_ENV)
	@echo '版（PDF・Word）を作る道具と書体を入れています。 Installing what makes the editions ...'
	@$(INSTALL) --requirement locks/requirements-editions.lock
	@touch $@

$(TEST_ENV): locks/requirements-test.lock $(SITE_ENV)
	@$(INSTALL) --requirement locks/requirements-test.lock
	@touch $@

# of its own, so that nothing of what the present site is built with changes
$(ZENSICAL_ENV): locks/requirements.lock locks/requirements-test.lock locks/requirements-zensical.lock
	@$(CHECK_PYTHON)
	@echo '環境を用意しています（初回は1分ほどかかります）。 Preparing $(ZENSICAL_VENV) ...'
	@$(PYTHON) -m venv --clear $(ZENSICAL_VENV)
	@$(ZENSICAL_VENV)/bin/python $(PIP_INSTALL) $(addprefix --requirement ,$^)
	@touch $@

# some of Mozilla's packages come as source only: these alone may be built here
$(ENGINES_ENV): locks/requirements-engines.lock $(TEST_ENV)
	@$(RUN) $(filter-out --only-binary :all:,$(PIP_INSTALL)) --requirement locks/requirements-engines.lock
	@touch $@

$(BENCH_ENV): locks/requirements-bench.lock $(TEST_ENV)
	@$(INSTALL) --requirement locks/requirements-bench.lock
	@touch $@

# What looks for vulnerabilities stays out of what it looks at.
$(AUDIT_ENV): locks/requirements-audit.lock $(SITE_ENV)
	@echo '調べる道具を $(AUDIT_VENV) に入れています。 Installing what audits ...'
	@$(RUN) -m venv --clear $(AUDIT_VENV)
	@$(AUDIT_VENV)/bin/python $(PIP_INSTALL) --requirement locks/requirements-audit.lock
	@touch $@
