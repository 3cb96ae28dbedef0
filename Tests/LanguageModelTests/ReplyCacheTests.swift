import Foundation
import LanguageModel
import TestSupport
import Testing

struct ReplyCacheTests {
  private let folder: TemporaryFolder
  private let cache: ReplyCache

  init() throws {
    folder = try TemporaryFolder()
    cache = try ReplyCache(path: folder.path("replies.sqlite"))
  }

  @Test func `the same request is answered once, also after the file was closed`() async throws {
    let usage = TokenUsage(prompt: 3, completion: 4)
    let first = ScriptedModel("test/scripted", says("yes", usage: usage))
    let meter = ModelMeter()
    let model = CachedModel(first, cache: cache, meter: meter)
    let fresh = try await model.generate(question())
    let pieces = Pieces()
    let kept = try await model.generate(question()) { pieces.add($0) }
    #expect(!fresh.isCached && kept.isCached)
    #expect(kept.text == "yes" && kept.usage == usage && kept.model == "test/scripted")
    #expect(pieces.all == ["yes"])
    #expect(first.requests.count == 1)
    #expect(meter.usage.first?.cached == 1 && meter.usage.first?.requests == 0)
    let second = ScriptedModel("test/scripted", says("no"))
    let reopened = CachedModel(second, cache: try ReplyCache(path: folder.path("replies.sqlite")))
    #expect(try await reopened.generate(question()).text == "yes")
    #expect(second.requests.isEmpty)
  }

  @Test func `whatever decides a reply makes another key, and what it is about does not`() {
    var requests = [question("a"), question("b")]
    for _ in 0..<4 { requests.append(question("a")) }
    requests[2].sampling.temperature = 0.1
    requests[3].sampling.seed = nil
    requests[4].sampling.maximumTokens = 7
    requests[5].schema = ResponseSchema(name: "s", schema: ["type": "object"])
    var system = question("a")
    system.messages[0].role = .system
    requests.append(system)
    var keys = Set(requests.map { ReplyKey($0, digest: "m@1") })
    keys.insert(ReplyKey(question("a"), digest: "m@2"))
    #expect(keys.count == requests.count + 1)
    var named = question("a")
    named.subject = "document-1"
    #expect(ReplyKey(named, digest: "m@1") == ReplyKey(question("a"), digest: "m@1"))
  }

  @Test func `whoever asks for it is answered anew, and that is kept`() async throws {
    let scripted = ScriptedModel("test/scripted", says("old"), says("new"))
    _ = try await CachedModel(scripted, cache: cache).generate(question())
    let refreshing = CachedModel(scripted, cache: cache, refreshes: true)
    #expect(try await refreshing.answered(among: [question()]).isEmpty)
    #expect(try await refreshing.generate(question()).text == "new")
    #expect(try await CachedModel(scripted, cache: cache).generate(question()).text == "new")
    #expect(scripted.requests.count == 2)
  }

  @Test func `a failure is not kept`() async throws {
    let scripted = ScriptedModel("test/scripted", fails(down), says("yes"))
    let model = CachedModel(scripted, cache: cache)
    await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    #expect(try await !model.generate(question()).isCached)
  }

  @Test func `a plan is told which requests would cost nothing`() async throws {
    let model = CachedModel(ScriptedModel("test/scripted", says("yes")), cache: cache)
    _ = try await model.generate(question("b"))
    #expect(try await model.answered(among: [question("a"), question("b"), question("c")]) == [1])
  }

  @Test func `what was made of a document is forgotten with it`() async throws {
    let echo = ScriptedModel("test/scripted", { GenerationReply(text: "of \($0.messages[0].content)") })
    let model = CachedModel(echo, cache: cache)
    for (text, subject) in [("a", "d1"), ("b", "d1"), ("c", "d2"), ("d", nil)] {
      var request = question(text)
      request.subject = subject
      _ = try await model.generate(request)
    }
    #expect(try await cache.count(subjects: ["d1", "d3"]) == 3)
    #expect(try await cache.forget(subjects: ["d1", "d3"]) == 3)
    #expect(try await model.answered(among: ["a", "b", "c", "d"].map { question($0) }) == [2])
    for suffix in ["", "-wal"] {
      let bytes = FileManager.default.contents(atPath: folder.path("replies.sqlite" + suffix)) ?? Data()
      #expect(bytes.ranges(of: Data("of a".utf8)).isEmpty)
    }
    #expect(try await cache.size().count == 1)
  }

  @Test func `the cache stays within its limit, and what is stored again counts once`() async throws {
    let small = try ReplyCache(path: folder.path("small.sqlite"), limit: 20_000)
    let text = String(repeating: "x", count: 1000)
    for number in 0..<60 {
      try await small.store(GenerationReply(text: text), for: ReplyKey(question("\(number)"), digest: "m"))
    }
    #expect(try await (10_000...20_000).contains(small.size().bytes))
    let before = try await small.size()
    let key = ReplyKey(question("59"), digest: "m")
    for _ in 0..<5 { try await small.store(GenerationReply(text: text), for: key) }
    #expect(try await small.size() == before)
  }
}
