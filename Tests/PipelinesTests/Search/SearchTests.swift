import Foundation
import Pipelines
import TestSupport
import Testing

/// Searches in a user's words, in a store that the pipelines filled.
@Suite struct SearchTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    let notes = [
      ("old", "2020-05-01", "Oars and sails", "The old ferry was rowed over the river by two brothers."),
      ("new", "2024-12-31", "Engines", "The new ferry has an engine and crosses the river in a minute."),
      ("none", "", "No date", "A ferry without a date is a ferry all the same."),
    ]
    for (name, date, title, text) in notes {
      let front = date.isEmpty ? "" : "---\ndate: \(date)\n---\n"
      try folder.write("\(front)# \(title)\n\n\(text)\n", to: "notes/\(name).md")
    }
    path = try folder.write(
      "author: Ada Example\nsources: [notes]\nembedding: {model: hash}\nsearch: {limit: 9, alpha: 0.3}\n",
      to: "twin.yaml")
  }

  private func filled() async throws -> (Stores, Configuration) {
    let configuration = try Configuration(path: path, environment: [:])
    let runner = PipelineRunner(Stores(configuration))
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    return (runner.stores, configuration)
  }

  private func names(_ hits: [SearchHit]) -> Set<String> {
    Set(hits.map { String($0.link.split(separator: "/").last ?? "") })
  }

  /// What a search that must fail says.
  private func message(_ stores: Stores, _ request: SearchRequest) async throws -> String {
    let error = await #expect(throws: SearchError.self) { try await stores.search(request) }
    return try #require(error).description
  }

  @Test func `a period has its beginning and its end in it`() async throws {
    let (stores, configuration) = try await filled()
    func found(since: String? = nil, until: String? = nil) async throws -> Set<String> {
      var request = SearchRequest("ferry", as: configuration)
      request.since = try since.map { try SearchPeriod($0) }
      request.until = try until.map { try SearchPeriod($0) }
      return names(try await stores.search(request))
    }
    #expect(try await found() == ["old.md", "new.md", "none.md"])
    #expect(try await found(since: "2020-05-01") == ["old.md", "new.md"])
    #expect(try await found(since: "2020-05-02") == ["new.md"])
    #expect(try await found(until: "2024") == ["old.md", "new.md"])
    #expect(try await found(until: "2024-12-30") == ["old.md"])
    #expect(try await found(since: "2024-12", until: "2024-12") == ["new.md"])
    #expect(try await found(since: "2024-12-31T00:00:00Z", until: "2024-12-31T00:00:00Z") == ["new.md"])
    await #expect(throws: SearchError.self) { try await found(since: "2024", until: "2020") }
  }

  @Test func `a platform or link that is not there is answered with the nearest`() async throws {
    let (stores, configuration) = try await filled()
    var request = SearchRequest("ferry", as: configuration)
    let platform = try #require(try await stores.search(request).first).platform
    request.platforms = [platform]
    #expect(try await stores.search(request).count == 3)
    request.platforms = [platform, platform + "s"]
    #expect(try await message(stores, request).contains("did you mean \(platform)?"))

    request.platforms = []
    let link = try #require(try await stores.search(request).first).link
    request.links = [link]
    #expect(Set(try await stores.search(request).map(\.link)) == [link])
    request.links = [String(link.dropLast())]
    #expect(try await message(stores, request).contains("did you mean \(link)?"))
  }

  @Test func `the configuration says how to search`() async throws {
    let configuration = try Configuration(
      path: path, environment: [:],
      overrides: [("search.fusion", "dbsf"), ("search.mode", "dense"), ("search.diversity", "0.25")])
    let request = SearchRequest("x", as: configuration)
    #expect(request.limit == 9 && request.mode == .dense && request.diversity == 0.25 && request.candidates == 100)
    #expect(request.fusion == Fusion(.distributionBased, alpha: 0.3))
    let usual = SearchRequest("x", as: try Configuration(path: path, environment: ["TWIN_SEARCH_RRF_CONSTANT": "12"]))
    #expect(usual.fusion == Fusion(.reciprocalRank(constant: 12), alpha: 0.3))
    for (key, value) in [
      ("search.alpha", "1.5"), ("search.fusion", "rrrf"), ("search.limit", "0"), ("search.mode", "fast"),
      ("search.candidates", "5000"), ("search.rrf_constant", "-1"), ("search.diversity", "much"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try Configuration(path: path, environment: [:], overrides: [(key, value)])
      }
      #expect("\(try #require(error))".contains(key))
    }
  }

  @Test func `an empty store says what to run`() async throws {
    let (stores, configuration) = try await filled()
    let vectors = try await stores.vectors()
    for category in DataCategory.allCases {
      try await vectors.delete(documents: Array(vectors.states(of: category).keys), in: category)
    }
    let request = SearchRequest("ferry", as: configuration)
    #expect(try await message(stores, request).contains("twin features"))
  }

  @Test func `an evaluation compares the modes`() async throws {
    let (stores, configuration) = try await filled()
    let queries = [
      LabelledQuery(text: "rowed by brothers", relevant: ["notes/old.md": 1], kind: "words"),
      LabelledQuery(text: "an engine", relevant: ["notes/new.md": 1], kind: "words"),
      LabelledQuery(text: "ferry", relevant: ["notes/gone.md": 1], kind: "gone"),
    ]
    let evaluation = try await stores.evaluate(queries, as: SearchRequest("", as: configuration))
    #expect(evaluation.queries == 3 && evaluation.limit == 9 && evaluation.kinds == ["words": 2, "gone": 1])
    #expect(evaluation.modes.map(\.mode) == [.dense, .keyword, .hybrid])
    #expect(evaluation.unknownLabels == ["notes/gone.md"])
    for mode in evaluation.modes {
      #expect(abs(mode.quality.recall - 2.0 / 3) < 1e-12 && mode.kinds["gone"]?.recall == 0)
      #expect(mode.milliseconds > 0)
    }
    let keyword = try #require(evaluation.modes.first { $0.mode == .keyword })
    #expect(keyword.kinds["words"]?.reciprocalRank == 1)
  }
}
