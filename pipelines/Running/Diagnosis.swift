import Foundation

/// What `twin doctor` found out about one part.
public struct Finding: Sendable, Codable, Hashable {
  /// The part, such as `warehouse`.
  public var part: String
  /// Whether it can be used.
  public var isUsable: Bool
  /// What it is and where, or what is wrong and what to do.
  public var detail: String

  enum CodingKeys: String, CodingKey {
    case part
    case isUsable = "usable"
    case detail
  }
}

extension Stores {
  /// Tries every store, model and program that the configuration needs.
  public func diagnose() async -> [Finding] {
    var findings = [
      await finding("warehouse") {
        let information = try await warehouse().information()
        return "\(information.kind) \(information.version) at \(information.location)"
      },
      await finding("vectors") {
        let store = try await vectors()
        let models = Set(try await store.models().values.map(\.name)).sorted()
        let content = models.isEmpty ? "empty" : "vectors of \(models.joined(separator: ", "))"
        return "\(store.engine) at \(store.location), \(content)"
      },
      await finding("embedding") {
        let embedder = try await embedder()
        let model = embedder.model
        let limit = model.maximumTokens < Int32.max ? ", at most \(model.maximumTokens) tokens" : ""
        guard let server = configuration.embedding.remote else {
          return "\(model.name), \(model.dimension) dimensions\(limit)"
        }
        let start = ContinuousClock.now
        _ = try await embedder.embed(queries: ["twin"])
        let milliseconds = Int((start.duration(to: .now) / .milliseconds(1)).rounded())
        return "\(model.name) at \(redactedURL(server.endpoint)), \(model.dimension) dimensions\(limit), answers in "
          + "\(milliseconds) ms"
      },
    ]
    findings += await diagnoseModels()
    findings.append(await finding("runs") { try writableFolder(configuration.runs) })
    findings.append(await finding("cache") { try cacheDetail() })
    findings.append(await finding("datasets") { try writableFolder(configuration.dataset.output) })
    for (program, purpose) in [("git", "repositories"), ("pdftotext", "PDF notes")] {
      let path = executable(program)
      // Only the sources that need the program are affected, and PDF is optional altogether.
      findings.append(
        Finding(
          part: program, isUsable: path != nil || program == "pdftotext",
          detail: path ?? "not installed: \(purpose) cannot be read"))
    }
    return findings
  }

  private func finding(_ part: String, _ check: () async throws -> String) async -> Finding {
    do {
      return Finding(part: part, isUsable: true, detail: try await check())
    } catch {
      return Finding(part: part, isUsable: false, detail: "\(error)")
    }
  }

  private func cacheDetail() throws -> String {
    let folder = try writableFolder(configuration.cache.folder)
    guard FileManager.default.fileExists(atPath: folder) else { return folder }
    let held = try configuration.resultCache.open().statistics()
    let (size, limit) = (held.bytes.formatted(.byteCount(style: .file)), configuration.cache.limit)
    return "\(folder), \(size) of at most \(limit.formatted(.byteCount(style: .file)))"
  }

  /// Whether files can be made in a folder, or in the nearest one above it that exists.
  private func writableFolder(_ path: String) throws -> String {
    var folder = URL(fileURLWithPath: path)
    while !FileManager.default.fileExists(atPath: folder.path), folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw PipelineError.notWritable(path: folder.path)
    }
    return path
  }

  private func executable(_ name: String) -> String? {
    (configuration.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile)
  }
}
