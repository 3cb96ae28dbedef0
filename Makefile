# make demo    etl, features, dataset and a search on data/sample, from nothing
# make test    lint and all tests, from nothing
# make build   the release binary: .build/release/twin
# make install the release binary into $(PREFIX)/bin
# make lint    formatting rules;   make format  applies them
# make clean   removes what was built, keeps data
.PHONY: demo test build install lint format clean setup
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
# The toolchain's own copy of swift-syntax saves minutes; `make TWIN_TOOLCHAIN_SYNTAX=` builds the package instead.
export TWIN_TOOLCHAIN_SYNTAX ?= $(shell scripts/toolchain-syntax)

swift_folders = Package.swift Sources pipelines Plugins Tests

setup:
	@scripts/setup

build: setup
	swift build --configuration release --product twin

demo: build
	@scripts/demo

test: setup lint
	swift build --build-tests
	swift test --skip-build

lint:
	swift format lint --strict --parallel --recursive $(swift_folders)

format:
	swift format --in-place --parallel --recursive $(swift_folders)

install: build
	install -D .build/release/twin "$(PREFIX)/bin/twin"

clean:
	rm -rf .build
