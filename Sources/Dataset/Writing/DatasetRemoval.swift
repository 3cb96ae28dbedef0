public import Domain
import Foundation

/// Takes the rows of some documents out of a set that was written.
///
/// Rows are found by `provenance.jsonl`, and the lines that stay keep their bytes. `provenance.jsonl` is replaced last:
/// after an interruption it still says which rows the other files had, and their lengths say which of them are done. So
/// to remove again completes it.
public struct DatasetRemoval: Sendable {
  /// How much goes, or went, of a set.
  public struct Report: Codable, Hashable, Sendable {
    /// What the set trains.
    public var kind: DatasetKind
    /// The folder of its files.
    public var folder: String
    /// How many samples; each is a row in the file of every format.
    public var samples = 0
    /// How many rejections.
    public var rejections = 0
  }

  private let kind: DatasetKind
  private let folder: URL
  private let origins: [Origin]
  private let rejections: [Rejection]
  private let isRemoved: @Sendable (Identifier, _ link: String, _ author: String?) -> Bool

  /// Reads what is known of the rows; nil if no set of the kind was written.
  ///
  /// - Parameters:
  ///   - output: the folder that sets are written to.
  ///   - isRemoved: whether what was made from a document goes; the author's name is nil for rejections of versions that
  ///     did not write it.
  /// - Throws: ``DatasetError/unusableSet(path:reason:)``.
  public init?(
    _ kind: DatasetKind, in output: String,
    where isRemoved: @Sendable @escaping (Identifier, _ link: String, _ author: String?) -> Bool
  ) throws {
    self.kind = kind
    self.isRemoved = isRemoved
    folder = URL(fileURLWithPath: output).appending(path: kind.rawValue)
    let provenance = folder.appending(path: "provenance.jsonl").path
    guard FileManager.default.fileExists(atPath: provenance) else {
      for (name, _) in rowFiles where FileManager.default.fileExists(atPath: folder.appending(path: name).path) {
        throw DatasetError.unusableSet(path: provenance, reason: "is missing")
      }
      return nil
    }
    origins = try decodedLines(of: provenance)
    rejections = try decodedLines(of: folder.appending(path: "rejected.jsonl").path)
  }

  /// What would go.
  public var report: Report {
    Report(
      kind: kind, folder: folder.path, samples: origins.count { isRemoved($0) },
      rejections: rejections.count { isRemoved($0) })
  }

  /// The names of the authors of the samples and rejections.
  public var authors: Set<String> {
    Set(origins.map(\.provenance.authorFullName)).union(rejections.compactMap(\.authorFullName))
  }

  /// The documents of which something goes, with their links. Older rejections of them have no author, nor have the
  /// stores such a document any more when it is gone at its source.
  public var documents: [Identifier: String] {
    var documents: [Identifier: String] = [:]
    for origin in origins where isRemoved(origin) { documents[origin.provenance.documentID] = origin.provenance.link }
    for rejection in rejections where isRemoved(rejection) { documents[rejection.documentID] = rejection.link }
    return documents
  }

  /// How many rejections stay that do not say whose they are, and of whose document there is no sample that would.
  public var unattributed: Int {
    let known = Set(origins.map(\.provenance.documentID))
    return rejections.count { $0.authorFullName == nil && !isRemoved($0) && !known.contains($0.documentID) }
  }

  /// The file of the rejections.
  public var rejectionPath: String { folder.appending(path: "rejected.jsonl").path }

  /// Replaces the files that change.
  ///
  /// - Throws: ``DatasetError``; removing again goes on.
  public func perform() throws {
    guard report.samples > 0 || report.rejections > 0 else { return }
    for (name, side) in rowFiles { try filterRows(of: folder.appending(path: name).path, side: side) }
    let formats = DatasetFormat.allCases.filter { format in
      rowFiles.contains { name, _ in
        name.hasPrefix(format.rawValue + ".")
          && FileManager.default.fileExists(atPath: folder.appending(path: name).path)
      }
    }
    let kept = rejections.filter { !isRemoved($0) }
    try replace("rejected.jsonl", with: try lines(kept))
    let counts = kept.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
    let card = datasetCard(
      kind, train: keptOrigins(of: "train").map(\.provenance), test: keptOrigins(of: "test").map(\.provenance),
      rejectionCounts: counts, formats: formats)
    try replace("README.md", with: Array(card.utf8))
    try replace("provenance.jsonl", with: try lines(sides.flatMap(renumbered)))
  }

  /// Keeps the rows of a file that stay, if it has the others still.
  private func filterRows(of path: String, side: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let rows = data.split(separator: UInt8(ascii: "\n"))
    let (all, kept) = (origins.filter { $0.split == side }, keptOrigins(of: side))
    guard rows.count != kept.count else { return }
    guard rows.count == all.count, kept.allSatisfy({ rows.indices.contains($0.row) }) else {
      throw DatasetError.unusableSet(
        path: path, reason: "has \(rows.count) rows, and provenance.jsonl knows \(all.count)")
    }
    if kept.isEmpty {
      _ = try removeFile(at: path)
    } else {
      _ = try replaceFile(at: path, with: kept.flatMap { rows[$0.row] + [UInt8(ascii: "\n")] })
    }
  }

  private func keptOrigins(of side: String) -> [Origin] {
    origins.filter { $0.split == side && !isRemoved($0) }.sorted { $0.row < $1.row }
  }

  private func renumbered(_ side: String) -> [Origin] {
    keptOrigins(of: side).enumerated().map { row, origin in
      var origin = origin
      origin.row = row
      return origin
    }
  }

  private func replace(_ name: String, with bytes: [UInt8]) throws {
    _ = try replaceFile(at: folder.appending(path: name).path, with: bytes)
  }

  private func isRemoved(_ origin: Origin) -> Bool {
    isRemoved(origin.provenance.documentID, origin.provenance.link, origin.provenance.authorFullName)
  }

  private func isRemoved(_ rejection: Rejection) -> Bool {
    isRemoved(rejection.documentID, rejection.link, rejection.authorFullName)
  }
}

private let sides = ["train", "test"]

/// Every file that may hold rows, with the side that it is of.
private let rowFiles = DatasetFormat.allCases.flatMap { format in
  sides.map { ("\(format.rawValue).\($0).jsonl", $0) }
}

/// The values of a file of JSON lines; none if there is no file.
private func decodedLines<Value: Decodable>(of path: String) throws -> [Value] {
  guard let data = FileManager.default.contents(atPath: path) else { return [] }
  let decoder = JSONDecoder()
  return try data.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
    do {
      return try decoder.decode(Value.self, from: line)
    } catch {
      throw DatasetError.unusableSet(path: path, reason: "has a line \(number + 1) that is none of twin's")
    }
  }
}
