import Domain
import Testing
import VectorStore

/// One function makes the terms of chunks and queries for every driver, so that all find the same chunks.
@Suite struct SharedKeywordTests {
  @Test(
    arguments: Engine.available,
    [
      ("call getUserName2 first", ["getUserName2", "getusername2", "user", "NAME", "get_user_name_2"]),
      ("the snake_case_name here", ["snake_case_name", "snakeCaseName", "snake-case", "case"]),
      ("import os.path.join now", ["os.path.join", "path", "join"]),
      ("written in C++ and C#, on .NET", ["C++", "c#", ".NET", "net"]),
      ("don’t do that", ["don't", "dont", "don’t"]),
      ("Große Straße", ["GROSSE", "strasse", "Straße"]),
      ("Ёжик в тумане", ["ежик", "ЁЖИК"]),
      ("Η ΠΌΛΙΣ", ["πολις", "πόλις"]),
      ("向量数据库很快", ["数据库", "向量", "快"]),
      ("데이터베이스를 만든다", ["데이터베이스", "베이스"]),
      ("データベース", ["データ", "ﾃﾞｰﾀ"]),
    ])
  func `a chunk is found by every way to write its words`(
    engine: Engine, example: (text: String, queries: [String])
  ) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let document = Corpus.document("words")
      try await store.replaceChunks(
        of: document, with: Corpus.chunks(of: document, [(example.text, [0, 0, 0, 1])]))
      for query in example.queries {
        let hits = try await store.search(SearchQuery(text: query, mode: .keyword))
        #expect(hits.first?.documentID == document.id, "\(query)")
      }
    }
  }

  @Test(arguments: Engine.available)
  func `title and headings are found, too, and no more when they have changed`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      var document = Corpus.document("titled")
      document.title = "Zeppelin"
      func save(_ heading: String) async throws {
        var chunks = Corpus.chunks(of: document, [("plain words", [0, 0, 0, 1])])
        chunks[0].chunk.headings = [heading]
        try await store.replaceChunks(of: document, with: chunks)
      }
      func count(_ text: String) async throws -> Int {
        try await store.search(SearchQuery(text: text, mode: .keyword)).count
      }
      try await save("Airships")
      #expect(try await count("zeppelin") == 1)
      #expect(try await count("airships") == 1)
      document.title = "Balloon"
      try await save("Basket")
      #expect(try await count("zeppelin airships") == 0)
      #expect(try await count("balloon") == 1)
      #expect(try await count("basket") == 1)
    }
  }
}
