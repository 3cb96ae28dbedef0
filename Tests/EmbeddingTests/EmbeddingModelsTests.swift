import Domain
import Embedding
import Foundation
import TestSupport
import Testing
import Tokenizers

struct EmbeddingModelsTests {
  @Test func `models are in TWIN_MODELS, else in the folder for data, else at home`() {
    let all = ["TWIN_MODELS": "/m", "XDG_DATA_HOME": "/x", "HOME": "/home/ada"]
    #expect(EmbeddingModels.folder(environment: all) == "/m")
    let xdg = all.merging(["TWIN_MODELS": ""]) { $1 }
    #expect(EmbeddingModels.folder(environment: xdg) == "/x/twin/models")
    let home = xdg.merging(["XDG_DATA_HOME": "relative"]) { $1 }
    #expect(EmbeddingModels.folder(environment: home) == "/home/ada/.local/share/twin/models")
    #expect(EmbeddingModels.folder(environment: ["HOME": "/home/ada"]) == "/home/ada/.local/share/twin/models")
  }

  @Test func `the hash model needs no weights`() throws {
    let embedder = try EmbeddingModels.makeEmbedder(name: "hash", modelsFolder: "/nowhere")
    #expect(embedder.model.name == "hash")
    #expect(embedder.tokenizer.specialTokenCount == 0)
  }

  @Test func `an unknown name is answered with the nearest, or with all`() {
    let near = #expect(throws: EmbeddingError.self) {
      try EmbeddingModels.makeEmbedder(name: "all-minilm-l6-v3", modelsFolder: "/nowhere")
    }
    #expect(near?.description.contains("did you mean all-MiniLM-L6-v2?") == true)
    let far = #expect(throws: EmbeddingError.self) {
      try EmbeddingModels.makeEmbedder(name: "word2vec", modelsFolder: "/nowhere")
    }
    #expect(far?.description.contains("all-MiniLM-L6-v2, hash") == true)
  }

  @Test func `missing weights are an error that says how to get them and how to do without`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: EmbeddingError.self) {
      try EmbeddingModels.makeEmbedder(name: EmbeddingModels.miniLM, modelsFolder: folder.url.path)
    }
    let text = error?.description ?? ""
    #expect(text.contains(folder.path("all-MiniLM-L6-v2/model.safetensors")))
    #expect(text.contains("twin model pull \(EmbeddingModels.miniLM)") && text.contains("embedding: {model: hash}"))
  }

  @Test func `any folder with weights is a model of its name`() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: TinyBert.source.path, toPath: folder.path("my-model"))
    let embedder = try EmbeddingModels.makeEmbedder(name: "my-model", modelsFolder: folder.url.path)
    #expect(embedder.model.name == "my-model")
    let tokenizer = try EmbeddingModels.makeTokenizer(name: "my-model", modelsFolder: folder.url.path)
    #expect(tokenizer.tokens(of: "the engine").map(\.id) == embedder.tokenizer.tokens(of: "the engine").map(\.id))
    let near = #expect(throws: EmbeddingError.self) {
      try EmbeddingModels.makeEmbedder(name: "my-modle", modelsFolder: folder.url.path)
    }
    #expect(near?.description.contains("did you mean my-model?") == true)
    #expect(throws: EmbeddingError.self) {
      try EmbeddingModels.makeEmbedder(name: "../my-model", modelsFolder: folder.path("my-model"))
    }
  }
}
