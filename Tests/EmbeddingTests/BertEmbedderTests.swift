import Domain
import Foundation
import Testing
import Tokenizers

@testable import Embedding

struct BertEmbedderTests {
  let reference: TinyBertReference

  init() throws { reference = try TinyBertReference.load() }

  private func embedder(_ overLimit: OverLimit = .error) throws -> BertEmbedder {
    try BertEmbedder(folder: TinyBert.source.path, name: "tiny", overLimit: overLimit)
  }

  @Test func `vectors are those that numpy computes from the same weights`() async throws {
    let vectors = try await embedder().embed(reference.texts.map(\.text))
    #expect(vectors.count == reference.texts.count)
    for (vector, expected) in zip(vectors, reference.texts) {
      #expect(difference(vector, expected.vector) < 1e-5, "\(expected.text)")
    }
  }

  @Test func `tokens are those of the tokenizers package`() throws {
    let tokenizer = try embedder().tokenizer
    for expected in reference.texts {
      #expect(tokenizer.tokens(of: expected.text).map(\.id) == expected.ids.dropFirst().dropLast())
    }
  }

  @Test func `a vector does not depend on the texts beside it`() async throws {
    let embedder = try embedder()
    let texts = (0..<400).map { reference.texts[$0 % reference.texts.count].text }
    let together = try await embedder.embed(texts)
    #expect(together.count == texts.count)
    for (index, vector) in together.enumerated() {
      #expect(difference(vector, reference.texts[index % reference.texts.count].vector) < 1e-5)
      #expect(abs(cosine(vector, vector) - 1) < 1e-6)
    }
    #expect(try await embedder.embed([]).isEmpty)
  }

  @Test func `concurrent callers all get their own vectors`() async throws {
    let embedder = try embedder()
    try await withThrowingTaskGroup { group in
      for expected in reference.texts {
        group.addTask {
          let vectors = try await embedder.embed([expected.text])
          #expect(vectors.count == 1 && difference(vectors[0], expected.vector) < 1e-5)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `a text over the limit is an error that names it, by default`() async throws {
    let embedder = try embedder()
    let error = await #expect(throws: EmbeddingError.self) {
      try await embedder.embed(["a note", reference.long.text])
    }
    guard case .tooLong(index: 1, tokens: reference.long.tokens, limit: 24) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("text 2 ") == true)
  }

  @Test func `a text over the limit can be truncated, or averaged over windows`() async throws {
    let truncating = try embedder(.truncate)
    let truncated = try await truncating.embed(["a", reference.long.text])
    #expect(truncating.truncatedTexts == 1)
    #expect(difference(truncated[1], reference.long.truncated) < 1e-5)
    let windows = try await embedder(.windows).embed([reference.long.text, "a"])
    #expect(difference(windows[0], reference.long.windows) < 1e-5)
    #expect(difference(windows[1], truncated[0]) < 1e-5)
  }

  @Test func `a cancelled task gets no vectors`() async throws {
    let embedder = try embedder()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await embedder.embed(["a note"])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `a computation that is cancelled during its last number gives nothing`() async throws {
    let queue = ComputeQueue()
    let (started, start) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await queue.run { cancellation in
        try ComputeQueue.map(1, cancellation) { number in
          start.finish()
          while !cancellation.isCancelled { Thread.sleep(forTimeInterval: 0.001) }
          return number
        }
      }
    }
    for await _ in started {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `computations run on one thread, which does them one after the other`() async throws {
    let queue = ComputeQueue()
    let threads = try await withThrowingTaskGroup(of: pthread_t.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await queue.run { _ in
            Thread.sleep(forTimeInterval: 0.001)
            return pthread_self()
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(threads.count == 1)
  }

  @Test func `the model is described by its name and sizes`() throws {
    let model = try embedder().model
    #expect(model.name == "tiny" && model.dimension == 32 && model.maximumTokens == 24)
    #expect(model.digest.count == 64)
  }

  @Test(arguments: ["model.safetensors", "vocab.txt", "config.json"])
  func `the digest changes with each file that decides the vectors`(file: String) throws {
    let copy = try TinyBert()
    let before = try BertEmbedder(folder: copy.folder, name: "tiny").model
    #expect(before == (try embedder().model))
    switch file {
    case "model.safetensors": try copy.editBytes { $0[8192 + 7] ^= 1 }
    case "vocab.txt": try copy.editText(file, replacing: "engine", with: "motor")
    default: try copy.editText(file, replacing: "\"num_attention_heads\": 4", with: "\"num_attention_heads\": 8")
    }
    #expect(try BertEmbedder(folder: copy.folder, name: "tiny").model.digest != before.digest)
  }
}

/// The largest difference of two components.
func difference(_ left: [Float], _ right: [Float]) -> Float {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).map { abs($0 - $1) }.max() ?? 0
}
