import Foundation
import TestSupport
import Testing

/// The one rule of the house: arrows point down. These are all the arrows between targets of ours.
private let edges: [String: Set<String>] = [
  "Domain": [],
  "Concurrency": [],
  "Dataflow": ["Concurrency"],
  "DataflowPlugin": ["SourceFingerprinting"],
  "DataflowMacros": ["Dataflow", "DataflowPlugin"],
  "SourceFingerprinting": [],
  "SourceFingerprinter": ["SourceFingerprinting"],
  "HTTP": [],
  "Storage": [],
  "BSON": [],
  "Tokenizers": [],
  "Crawling": ["Concurrency", "Domain", "HTTP"],
  "Warehouse": ["Domain", "Storage", "BSON"],
  "Preprocessing": ["Domain", "Tokenizers"],
  "Embedding": ["Concurrency", "Domain", "HTTP", "Storage", "Tokenizers"],
  "VectorStore": ["Domain", "HTTP", "Storage"],
  "LanguageModel": ["Concurrency", "Domain", "HTTP", "Storage"],
  "Dataset": ["Domain", "HTTP", "Preprocessing", "Embedding", "LanguageModel"],
  "Pipelines": [
    "Dataflow", "DataflowMacros", "Domain", "HTTP", "Storage", "Tokenizers", "Crawling", "Warehouse", "Preprocessing",
    "Embedding", "VectorStore", "LanguageModel", "Dataset",
  ],
  "TwinCommand": ["Pipelines"],
]

@Suite struct ArchitectureTests {
  @Test(arguments: edges.keys.sorted())
  func `a target imports only what the design lets it`(target: String) throws {
    let folder = packageRoot.appending(path: target == "Pipelines" ? "pipelines" : "Sources/\(target)")
    let allowed = try #require(edges[target])
    var count = 0
    for file in swiftFiles(in: folder) {
      count += 1
      for imported in try importedModules(of: file) where edges[imported] != nil {
        #expect(allowed.contains(imported), "\(file.lastPathComponent) imports \(imported)")
      }
    }
    #expect(count > 0)
  }

  @Test func `the manifest has just the edges of the design`() throws {
    let manifest = try String(contentsOf: packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    for (target, allowed) in edges {
      #expect(try dependencies(of: target, in: manifest) == allowed, "\(target)")
    }
  }

  @Test func `no target has unsafe flags unless the environment asks for them`() throws {
    let manifest = try String(contentsOf: packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    for line in manifest.split(separator: "\n") where line.contains("unsafeFlags") {
      #expect(line.contains("toolchainSyntax.map"), "\(line)")
    }
  }

  /// The targets of ours among the dependencies that the manifest declares for `target`.
  private func dependencies(of target: String, in manifest: String) throws -> Set<String> {
    // A list that does not fit on the line stands on the next one.
    let starts = ["library(\"\(target)\", [", "library(\n      \"\(target)\", [", "name: \"\(target)\","]
    let found = starts.compactMap { manifest.firstRange(of: $0)?.upperBound }
    let start = try #require(found.first)
    let end = try #require(manifest[start...].firstIndex(of: "]"))
    let words = manifest[start..<end].split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
      $0.offset % 2 == 1
    }
    return Set(words.map { String($0.element) }).intersection(edges.keys)
  }

  private func swiftFiles(in folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  private func importedModules(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 2, words.count > index + 1 else { return nil }
      return String(words[index + 1].prefix { $0 != "." })
    }
  }
}
