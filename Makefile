# Everything a person does here, one word each. `make` alone lists them.

.DEFAULT_GOAL := help
bin := .venv/bin
.PHONY: help run test check fast bench lock vendor pictures messages migrations environment tools wheel

help: ## list these words
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: environment ## start a demo network here and say how to sign in
	@$(bin)/peerwork serve --demo

test: tools ## run everything: style, stairs, types, tests, journeys in a browser
	@sh tools/test.sh

fast: tools ## the tests without the browser
	@$(bin)/python -m pytest -n auto --dist loadfile -m "not journey"

check: tools ## style, types, stairs, templates, messages: no tests
	@sh tools/check.sh

bench: tools ## what a page costs here, beside a bare Django page
	@$(bin)/python -m tests.bench

pictures: tools ## take the pictures in the README
	@$(bin)/python -m tests.pictures

lock: tools ## bring the locks up to date
	@sh tools/lock.sh

vendor: tools ## copy the browser's files from npm (needs Node; contributors do not)
	@sh tools/vendor.sh

messages: tools ## gather every string a translator needs, and compile what they wrote
	@sh tools/messages.sh

migrations: tools ## write migrations for tables that changed
	@sh tools/migrations.sh

wheel: tools ## build the wheel
	@$(bin)/python -m hatchling build -t wheel

environment:
	@sh tools/environment.sh requirements.lock

tools:
	@sh tools/environment.sh requirements-dev.lock
