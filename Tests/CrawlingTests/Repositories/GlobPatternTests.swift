import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A pattern of paths` {
  @Test(arguments: [
    ("*.swift", "Sources/a/b.swift", true), ("*.swift", "b.swift", true), ("*.swift", "b.swift.md", false),
    ("docs", "docs/a.md", true), ("docs", "a/docs/b.md", true), ("docs", "a/docs", true), ("docs", "adocs/b", false),
    ("docs/", "docs/a.md", true), ("docs/", "a/docs", false), ("/docs", "docs/a.md", true),
    ("/docs", "a/docs/b.md", false), ("a/b", "a/b/c", true), ("a/b", "x/a/b", false),
    ("**/a/b", "x/a/b", true), ("**/a/b", "a/b", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**", "a/x", true), ("a/**", "a", false), ("**", "a/b", true), ("a/*", "a/b/c", true), ("a/*/c", "a/c", false),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
    ("[^a]x", "bx", true), ("[]x]", "]", true), ("\\*", "*", true), ("\\*", "a", false), ("a*b*c", "aXbYc", true),
    ("[", "[", true), ("ü*", "übung.md", true), ("/a/", "a/b", true), ("**/", "a", false), ("a/**/", "a/b", false),
  ])
  func `matches as in gitignore`(pattern: String, path: String, isMatch: Bool) throws {
    #expect(try #require(GlobPattern(pattern)).matches(path) == isMatch)
  }

  @Test(arguments: ["", "/", "//", String(repeating: "a", count: 1025)])
  func `must be one`(pattern: String) {
    #expect(GlobPattern(pattern) == nil)
  }

  @Test func `agrees with git on patterns of all sorts`() throws {
    let folder = try TemporaryFolder()
    try ran("git", ["init", "--quiet", folder.path("r")])
    let names = ["a", "b", "ab", "ba", "abc"]
    let paths =
      names + names.flatMap { first in names.flatMap { ["\(first)/\($0)", "\(first)/\($0)/a", "x/\(first)/\($0)"] } }
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<60 {
      let parts = ["a", "b", "*", "**", "?", "/", "[ab]", "[!a]", "c", "/", "**/"]
      let pattern = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        parts[Int.random(in: 0..<parts.count, using: &generator)]
      }.joined()
      // What git reads as nothing at all, or as two empty names, is none of ours.
      guard let glob = GlobPattern(pattern), !pattern.contains("//"), !pattern.contains("***") else { continue }
      try folder.write(pattern + "\n", to: "excludes")
      let result = try runBlocking(
        "git", ["-c", "core.excludesFile=\(folder.path("excludes"))", "check-ignore", "--no-index", "--stdin"],
        folder: folder.path("r"), input: paths.map { $0 + "\n" }.joined())
      let ignored = Set(result.output.split(separator: "\n").map(String.init))
      #expect(Set(paths.filter(glob.matches)) == ignored, "\(pattern)")
    }
  }

  @Test func `takes hostile patterns and paths in bounded steps`() throws {
    let stars = try #require(GlobPattern(String(repeating: "a*", count: 500) + "c"))
    #expect(!stars.matches(String(repeating: "a", count: 4000) + "b/"))
    let folders = try #require(GlobPattern(String(repeating: "**/a/", count: 200)))
    #expect(folders.matches(String(repeating: "a/", count: 2000)))
    #expect(!folders.matches(String(repeating: "b/a/", count: 150)))
    let corpus = ["src/**/[a-z]*.swift", "\\[x\\]/?/", "a/**"].map { Array($0.utf8) }
    for bytes in Mutations(of: corpus, words: ["**", "[", "]", "!", "\\", "/"], count: 2000, seed: 4) {
      let text = String(decoding: bytes, as: UTF8.self)
      _ = GlobPattern(text)?.matches("src/a/b.swift")
      _ = GlobPattern("src/*")?.matches(text)
    }
  }
}
