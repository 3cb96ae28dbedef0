import Foundation
import TestSupport
import Testing

/// `twin search`, on the sample author.
@Suite struct SearchCommandTests {
  private func filled() async throws -> SampleRun {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    return sample
  }

  private func lines(_ result: CommandResult) throws -> [[String: Any]] {
    try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private static let promised = ["id", "score", "text", "category", "author", "link", "document_id", "start", "end"]

  @Test func `hits have the promised keys, and highlights and neighbours where they belong`() async throws {
    let sample = try await filled()
    let search = try await sample.twin(
      "search", "lock that the job writes", "--json", "--limit", "4", "--neighbours", "1")
    #expect(search.status == 0 && search.error.isEmpty, "\(search)")
    let hits = try lines(search)
    #expect(hits.count == 4)
    for hit in hits {
      for key in Self.promised + ["highlights", "before", "after", "platform"] { #expect(hit[key] != nil, "\(key)") }
    }
    let hit = try #require(hits.first)
    let text = Array(try #require(hit["text"] as? String).utf8)
    let marked = try #require(hit["highlights"] as? [[Int]]).map {
      String(decoding: text[$0[0]..<$0[1]], as: UTF8.self).lowercased()
    }
    #expect(!marked.isEmpty && Set(marked).isSubset(of: ["lock", "that", "the", "job", "writes"]))

    let shown = try await sample.twin("search", "lock that the job writes", "--limit", "1", "--neighbours", "1")
    let parts = shown.output.split(whereSeparator: "⟦⟧".contains)
    #expect(parts.count == 3 && parts[1].split(whereSeparator: \.isWhitespace) == words(hit), "\(shown)")

    let grouped = try await sample.twin("search", "lock that the job writes", "--json", "--group", "document")
    let documents = try lines(grouped)
    #expect(documents.count == 5 && Set(documents.compactMap { $0["link"] as? String }).count == 5)
    for document in documents {
      for key in Self.promised + ["matches", "hits"] { #expect(document[key] != nil, "\(key)") }
    }
    let scores = documents.compactMap { $0["score"] as? Double }
    #expect(scores.count == 5 && scores == scores.sorted(by: >))
  }

  /// The words of a hit.
  private func words(_ hit: [String: Any]) -> [Substring] {
    (hit["text"] as? String ?? "").split(whereSeparator: \.isWhitespace)
  }

  @Test func `filters keep to what they name`() async throws {
    let sample = try await filled()
    func found(_ arguments: String...) async throws -> [[String: Any]] {
      let result = try await twin(
        ["search", "water", "--json", "--limit", "100", "--config", sample.config] + arguments)
      #expect(result.status == 0, "\(result)")
      return try lines(result)
    }
    let all = try await found()
    let platforms = Set(all.compactMap { $0["platform"] as? String })
    #expect(platforms.count > 2)
    for platform in platforms {
      let some = try await found("--platform", platform)
      #expect(!some.isEmpty && some.allSatisfy { $0["platform"] as? String == platform })
    }
    #expect(try await found("--platform", "medium", "--platform", "linkedin").count < all.count)
    let summer = try await found("--since", "2025-06", "--until", "2025-08")
    let dates = summer.compactMap { $0["published_at"] as? String }
    #expect(dates.count == summer.count && !dates.isEmpty)
    #expect(dates.allSatisfy { $0 >= "2025-06" && $0 < "2025-09" })
    #expect(
      try await found("--author", "Ada Example", "--category", "posts").allSatisfy {
        $0["category"] as? String == "posts"
      })
    let link = "https://ada.example/blog/small-data"
    let one = try await found("--link", link + "?utm_source=mail")
    #expect(!one.isEmpty && one.allSatisfy { $0["link"] as? String == link })
  }

  @Test func `a question of several words needs no quotes`() async throws {
    let sample = try await filled()
    let quoted = try await sample.twin("search", "small data", "--json")
    let bare = try await sample.twin("search", "small", "data", "--json")
    #expect(quoted.status == 0 && !quoted.output.isEmpty && bare.output == quoted.output, "\(bare)")
  }

  @Test func `what names nothing is a usage error with the nearest name`() async throws {
    let sample = try await filled()
    let platform = try await sample.twin("search", "tides", "--platform", "mediun")
    #expect(platform.status == 2 && platform.error.contains("did you mean medium?"), "\(platform)")
    let link = try await sample.twin("search", "tides", "--link", "https://ada.example/blog/smal-data")
    #expect(link.status == 2 && link.error.contains("did you mean https://ada.example/blog/small-data?"), "\(link)")
    let author = try await sample.twin("search", "tides", "--author", "Ada Exmple")
    #expect(author.status == 2 && author.error.contains("did you mean Ada Example?"), "\(author)")
    let file = try sample.folder.write("{\"query\": \"x\"}\n", to: "bad.jsonl")
    let labels = try await sample.twin("search", "--evaluate", file)
    #expect(labels.status == 2 && labels.error.contains("bad.jsonl:1: "), "\(labels)")
  }

  @Test func `what cannot be meant is refused before anything is opened`() async throws {
    for arguments in [
      ["x", "--alpha", "1.5"], ["x", "--diversity", "-1"], ["x", "--neighbours", "11"], ["x", "--since", "yesterday"],
      ["x", "--since", "2025", "--until", "2024"], ["x", "--fusion", "sum"], [], ["x", "--evaluate", "y"],
      [""], [" ", "--mode", "keyword"],
      ["--evaluate", "y", "--group", "document"], ["x", "--mode", "dense", "--alpha", "0.5"],
    ] {
      let result = try await twin(["search"] + arguments)
      #expect(result.status == 2, "\(arguments): \(result)")
    }
    let date = try await twin(["search", "x", "--since", "2025-13"])
    #expect(date.error.contains("2025-03-09T06:30:00Z"), "\(date)")
    let diversity = try await twin(["search", "x", "--diversity", "-1"])
    #expect(diversity.error.contains("--diversity must be from 0 to 1"), "\(diversity)")
  }

  @Test func `alpha, fusion and diversity change the order`() async throws {
    let sample = try await filled()
    func order(_ arguments: String...) async throws -> [String] {
      let result = try await twin(
        ["search", "a forecast with a pencil", "--json", "--limit", "8", "--config", sample.config] + arguments)
      #expect(result.status == 0, "\(result)")
      return try lines(result).compactMap { $0["id"] as? String }
    }
    #expect(try await order("--alpha", "1") == order("--mode", "dense"))
    #expect(try await order("--alpha", "0") == order("--mode", "keyword"))
    #expect(try await order("--diversity", "0") == order())
    #expect(try await order("--diversity", "0.9") != order())
    #expect(try await order("--fusion", "dbsf").count == 8)
  }

  @Test func `an evaluation is a table, or JSON`() async throws {
    let sample = try await filled()
    let file = packageRoot.appending(path: "data/evaluation/sample.jsonl").path
    let text = try await sample.twin("search", "--evaluate", file)
    #expect(text.status == 0 && text.error.isEmpty, "\(text)")
    for word in ["recall@5", "MRR@5", "nDCG@5", "dense", "keyword", "hybrid", "paraphrase"] {
      #expect(text.output.contains(word), "\(text)")
    }
    let json = try await sample.twin("search", "--evaluate", file, "--json", "--limit", "3")
    let report = try #require(try json.json() as? [String: Any])
    #expect(report["limit"] as? Int == 3 && (report["unknown_labels"] as? [Any])?.isEmpty == true)
    let input = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    let piped = try await twin(
      ["search", "--evaluate", "-", "--json", "--limit", "3", "--config", sample.config], input: input)
    #expect((try piped.json() as? [String: Any])?.keys == report.keys, "\(piped)")
    let flaw = try await twin(["search", "--evaluate", "-", "--config", sample.config], input: "{}")
    #expect(flaw.status == 2 && flaw.error.contains("standard input:1: "), "\(flaw)")
    let modes = try #require(report["modes"] as? [[String: Any]])
    #expect(modes.compactMap { $0["mode"] as? String } == ["dense", "keyword", "hybrid"])
    for mode in modes {
      let quality = try #require(mode["quality"] as? [String: Double])
      #expect(Set(quality.keys) == ["recall", "mrr", "ndcg"] && quality.values.allSatisfy { (0.3...1).contains($0) })
    }
  }

  /// The commands of the table in `docs/search.md`, on notes of the test's own.
  @Test func `an evaluation takes the options and settings that rank`() async throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("moon", "The moon pulls at the sea, and twice a day the water follows it."),
      ("rope", "A rope of hemp swells when it is wet, and `max_tide_height` is written on its label."),
      ("pilot", "The pilot knows the sea by its colour, and asks the moon for nothing."),
      ("bread", "Bread rises twice: once in the bowl, and once in the tin."),
    ] {
      try folder.write("# On \(name)s\n\n\(text)\n", to: "notes/\(name).md")
    }
    let sample = try SampleRun(sources: [folder.path("notes")])
    #expect(try await sample.twin("run").status == 0)
    let labels = """
      {"query": "the water follows the moon", "relevant": ["moon.md"], "kind": "words"}
      {"query": "max_tide_height", "relevant": ["rope.md"], "kind": "identifier"}
      {"query": "who knows the sea?", "relevant": {"pilot.md": 2, "moon.md": 1}}
      {"query": "rises in the tin", "relevant": ["bread.md"]}
      """
    let file = try folder.write(labels + "\n", to: "labels.jsonl")
    func quality(_ arguments: String...) async throws -> [String: [String: Double]] {
      let evaluate = ["search", "--evaluate", file, "--limit", "2", "--json", "--config", sample.config]
      let result = try await twin(evaluate + arguments)
      let report = try #require(try result.json() as? [String: Any], "\(result)")
      let modes = try #require(report["modes"] as? [[String: Any]], "\(result)")
      return try Dictionary(
        uniqueKeysWithValues: modes.map { mode in
          (try #require(mode["mode"] as? String), try #require(mode["quality"] as? [String: Double]))
        })
    }
    let builtIn = try await quality()
    #expect(builtIn["keyword"]?["recall"] == 1)
    #expect(try await quality("--fusion", "rrf", "--alpha", "0.5", "--set", "search.rrf_constant=60") == builtIn)
    for arguments in [["0.25", "rrf", "60"], ["0.75", "rrf", "60"], ["0.5", "rrf", "2"], ["0.7", "dbsf", "60"]] {
      let (alpha, fusion, constant) = (arguments[0], arguments[1], arguments[2])
      let changed = try await quality(
        "--alpha", alpha, "--fusion", fusion, "--set", "search.rrf_constant=\(constant)")
      // Only hybrid search heeds them.
      #expect(changed["dense"] == builtIn["dense"] && changed["keyword"] == builtIn["keyword"])
      #expect((changed["hybrid"]?["recall"] ?? 0) >= 0.5, "\(arguments): \(changed)")
    }
    #expect(try await quality("--alpha", "1")["hybrid"] == builtIn["dense"])
    #expect(try await quality("--alpha", "0")["hybrid"] == builtIn["keyword"])
  }

  @Test func `on a terminal the query's words are bold, and nothing in a text commands it`() async throws {
    let folder = try TemporaryFolder()
    let filler = String(repeating: "Nothing to see in this line of words at all. ", count: 20)
    try folder.write("# Bells\n\n\(filler)\n\nThe zeppelin \u{1B}[31mlanded\u{7} here.\n", to: "notes/a.md")
    let sample = try SampleRun(sources: [folder.path("notes")])
    #expect(try await sample.twin("run").status == 0)
    let arguments = ["search", "zeppelin", "--mode", "keyword", "--limit", "1", "--config", sample.config]
    let plain = try await twin(arguments)
    #expect(plain.output.contains("zeppelin") && plain.output.contains("…"), "\(plain)")
    #expect(!plain.output.contains("\u{1B}") && !plain.output.contains("\u{7}"), "\(plain)")

    let script = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    let bold = try await run(testPython, ["-c", script, twinExecutable] + arguments, environment: bareEnvironment)
    #expect(bold.output.contains("\u{1B}[1mzeppelin\u{1B}[0m"), "\(bold)")
    #expect(!bold.output.contains("\u{1B}[31m") && !bold.output.contains("\u{7}"), "\(bold)")
    let colourless = bareEnvironment.merging(["NO_COLOR": "1"]) { $1 }
    let without = try await run(testPython, ["-c", script, twinExecutable] + arguments, environment: colourless)
    #expect(without.output.contains("zeppelin") && !without.output.contains("\u{1B}"), "\(without)")
  }
}
