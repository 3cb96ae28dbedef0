import Domain
import Embedding
import Testing

struct HashEmbedderTests {
  let embedder = HashEmbedder()

  @Test func `gives one vector of length one per text, in order, also for texts without words`() async throws {
    let texts = ["the analytical engine", "", " \n", "!?", "東京", String(repeating: "long text ", count: 20_000)]
    let vectors = try await embedder.embed(texts)
    #expect(vectors.count == texts.count)
    for vector in vectors {
      #expect(vector.count == embedder.model.dimension)
      #expect(abs(cosine(vector, vector) - 1) < 1e-5)
    }
    #expect(vectors[1] == vectors[2])
    #expect(try await embedder.embed([texts[0]]) == [vectors[0]])
    #expect(try await embedder.embed([]).isEmpty)
  }

  @Test func `texts that share words are nearer than texts that do not`() async throws {
    let vectors = try await embedder.embed([
      "the engine weaves algebraic patterns", "The engine weaves patterns of algebra!", "fresh bread from the oven",
    ])
    #expect(cosine(vectors[0], vectors[1]) > 0.4)
    #expect(cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2]) + 0.2)
  }

  @Test func `the order of words counts, their case and accents do not`() async throws {
    let vectors = try await embedder.embed(["ada met charles", "charles met ada", "ÀDA Met Chârles"])
    #expect(vectors[0] != vectors[1])
    #expect(vectors[0] == vectors[2])
  }

  @Test func `a vector is the same on every machine and in every process`() async throws {
    let vector = try await embedder.embed(["note"])[0]
    // One word sets one component. Computed by hand from the FNV-1a hash and MurmurHash3's last steps.
    #expect(vector.firstIndex { $0 != 0 } == expectedIndex)
    #expect(vector[expectedIndex] == expectedSign)
  }

  private let expectedIndex = 290
  private let expectedSign: Float = 1
}
