import Domain
import Foundation

/// The embedding models that run inside this process.
public enum EmbeddingModels {
  /// The sentence-transformers model of 22 million weights and 384 components.
  public static let miniLM = "all-MiniLM-L6-v2"
  /// The names that are known without a look at what is installed. All but the hash embedder are BERT encoders, read
  /// from the folder of their name.
  static let known = [miniLM, HashEmbedder.name] + ModelCatalog.models.map(\.name).filter { $0 != miniLM }

  /// The names of known models, and of those that are installed in the folder of this process's environment.
  public static let names = names(modelsFolder: folder(environment: ProcessInfo.processInfo.environment))

  /// The names that ``makeEmbedder(name:modelsFolder:precision:overLimit:prefixes:)`` knows: the well-known ones, then
  /// those of other folders with weights.
  ///
  /// - Parameter modelsFolder: where the models' folders are; see ``folder(environment:)``.
  public static func names(modelsFolder: String) -> [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: modelsFolder)) ?? []
    return known
      + folders.sorted().filter { name in
        !known.contains(name) && !name.hasPrefix(".")
          && FileManager.default.fileExists(atPath: "\(modelsFolder)/\(name)/model.safetensors")
      }
  }

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
  ///   - name: one of ``names(modelsFolder:)``.
  ///   - modelsFolder: where the models' folders are; see ``folder(environment:)``.
  ///   - precision: what a native model is computed in; the hash embedder has no say in it.
  ///   - overLimit: what becomes of texts that are too long for the model.
  ///   - prefixes: what is written before texts, where it is not to be what the model wants.
  /// - Throws: ``EmbeddingError`` when there is no such model, it is not installed, or its files are damaged, or the processor
  ///   has not what the precision needs.
  public static func makeEmbedder(
    name: String, modelsFolder: String, precision: Precision = .f32, overLimit: OverLimit = .error,
    prefixes: EmbeddingPrefixes = EmbeddingPrefixes()
  ) throws -> any Embedder {
    switch name {
    case HashEmbedder.name:
      return HashEmbedder()
    default:
      try checkName(name, modelsFolder: modelsFolder)
      return try BertEmbedder(
        folder: modelsFolder + "/" + name, name: name, precision: precision, overLimit: overLimit, prefixes: prefixes)
    }
  }

  /// - Throws: ``EmbeddingError/unknownModel(name:nearest:known:)``.
  static func checkName(_ name: String, modelsFolder: String) throws {
    let names = names(modelsFolder: modelsFolder)
    guard !names.contains(name) else { return }
    throw EmbeddingError.unknownModel(name: name, nearest: nearestName(to: name, in: names), known: names)
  }
}
