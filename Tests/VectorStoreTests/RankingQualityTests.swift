import Foundation
import Testing
import VectorStore

@Suite struct RankingQualityTests {
  /// Chunks of the documents `a`, `b`, … in this order.
  private func hits(_ documents: String) throws -> [SearchHit] {
    let json = documents.enumerated().map { index, name in
      """
      {"id": "chunk-\(index)", "score": 1, "text": "", "category": "articles", "author": "", "platform": "",
       "link": "https://ada.dev/posts/\(name)", "document_id": "document-\(name)", "start": 0, "end": 0,
       "highlights": []}
      """
    }
    return try JSONDecoder().decode([SearchHit].self, from: Data("[\(json.joined(separator: ","))]".utf8))
  }

  private func quality(_ documents: String, _ relevant: [String: Double], at cutoff: Int = 5) throws -> RankingQuality {
    RankingQuality(of: try hits(documents), for: LabelledQuery(text: "", relevant: relevant), cutoff: cutoff)
  }

  @Test func `the best ranking has ones`() throws {
    let perfect = try quality("abc", ["posts/a": 2, "posts/b": 1])
    #expect(perfect == RankingQuality(meanOf: [perfect, perfect]))
    #expect(perfect.recall == 1 && perfect.reciprocalRank == 1 && perfect.ndcg == 1)
    let nothing = try quality("xyz", ["posts/a": 1])
    #expect(nothing.recall == 0 && nothing.reciprocalRank == 0 && nothing.ndcg == 0)
  }

  @Test func `figures are as the formulas say`() throws {
    let found = try quality("xaab", ["posts/a": 1, "posts/b": 3, "posts/c": 1])
    #expect(abs(found.recall - 2.0 / 3) < 1e-12)
    #expect(found.reciprocalRank == 0.5)
    // Gains 0, 1, 0 (found before), 7; at best 7, 1, 1.
    let gained = 1 / log2(3.0) + 7 / log2(5.0)
    let ideal = 7 + 1 / log2(3.0) + 1 / log2(4.0)
    #expect(abs(found.ndcg - gained / ideal) < 1e-12)
  }

  @Test func `only the first hits count`() throws {
    let cut = try quality("xxa", ["posts/a": 1], at: 2)
    #expect(cut.recall == 0 && cut.reciprocalRank == 0)
    // More labels than hits: the best that could be is still 1.
    let full = try quality("ab", ["posts/a": 1, "posts/b": 1, "posts/c": 1], at: 2)
    #expect(full.ndcg == 1 && abs(full.recall - 2.0 / 3) < 1e-12)
  }

  @Test func `a label is an identifier, a link, or its end after a slash or hash`() throws {
    for label in ["chunk-0", "document-a", "https://ada.dev/posts/a", "posts/a", "a"] {
      #expect(try quality("a", [label: 1]).recall == 1, "\(label)")
    }
    for label in ["osts/a", "posts", "document", "/a", ""] {
      #expect(try quality("a", [label: 1]).recall == 0, "\(label)")
    }
    #expect(LabelledQuery.names("src/a.py", link: "file:///x.bundle#src/a.py"))
  }

  @Test func `a label with words counts only at a hit that holds them`() throws {
    var found = try hits("aab")
    found[1].text = "It does not know\n  the wind."
    let query = LabelledQuery(text: "", relevant: ["posts/a": 1], passages: ["posts/a": "not know the wind"])
    let quality = RankingQuality(of: found, for: query, cutoff: 5)
    #expect(quality.recall == 1 && quality.reciprocalRank == 0.5)
    #expect(RankingQuality(of: [found[0], found[2]], for: query, cutoff: 5).recall == 0)
  }

  @Test func `means are over queries`() throws {
    let mean = RankingQuality(meanOf: [try quality("a", ["a": 1]), try quality("b", ["a": 1])])
    #expect(mean.recall == 0.5 && mean.reciprocalRank == 0.5 && mean.ndcg == 0.5)
    #expect(RankingQuality(meanOf: []).ndcg == 0)
  }
}
