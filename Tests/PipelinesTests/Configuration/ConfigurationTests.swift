import Foundation
import Pipelines
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func read(
    _ yaml: String, environment: [String: String] = [:], overrides: [(path: String, value: String)] = []
  ) throws -> Configuration {
    let path = try folder.write(yaml, to: "me.yaml")
    return try Configuration(path: path, environment: environment, overrides: overrides)
  }

  func message(_ yaml: String, environment: [String: String] = [:]) -> String {
    do {
      _ = try read(yaml, environment: environment)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `an author alone is enough, and paths are relative to the file`() throws {
    let configuration = try read("author: Ada Example\n")
    #expect(configuration.authors == [AuthorConfiguration(name: "Ada Example", sources: [])])
    #expect(configuration.warehouse == "sqlite:" + folder.path("data/twin.sqlite"))
    #expect(configuration.runs == folder.path("data/runs"))
    #expect(configuration.chunking.size == 256)
    #expect(configuration.crawl.delay == 1)
  }

  @Test func `the stores that can be configured are those that there are drivers for`() throws {
    let key = try #require(SettingKey.all.first { $0.path == "vectors.url" })
    #expect(key.kind == .address(VectorStore.schemes))
    for scheme in VectorStore.schemes {
      #expect(try read("author: Ada\nvectors: \(scheme)://x\n").vectors.url.hasPrefix(scheme + ":"))
    }
    let message = message("author: Ada\nvectors: milvus://x\n")
    #expect(message.contains("me.yaml:2") && message.contains("`sqlite:`, `http://`, `https://`"), "\(message)")
  }

  @Test(arguments: ["sqlite", "SQLite", "SQLITE"])
  func `an embedded store is relative to the file, however its scheme is written`(scheme: String) throws {
    let configuration = try read("author: Ada\nwarehouse: \(scheme):a.sqlite\nvectors: \(scheme):b.sqlite\n")
    #expect(configuration.warehouse == "sqlite:" + folder.path("a.sqlite"))
    #expect(configuration.vectors.url == "sqlite:" + folder.path("b.sqlite"))
  }

  @Test func `sources may be URLs, paths and mappings`() throws {
    let configuration = try read(
      """
      author: Ada Example
      sources:
        - https://ada.dev/1
        - notes/
        - {url: https://ada.dev/2, crawler: article, tags: [blog]}
        - git@github.com:ada/engine
      """)
    let sources = try #require(configuration.authors.first).sources
    #expect(
      sources.map(\.location) == [
        "https://ada.dev/1", folder.path("notes"), "https://ada.dev/2", "git@github.com:ada/engine",
      ])
    #expect(sources[2].tags == ["blog"])
    #expect(sources[2].crawler == "article")
  }

  @Test func `flags win over the environment, which wins over .env, the file and built-in values`() throws {
    let yaml = "author: Ada\nchunking: {size: 100, overlap: 10}\n"
    #expect(try read(yaml).chunking.size == 100)
    try folder.write("# numbers\nexport TWIN_CHUNKING_SIZE=\"120\"\n", to: ".env")
    #expect(try read(yaml).chunking.size == 120)
    #expect(try read(yaml, environment: ["TWIN_CHUNKING_SIZE": "140"]).chunking.size == 140)
    let flagged = try read(
      yaml, environment: ["TWIN_CHUNKING_SIZE": "140"], overrides: [("chunking.size", "160")])
    #expect(flagged.chunking.size == 160)
    #expect(flagged.chunking.overlap == 10)
    #expect(flagged.resolved.first { $0.key == "chunking.size" }?.origin == "--set chunking.size")
  }

  @Test func `variables are expanded, with defaults, and an unset one is named with its line`() throws {
    let yaml = "author: ${WHO:-Ada}\nvectors:\n  url: http://localhost:6333\n  api_key: ${KEY}\n"
    let configuration = try read(yaml, environment: ["KEY": "s3cret"])
    #expect(configuration.authors.first?.name == "Ada")
    #expect(configuration.vectors.apiKey == "s3cret")
    #expect(!configuration.resolved.contains { $0.value.contains("s3cret") })
    #expect(message(yaml).contains("me.yaml:4:12"))
    #expect(message(yaml).contains("${KEY} is not set"))
  }

  @Test func `the password of a store's address is not shown`() throws {
    let configuration = try read("author: Ada\nwarehouse: mongodb://ada:s3cret@db.example:27017/twin\n")
    #expect(configuration.warehouse.contains("s3cret"))
    #expect(!configuration.resolved.contains { $0.value.contains("s3cret") })
  }

  @Test(arguments: [
    "warehouse: mongodb://host/db?authMechanismProperties=AWS_SESSION_TOKEN:S3cretX",
    "warehouse: mongodb://bob:123/456S3cretX@host:27017/db", "warehouse: mongodb://bob:123?456S3cretX@host/db",
    "warehouse: mongodb+srv://bob:1/S3cretX@host.example.net/db", "warehouse: mongodb:/bob:S3cretX@host/db",
    "vectors: http://host:6333?pass=S3cretX", "vectors: http://bob:123/S3cretX@host",
  ])
  func `no part of an address that may be secret is shown`(setting: String) throws {
    let configuration = try read("author: Ada\n\(setting)\n")
    let shown = configuration.resolved.map(\.value)
    #expect(shown.contains { $0.contains("host") })
    #expect(!shown.contains { $0.contains("S3cretX") }, "\(shown)")
  }

  @Test(arguments: ["mongdb://bob:1/S3cretX@host/db", "mongdb:bob:S3cretX@host/db"])
  func `an address that is refused is quoted without its password`(address: String) {
    let message = message("author: Ada\nwarehouse: \(address)\n")
    #expect(message.contains("me.yaml:2") && message.contains("host/db") && !message.contains("S3cretX"), "\(message)")
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var yaml: String
    var says: [String]
    var testDescription: String { yaml }
  }

  @Test(arguments: [
    Bad(yaml: "author: Ada\nwarehose: x\n", says: ["me.yaml:2:1", "warehose", "did you mean `warehouse`"]),
    Bad(yaml: "author: Ada\nchunking: {sise: 3}\n", says: ["me.yaml:2:", "did you mean `chunking.size`"]),
    Bad(yaml: "author: Ada\nchunking: {size: many}\n", says: ["me.yaml:2:", "whole number from 16"]),
    Bad(yaml: "author: Ada\nchunking: {size: 32, overlap: 30}\n", says: ["at most half"]),
    Bad(yaml: "author: Ada\nchunking: 3\n", says: ["a mapping with", "`size`"]),
    Bad(yaml: "author: [\n", says: ["me.yaml:", "not valid YAML"]),
    Bad(yaml: "author: Ada\nauthor: Bob\n", says: ["stands twice", "author"]),
    Bad(yaml: "- a\n- b\n", says: ["a mapping of keys"]),
    Bad(yaml: "sources: [a.md]\n", says: ["`author` is missing"]),
    Bad(yaml: "author: Ada\ndataset: {kind: instructions}\n", says: ["did you mean `instruction`"]),
    Bad(yaml: "author: Ada\ncrawl: {delay: soon}\n", says: ["length of time"]),
    Bad(yaml: "authors: [{nam: Ada}]\n", says: ["did you mean `name`"]),
    Bad(yaml: "author: Ada\nlanguage_model: ollama\n", says: ["language_model.model"]),
    Bad(yaml: "author: Ada\nchunking: [500]\n", says: ["me.yaml:2:", "a list", "a mapping with"]),
    Bad(yaml: "author: Ada\nlanguage_model: [ollama, openai]\n", says: ["language_model.model", "ollama"]),
    Bad(yaml: "author: Ada\nlanguage_model: []\n", says: ["me.yaml:2:", "an empty list", "one model at least"]),
    Bad(
      yaml: "author: Ada\nlanguage_model: [{provider: openai, model: a}, {provider: opena, model: b}]\n",
      says: ["me.yaml:2:", "did you mean `openai`"]),
    Bad(
      yaml: "author: Ada\nlanguage_model: [{provider: openai, model: a}, {provider: openai, modl: b}]\n",
      says: ["me.yaml:2:", "did you mean `language_model.model`"]),
    Bad(
      yaml: "author: Ada\nlanguage_model: {provider: openai, model: a, prices: {a: {input: 1, outpt: 2}}}\n",
      says: ["did you mean `language_model.prices.a.output`"]),
    Bad(
      yaml: "author: Ada\nlanguage_model: {provider: openai, model: a, prices: {a: {input: 1}}}\n",
      says: ["language_model.prices.a.output", "a price of 0 or more"]),
    Bad(yaml: "author: Ada\nllm: {provders: {}}\n", says: ["me.yaml:2:", "did you mean `llm.providers`"]),
    Bad(
      yaml: "author: Ada\nllm: {providers: {ollama: {}}, fallback_order: [olama]}\n",
      says: ["me.yaml:2:", "llm.fallback_order", "did you mean `ollama`"]),
    Bad(
      yaml: "author: Ada\nllm: {providers: {ollama: {tempature: 1}}}\n",
      says: ["did you mean `language_model.temperature`"]),
    Bad(
      yaml: "author: Ada\nllm: {}\nlanguage_model: extractive\n", says: ["me.yaml:2:", "the only one of the two"]),
    Bad(yaml: "author: Ada\nprompts: [a]\n", says: ["me.yaml:2:", "a folder"]),
    Bad(yaml: "author: Ada\nwarehouse: foo:bar\n", says: ["me.yaml:2:", "`sqlite:`", "`mongodb://`"]),
    Bad(yaml: "author: Ada\nembedding: {model: all-MiniLM-L6-v3}\n", says: ["did you mean `all-MiniLM-L6-v2`"]),
    Bad(yaml: "author: Ada\ncrawl: {delay: 1e300s}\n", says: ["at most 24h"]),
    Bad(yaml: "author: Ada\ndataset: {formats: []}\n", says: ["a list of `alpaca`"]),
    Bad(yaml: "author: '  '\n", says: ["a name on one line"]),
    Bad(yaml: "author: Ada\nsources: [{url: 'https://a.dev', crawler: artcle}]\n", says: ["did you mean `article`"]),
    Bad(yaml: "parameters: {links: [], user_ful_name: Ada}\n", says: ["did you mean `parameters.user_full_name`"]),
  ])
  func `bad input names its place and the nearest valid name`(bad: Bad) {
    let message = message(bad.yaml)
    for words in bad.says { #expect(message.contains(words), "\(message)") }
  }

  @Test func `an .env file may come from another system`() throws {
    try folder.write("\u{FEFF}WHO=Ada\r\nTWIN_RUNS=records\r\n", to: ".env")
    let configuration = try read("author: ${WHO}\n")
    #expect(configuration.authors.first?.name == "Ada")
    #expect(configuration.runs == folder.path("records"))
    #expect(configuration.environment["TWIN_RUNS"] == "records")
  }

  @Test func `a variable that looks like a setting and is none is remarked on`() throws {
    let configuration = try read("author: Ada\n", environment: ["TWIN_CHUNKING_SIZ": "3", "TWIN_MODELS": "/m"])
    #expect(configuration.notices.count == 1)
    #expect(configuration.notices.first?.contains("TWIN_CHUNKING_SIZE") == true)
  }

  @Test func `overrides may be addresses and mappings`() throws {
    let yaml = "author: Ada\nvectors: http://localhost:6333\n"
    let mapping = try read(yaml, overrides: [("vectors", "{url: http://other:6333, api_key: k}")])
    #expect(mapping.vectors.url == "http://other:6333")
    #expect(mapping.vectors.apiKey == "k")
    #expect(try read(yaml, overrides: [("warehouse", "sqlite:/tmp/x.sqlite")]).warehouse == "sqlite:/tmp/x.sqlite")
  }

  @Test func `what a configuration shows of itself has no secrets`() throws {
    let configuration = try read(
      """
      author: Ada
      sources: ["https://user:s3cret@ada.dev/x?token=s3cret"]
      vectors: https://ada:s3cret@qdrant.example/?api_key=s3cret
      """)
    #expect(configuration.vectors.url.contains("s3cret"))
    #expect(!configuration.resolved.contains { $0.value.contains("s3cret") }, "\(configuration.resolved)")
  }

  @Test func `aliases that unfold without end are refused`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      yaml += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    #expect(message(yaml).contains("unfold"))
  }

  @Test func `a missing file says what to do`() {
    #expect(throws: ConfigurationError.self) {
      try Configuration(path: folder.path("none.yaml"), environment: [:])
    }
  }

  @Test func `the pipeline files of the LLM Engineers Handbook are read as they are`() throws {
    let etl = try read(
      """
      settings:
        docker: {parent_image: x, skip_build: True}
      parameters:
        user_full_name: Ada Example # [First Name(s)] [Last Name]
        links:
          # Blog
          - https://ada.dev/1
      """)
    #expect(etl.authors.first?.sources.map(\.location) == ["https://ada.dev/1"])
    #expect(etl.notices.count == 1)
    let both = try read(
      """
      parameters:
        author_links:
          - user_full_name: Ada Example
            links: [https://ada.dev/1]
          - user_full_name: Bob Example
            links: [https://bob.dev/1, https://bob.dev/2]
        test_split_size: 0.2
        push_to_huggingface: false
        dataset_id: ada/twin
        mock: false
      """)
    #expect(both.authors.map(\.name) == ["Ada Example", "Bob Example"])
    #expect(both.dataset.testSplit == 0.2)
    let features = try read("parameters:\n  author_full_names:\n    - Ada Example\n    - Bob Example\n")
    #expect(features.authors.map(\.name) == ["Ada Example", "Bob Example"])
    let preference = try read(
      "parameters: {dataset_type: preference, test_split_size: 0.05, push_to_huggingface: true}")
    #expect(preference.dataset.kind == "preference")
    #expect(preference.notices.contains { $0.contains("nothing is pushed") })
  }
}
