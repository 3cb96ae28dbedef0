import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A repository that was crawled before` {
  let folder: TemporaryFolder
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func crawl(
    _ repository: TestRepository, options: [String: [String]] = [:]
  ) async throws -> CrawlOutcome {
    try await RepositoryCrawler().crawl(
      CrawlSource(repository.path, options: options), author: ada, context: context(folder), remembering: memory)
  }

  private func link(_ path: String, in repository: TestRepository) -> String { "file://\(repository.path)#\(path)" }

  @Test func `gives only what changed, and not what was deleted`() async throws {
    let repository = try TestRepository(in: folder, files: ["a.txt": "a\n", "b.txt": "b\n", "c.txt": "c\n"])
    #expect(try await crawl(repository).documents.count == 3)
    try folder.write("bb\n", to: "engine/b.txt")
    try FileManager.default.removeItem(atPath: repository.path + "/c.txt")
    try repository.commit()
    let outcome = try await crawl(repository)
    #expect(outcome.documents.map(\.path) == ["b.txt"])
    #expect(outcome.unchanged == [link("a.txt", in: repository)])
    // All of it was seen, so that what is neither of these is gone.
    #expect(outcome.isExhaustive)
  }

  @Test func `gives a file that is stored no more, and one that had failed, though the others are as they were`()
    async throws
  {
    let repository = try TestRepository(in: folder, files: ["a.txt": "a\n", "b.ipynb": "{", "c.txt": "c\n"])
    #expect(try await crawl(repository).failures.count == 1)
    await memory.delete(link("c.txt", in: repository))
    let again = try await crawl(repository)
    #expect(again.documents.map(\.path) == ["c.txt"] && again.failures.count == 1 && !again.isExhaustive)
    #expect(again.unchanged == [link("a.txt", in: repository)])
    let notebook = #"{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "words"}]}"#
    try folder.write(notebook, to: "engine/b.ipynb")
    try repository.commit()
    #expect(try await crawl(repository).documents.map(\.text) == ["words"])
    #expect(try await crawl(repository) == .unchanged)
  }

  @Test func `gives a file again that is back`() async throws {
    let repository = try TestRepository(in: folder, files: ["a.txt": "a\n", "b.txt": "b\n"])
    _ = try await crawl(repository)
    await memory.take(.gone(link: link("a.txt", in: repository), why: ""))
    try repository.commit()
    #expect(try await crawl(repository).documents.map(\.path) == ["a.txt"])
  }

  @Test func `keeps a byte order mark and line ends, and knows a repository by more than its name`() async throws {
    let text = "\u{FEFF}let a = 1\r\n\tb\n"
    let repository = try TestRepository(in: folder, named: "ada/engine", files: ["a.swift": text])
    let document = try #require(try await crawl(repository).documents.first)
    #expect(Array(document.text.utf8) == Array(text.utf8))
    #expect(document.name == "engine" && document.tags == ["repository:\(repository.path)"])
    #expect(try RepositoryLocation("https://github.com/ada/engine").group == "ada/engine")
    #expect(try RepositoryLocation("https://codeberg.org/ada/engine.git").group == "codeberg.org/ada/engine")
  }

  @Test func `gives only what is included and not excluded`() async throws {
    let repository = try TestRepository(
      in: folder,
      files: ["a.swift": "a\n", "docs/a.md": "a\n", "docs/old/b.md": "b\n", "tests/c.swift": "c\n", "d.py": "d\n"])
    let options = ["include": ["*.swift", "docs/"], "exclude": ["/docs/old", "tests/**"]]
    let outcome = try await crawl(repository, options: options)
    #expect(outcome.documents.map(\.path) == ["a.swift", "docs/a.md"])
    #expect(Set(outcome.skipped.map { "\($0.count) \($0.reason)" }) == ["1 not among `include`", "2 among `exclude`"])
    #expect(outcome.isExhaustive)
    let message = await crawlError { _ = try await crawl(repository, options: ["include": ["/"]]) }
    #expect(message.contains("`/` in `include` is no pattern of paths"))
  }

  @Test func `gives only what the author's identities touched`() async throws {
    let repository = try TestRepository(in: folder, files: ["theirs.txt": "x\n", "both.txt": "x\n"])
    try folder.write("y\n", to: "engine/both.txt")
    try folder.write("y\n", to: "engine/mine ü.txt")
    try repository.commit(author: "Ada Lovelace <ADA@work.example>")
    try folder.write("z\n", to: "engine/adam.txt")
    try repository.commit(author: "Adam <notada@work.example>")
    for identity in ["ada@work.example", "Ada Lovelace"] {
      let outcome = try await crawl(repository, options: ["identities": [identity, "nobody@x.example"]])
      #expect(outcome.documents.map(\.path) == ["both.txt", "mine ü.txt"], "\(identity)")
      #expect(outcome.skipped.map(\.reason) == ["not touched by the author's `identities`"])
      #expect(outcome.skipped.map(\.count) == [2])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("work")).isEmpty)
  }

  @Test func `takes any log for what it is`() {
    let log = Array("\u{1}Ada\u{1}ada@x\u{1}\0\na\0b \u{1}\0\u{1}Bob\u{1}bob@x\u{1}\0\nc\0".utf8)
    #expect(RepositoryHistory.paths(inLog: log, touchedBy: ["ada@x"]) == ["a", "b \u{1}"])
    for bytes in Mutations(of: [log], words: ["\u{1}", "\0", "ada@x"], count: 2000, seed: 1) {
      _ = RepositoryHistory.paths(inLog: bytes, touchedBy: ["ada@x"])
      _ = TreeEntry.entries(ofListing: bytes)
      _ = Revision(listing: bytes)
    }
  }
}

extension TestRepository {
  fileprivate func commit(author: String) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "Change", "--author", author)
  }
}
