import Domain
import Foundation

/// A model's folder among the installed ones.
public struct InstalledModel: Codable, Hashable, Sendable {
  /// The folder's name, and the model's in a configuration.
  public let name: String
  /// The folder.
  public let path: String
  /// The bytes of its files.
  public let size: Int
  /// Where its files came from; nil for a folder that was not pulled.
  public let manifest: ModelManifest?
  /// The licence, of the manifest or the catalogue.
  public let license: String?

  /// The models in a folder of models, by name. What has no weights is none.
  public static func all(in folder: String) -> [InstalledModel] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { InstalledModel(name: $0, in: folder) }
  }

  /// The model of a name; nil if it is not installed.
  public init?(name: String, in folder: String) {
    guard isModelName(name) else { return nil }
    let path = folder + "/" + name
    guard FileManager.default.fileExists(atPath: path + "/model.safetensors") else { return nil }
    self.name = name
    self.path = path
    size = ModelManifest.paths.reduce(0) { $0 + (fileSize(path + "/" + $1) ?? 0) }
    manifest = FileManager.default.contents(atPath: path + "/" + ModelManifest.fileName)
      .flatMap { try? JSONDecoder().decode(ModelManifest.self, from: $0) }
    license = manifest?.license ?? ModelCatalog.model(named: name)?.license
  }

  /// What is wrong with its files; empty if nothing is.
  ///
  /// They are compared with the manifest, byte for byte by their SHA-256, or, of a folder without one, the weights with
  /// the catalogue, and the model is loaded.
  public func problems() -> [String] {
    var problems: [String] = []
    for file in manifest?.files ?? knownWeights {
      switch hashedFile(path + "/" + file.path) {
      case nil: problems.append("\(file.path) cannot be read")
      case (let size, _)? where file.size > 0 && size != file.size:
        problems.append("\(file.path) has \(size) bytes, not \(file.size)")
      case (_, let hash)? where hash != file.sha256:
        problems.append("\(file.path) has been changed: its SHA-256 is \(hash)")
      default: break
      }
    }
    do {
      _ = try EmbeddingModels.makeEmbedder(
        name: name, modelsFolder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    } catch {
      problems.append("\(error)")
    }
    return problems
  }

  /// Removes the folder: first out of the place where models are looked for, so that no half of it is ever found.
  ///
  /// - Throws: ``EmbeddingError/cannotRead(path:reason:)`` if it cannot be removed.
  public func remove() throws {
    let hidden = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/.removed-\(name)"
    do {
      try? FileManager.default.removeItem(atPath: hidden)
      try FileManager.default.moveItem(atPath: path, toPath: hidden)
      try FileManager.default.removeItem(atPath: hidden)
    } catch {
      throw EmbeddingError.cannotRead(path: path, reason: "it cannot be removed: " + systemReason(of: error))
    }
  }

  /// Whether there is anything to compare its files with.
  public var isVerifiable: Bool { manifest != nil || !knownWeights.isEmpty }

  private var knownWeights: [ModelManifest.File] {
    ModelCatalog.model(named: name)?.weightsHash.map {
      [ModelManifest.File(path: "model.safetensors", size: 0, sha256: $0)]
    } ?? []
  }
}

/// Whether a text can be the name of a folder of models' folders: nothing that leads out of it, and nothing hidden.
public func isModelName(_ name: String) -> Bool {
  !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
    && name.utf8.allSatisfy { ($0 >= 0x21 && $0 < 0x7F) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
}

private func fileSize(_ path: String) -> Int? {
  (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
}

/// The size and the SHA-256 of a file; nil if it cannot be read.
public func hashedFile(_ path: String) -> (size: Int, sha256: String)? {
  guard let file = FileHandle(forReadingAtPath: path) else { return nil }
  defer { try? file.close() }
  var hasher = ContentHasher()
  var size = 0
  do {
    while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty {
      hasher.update([UInt8](bytes))
      size += bytes.count
    }
  } catch {
    return nil
  }
  return (size, hasher.hash.hexadecimal)
}
