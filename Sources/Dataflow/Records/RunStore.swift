public import Foundation

/// The records of runs, in a folder: `<run id>/run.json` and `<run id>/artifacts/<name>.json`.
public struct RunStore: Sendable {
  /// A folder in a store that holds no readable record, such as one that was torn or is none of ours.
  public struct Unreadable: Sendable, Hashable {
    /// The folder's name.
    public let name: String
    /// Why its record cannot be read.
    public let reason: String
  }

  /// Where the records are.
  public let folder: URL

  /// A store in a folder, which is made when the first record is written.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// The runs, the newest first, and the folders on the way that could not be read.
  ///
  /// Only as many records are read as are asked for, so that the last few of many thousands are there at once.
  ///
  /// - Parameters:
  ///   - limit: the most runs; nil for all.
  ///   - pipeline: whose runs; nil for those of all pipelines.
  public func list(limit: Int? = nil, pipeline: String? = nil) -> (runs: [RunRecord], unreadable: [Unreadable]) {
    var runs: [RunRecord] = []
    var unreadable: [Unreadable] = []
    for name in entryNames() {
      if let limit, runs.count >= limit { break }
      do {
        let run = try read(name)
        if pipeline == nil || run.pipeline == pipeline { runs.append(run) }
      } catch {
        if isWorthReporting(name) { unreadable.append(Unreadable(name: name, reason: errorText(error))) }
      }
    }
    return (runs, unreadable)
  }

  /// The run whose id is, or alone begins with, `id`.
  ///
  /// - Throws: ``DataflowError/unknownRun(id:folder:)``, ``DataflowError/ambiguousRun(prefix:candidates:)``, or
  ///   ``DataflowError/recordUnreadable(path:reason:)``.
  public func load(_ id: String) throws -> RunRecord {
    let wanted = id.lowercased()
    let candidates = entryNames().filter { $0.hasPrefix(wanted) && isFolder($0) }
    guard !wanted.isEmpty, let first = candidates.first else {
      throw DataflowError.unknownRun(id: id, folder: folder.path)
    }
    if candidates.contains(wanted) { return try read(wanted) }
    guard candidates.count == 1 else { throw DataflowError.ambiguousRun(prefix: id, candidates: candidates) }
    return try read(first)
  }

  /// What lies in the store and is not hidden, the newest run first; files of others may be among it.
  func entryNames() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted(by: >)
  }

  /// The record in a folder, as ``RunStatus/interrupted`` if its run is no longer under way without having ended.
  ///
  /// - Throws: ``DataflowError/recordUnreadable(path:reason:)``.
  func read(_ name: String) throws -> RunRecord {
    let record = try decode(RunRecord.self, in: name)
    guard record.status == .running, isAbandoned(name, record.environment) else { return record }
    // The run may have ended between the two looks, and then its record says so by now.
    var second = try decode(RunRecord.self, in: name)
    if second.status == .running { second.status = .interrupted }
    return second
  }

  /// Reads a record, or the part of it that a type has.
  ///
  /// - Throws: ``DataflowError/recordUnreadable(path:reason:)``.
  func decode<Part: Decodable>(_ type: Part.Type, in name: String) throws -> Part {
    let path = path("\(name)/run.json")
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return try recordDecoder().decode(Versioned<Part>.self, from: data).part
    } catch let error as NewerVersion {
      throw DataflowError.recordUnreadable(
        path: path, reason: "it has schema version \(error.version), newer than this program")
    } catch {
      throw DataflowError.recordUnreadable(path: path, reason: errorText(error))
    }
  }

  /// The path of something in the store.
  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  func isFolder(_ name: String) -> Bool {
    var isFolder = ObjCBool(false)
    return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Whether people should hear that a folder has no readable record: not of one that was removed meanwhile, nor of a
  /// run that did not get as far as its record.
  private func isWorthReporting(_ name: String) -> Bool {
    isFolder(name) && (hasRecord(name) || !FileManager.default.fileExists(atPath: markPath(name)))
  }
}

/// A record, read only once its version is known to be one that this program knows: a newer one may not decode at all,
/// and then its version is what people should hear of.
private struct Versioned<Part: Decodable>: Decodable {
  enum CodingKeys: String, CodingKey {
    case version = "schema_version"
  }

  var part: Part

  init(from decoder: any Decoder) throws {
    let version = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .version)
    guard version <= RunRecord.currentSchemaVersion else { throw NewerVersion(version: version) }
    part = try Part(from: decoder)
  }
}

private struct NewerVersion: Error {
  var version: Int
}
