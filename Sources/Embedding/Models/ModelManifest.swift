import Foundation

/// What is known of an installed model's files: `twin-model.json` in its folder.
public struct ModelManifest: Codable, Hashable, Sendable {
  /// One file.
  public struct File: Codable, Hashable, Sendable {
    /// Its path in the folder.
    public var path: String
    /// Its size in bytes.
    public var size: Int
    /// Its SHA-256, in hexadecimal.
    public var sha256: String

    /// Describes a file.
    public init(path: String, size: Int, sha256: String) {
      (self.path, self.size, self.sha256) = (path, size, sha256)
    }
  }

  /// The file's name.
  public static let fileName = "twin-model.json"

  /// Where the files came from, such as `https://huggingface.co/BAAI/bge-small-en-v1.5`.
  public var source: String
  /// The commit or the version of them; nil if there is none.
  public var revision: String?
  /// The licence, as its source names it; nil if that says nothing.
  public var license: String?
  /// The files.
  public var files: [File]

  /// Makes a manifest.
  public init(source: String, revision: String?, license: String?, files: [File]) {
    (self.source, self.revision, self.license, self.files) = (source, revision, license, files)
  }

  /// The files of a BERT encoder that are read, by their paths; the first three are needed, of the vocabulary's either.
  public static let paths = [
    "config.json", "model.safetensors", "tokenizer.json", "vocab.txt", "tokenizer_config.json",
    "sentence_bert_config.json", "config_sentence_transformers.json", "modules.json", "1_Pooling/config.json",
  ]

  /// What is missing among the files of a model for it to be used; nil if nothing is.
  public static func missing(among paths: some Sequence<String>) -> String? {
    let present = Set(paths)
    for needed in ["config.json", "model.safetensors"] where !present.contains(needed) { return needed }
    return present.contains("tokenizer.json") || present.contains("vocab.txt") ? nil : "tokenizer.json"
  }
}
