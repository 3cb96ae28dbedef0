import Foundation
public import Tokenizers

extension EmbeddingModels {
  /// Loads a model's tokenizer alone, which takes its vocabulary but none of its weights.
  ///
  /// - Parameters:
  ///   - name: one of ``names(modelsFolder:)``.
  ///   - modelsFolder: where the models' folders are; see ``folder(environment:)``.
  /// - Throws: ``EmbeddingError`` when there is no such model or it is not installed, `TokenizerError` when its
  ///   vocabulary is damaged.
  public static func makeTokenizer(name: String, modelsFolder: String) throws -> any Tokenizer {
    switch name {
    case HashEmbedder.name:
      return HashEmbedder().tokenizer
    default:
      try checkName(name, modelsFolder: modelsFolder)
      let vocabulary = modelsFolder + "/" + name + "/vocab.txt"
      guard FileManager.default.fileExists(atPath: vocabulary) else {
        throw EmbeddingError.notInstalled(name: name, missing: vocabulary)
      }
      return try WordPieceTokenizer(vocabularyAt: vocabulary)
    }
  }
}
