import Foundation
import LanguageModel
import TestSupport
import Testing

struct RecordingTests {
  @Test func `what was recorded is answered again, in its order, and nothing else is`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path("session.jsonl")
    let bad = LanguageModelError.truncated(model: "test/scripted", tokens: 9)
    let scripted = ScriptedModel("test/scripted", says("first"), says("second"), fails(bad), fails(down))
    let recorded = try RecordedModel(scripted, file: file)
    _ = try await recorded.generate(question("a"))
    _ = try await recorded.generate(question("a"))
    await #expect(throws: bad) { try await recorded.generate(question("b")) }
    await #expect(throws: down) { try await recorded.generate(question("c")) }

    let replayed = try ReplayedModel(file: file)
    #expect(replayed.name == "test/scripted")
    var texts: [String] = []
    for _ in 0..<3 { texts.append(try await replayed.generate(question("a")).text) }
    #expect(texts == ["first", "second", "second"])
    await #expect(throws: bad) { try await replayed.generate(question("b")) }
    let unknown = await #expect(throws: LanguageModelError.self) { try await replayed.generate(question("c")) }
    #expect(unknown?.description == "the recording \(file) has no reply to “c”. Record it anew with the model itself.")
  }

  @Test func `a recording that is none is named with its line`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("{}\n", to: "bad.jsonl")
    let error = #expect(throws: LanguageModelError.self) { try ReplayedModel(file: file) }
    #expect(error?.description.contains("line 1 is no recorded exchange") == true)
    #expect(throws: LanguageModelError.self) { try ReplayedModel(file: folder.path("absent.jsonl")) }
  }
}
