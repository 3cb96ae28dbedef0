import Domain
import Testing

@testable import VectorStore

/// What is computed of scores and texts, whatever the engine.
@Suite struct RankingTests {
  private struct Hit: RankedHit {
    var id: Identifier
    var score: Double
  }

  @Test(arguments: [0.1, 0.3, 1.0 / 3, 7.7])
  func `equal scores count by half, though their mean is not quite theirs`(score: Double) {
    for count in 1...9 {
      let hits = (0..<count).map { Hit(id: Identifier("hit", ["\($0)"]), score: score) }
      let fused = Fusion(.distributionBased).fused(dense: hits, keyword: [])
      #expect(fused.map(\.score) == hits.map { _ in 0.5 })
    }
  }

  @Test func `the opposite of what was chosen is less like it than what is unrelated`() {
    let vectors: [[Float]] = [[1, 0], [0, 1], [-1, 0]]
    let chosen = mostMarginallyRelevant(scores: [1, 1, 1], vectors: vectors, diversity: 1, limit: 3)
    #expect(chosen == [0, 2, 1])
  }

  @Test(arguments: [
    ("the wi-fi is on", "wifi", ["wi-fi"]), ("the wifi is on", "wi-fi", ["wifi"]),
    ("the wi-fi is on", "fi", ["fi"]), ("C++ or C# or .NET", "c++", ["C++"]),
    ("C++ or C# or .NET", ".net c#", ["C#", ".NET"]),
    ("in C# and Go", "C", ["C"]), ("C and C++", "c++", ["C++"]), ("C and C++", "c or c++", ["C", "C++"]),
    ("soft\u{AD}ware", "software", ["soft\u{AD}ware"]),
    ("می\u{200C}خواهم رفت", "می\u{200C}خواهم", ["می\u{200C}خواهم"]), ("don’t do", "dont", ["don’t"]),
    ("数据库的", "据库", ["据库"]), ("openFile, HTTPServer", "file server", ["File", "HTTPServer"]),
  ])
  func `what matched is highlighted`(text: String, query: String, marked: [String]) {
    let bytes = Array(text.utf8)
    let ranges = highlightedRanges(of: highlightedTerms(of: query), in: text)
    #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == marked)
  }
}
