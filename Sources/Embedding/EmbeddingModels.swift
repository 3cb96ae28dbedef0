import Domain
import Foundation

/// The embedding models that run inside this process.
public enum EmbeddingModels {
  /// The sentence-transformers model of 22 million weights and 384 components.
  public static let miniLM = "all-MiniLM-L6-v2"
  /// The names that ``makeEmbedder(name:modelsFolder:overLimit:)`` knows.
  public static let names = [miniLM, HashEmbedder.name]

  /// The folder with a folder of weights for each model, of its name: `TWIN_MODELS`, else
  /// `$XDG_DATA_HOME/twin/models`, else `~/.local/share/twin/models`.
  ///
  /// - Parameter environment: the environment's variables; an empty one counts as not set, and so does a relative
  ///   `XDG_DATA_HOME` (XDG Base Directory Specification 0.8).
  public static func folder(environment: [String: String]) -> String {
    if let folder = environment["TWIN_MODELS"], !folder.isEmpty { return folder }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/twin/models" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/twin/models"
  }

  /// Loads a model by its name in a configuration.
  ///
  /// - Parameters:
  ///   - name: one of ``names``.
  ///   - modelsFolder: where the models' folders are; see ``folder(environment:)``.
  ///   - overLimit: what becomes of texts that are too long for the model.
  /// - Throws: ``EmbeddingError`` when there is no such model, it is not installed, or its files are damaged.
  public static func makeEmbedder(
    name: String, modelsFolder: String, overLimit: OverLimit = .error
  ) throws -> any Embedder {
    switch name {
    case HashEmbedder.name:
      return HashEmbedder()
    case miniLM:
      return try BertEmbedder(folder: modelsFolder + "/" + name, name: name, overLimit: overLimit)
    default:
      throw EmbeddingError.unknownModel(name: name, nearest: nearestName(to: name, in: names), known: names)
    }
  }
}
