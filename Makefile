# make demo    etl, features, dataset and a search on data/sample, from nothing
# make test    lint and all tests, from nothing
# make test-models  the tests against a real server of language models, which it builds (a quarter of an hour)
# make examples  builds, tests and runs the package in Examples
# make benchmark-dataflow  the engine beside Hamilton and ZenML, which it fetches (a quarter of an hour)
# make benchmark-bson  the BSON codec beside pymongo's, which it fetches
# make benchmark-extraction  the extractor beside trafilatura and readability-lxml, which it fetches
# make benchmark-text  cutting, tokenising and cleaning beside LangChain, semantic-text-splitter and tokenizers, which it fetches
# make benchmark-warehouse  a million documents through each store, beside pymongo and sqlite3, and 100 killed writers
# make benchmark-vectors  the embedded vector store beside qdrant-client, LanceDB, sqlite-vec and numpy, which it fetches
# make benchmark-embedding [FOLDER=TEXTS]  the native embedder beside sentence-transformers and ONNX Runtime, which it fetches
# make benchmark-features FOLDER=EXPORT  articles into Qdrant beside the LLM Engineers Handbook's parts, which it fetches
# make benchmark-qdrant  the client of Qdrant beside the official one
# make fuzz    libFuzzer on cleaning, cutting and tokenising, for four minutes
# make build   the release binary: .build/release/twin
# make install the release binary into $(PREFIX)/bin
# make lint    formatting rules;   make format  applies them
# make clean   removes what was built, keeps data
.PHONY: demo test test-models examples benchmark-dataflow benchmark-bson benchmark-extraction benchmark-text benchmark-warehouse benchmark-vectors benchmark-embedding benchmark-features benchmark-qdrant fuzz build install lint format clean setup
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
# The toolchain's own copy of swift-syntax saves minutes; `make TWIN_TOOLCHAIN_SYNTAX=` builds the package instead.
export TWIN_TOOLCHAIN_SYNTAX ?= $(shell scripts/toolchain-syntax)

swift_folders = Package.swift Sources pipelines Plugins Tests Examples Benchmarks

# The examples share what was built with the main package, or they would build most of it again.
examples_package = --package-path Examples --scratch-path .build

setup:
	@scripts/setup

build: setup
	swift build --configuration release --product twin

demo: build
	@scripts/demo

test: setup lint
	swift build --build-tests
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=32 swift test --skip-build
	$(MAKE) examples

test-models: setup
	@scripts/test-models

# Both packages must agree on the versions of what they depend on. The last line makes the package manager forget that
# the examples were built last, so that `swift test --skip-build` finds the main package's tests again.
examples:
	[ ! -f Package.resolved ] || cp Package.resolved Examples/
	swift build $(examples_package) --build-tests
	swift test $(examples_package) --skip-build
	Examples/check .build/debug
	rm -f .build/debug/description.json

benchmark-dataflow:
	Benchmarks/dataflow/run

benchmark-bson:
	Benchmarks/bson/run

benchmark-extraction:
	Benchmarks/extraction/run

benchmark-text:
	Benchmarks/text/run

benchmark-warehouse: setup
	swift build --build-tests
	Benchmarks/warehouse/kill Benchmarks/.build/kills
	Benchmarks/warehouse/run --kills Benchmarks/.build/kills

benchmark-vectors:
	Benchmarks/vectors/run

benchmark-embedding: setup
	Benchmarks/embedding/run $(if $(FOLDER),--texts $(FOLDER))

benchmark-features: setup
	Benchmarks/features/run $(FOLDER)

benchmark-qdrant: setup
	.venv/bin/python Benchmarks/vectors/qdrant/run

fuzz:
	Benchmarks/fuzz/run

lint:
	swift format lint --strict --parallel --recursive $(swift_folders)

format:
	swift format --in-place --parallel --recursive $(swift_folders)

install: build
	install -D .build/release/twin "$(PREFIX)/bin/twin"

clean:
	rm -rf .build Benchmarks/.build
