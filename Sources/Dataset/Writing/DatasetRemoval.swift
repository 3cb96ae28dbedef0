public import Domain
import Foundation

/// Takes the samples of some documents out of a set that was written.
///
/// The set is read from `provenance.jsonl` and `rejected.jsonl`, and written again without them: rows, card, description
/// and pictures. `provenance.jsonl` is replaced last, so that after an interruption it still has all of them, and to
/// remove again completes it.
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
  private let output: String
  private let written: WrittenDataset
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
    let folder = URL(fileURLWithPath: output).appending(path: kind.rawValue)
    guard let written = try WrittenDataset.reading(folder) else { return nil }
    self.kind = kind
    self.output = output
    self.isRemoved = isRemoved
    self.written = written
  }

  /// What would go.
  public var report: Report {
    Report(
      kind: kind, folder: written.folder.path, samples: written.dataset.samples.count { isRemoved($0.provenance) },
      rejections: written.dataset.rejected.count { isRemoved($0) })
  }

  /// The names of the authors of the samples and rejections.
  public var authors: Set<String> {
    Set(written.dataset.samples.map(\.provenance.authorFullName)).union(
      written.dataset.rejected.compactMap(\.authorFullName))
  }

  /// The documents of which something goes, with their links. Older rejections of them have no author, nor have the
  /// stores such a document any more when it is gone at its source.
  public var documents: [Identifier: String] {
    var documents: [Identifier: String] = [:]
    for sample in written.dataset.samples where isRemoved(sample.provenance) {
      documents[sample.provenance.documentID] = sample.provenance.link
    }
    for rejection in written.dataset.rejected where isRemoved(rejection) {
      documents[rejection.documentID] = rejection.link
    }
    return documents
  }

  /// How many rejections stay that do not say whose they are, and of whose document there is no sample that would.
  public var unattributed: Int {
    let known = Set(written.dataset.samples.map(\.provenance.documentID))
    return written.dataset.rejected.count {
      $0.authorFullName == nil && !isRemoved($0) && !known.contains($0.documentID)
    }
  }

  /// The file of the rejections.
  public var rejectionPath: String { written.folder.appending(path: "rejected.jsonl").path }

  /// Replaces the files that change.
  ///
  /// - Throws: ``DatasetError``; removing again goes on.
  public func perform() throws {
    guard report.samples > 0 || report.rejections > 0 else { return }
    let rest = written.dataset.without({ isRemoved($0) }, rejected: { isRemoved($0) })
    let textFormats = DatasetFormat.allCases.filter { $0 != .parquet }
    let kept = rest.rowFiles(in: textFormats).reduce(into: [:]) { $0[$1.name] = $1.samples.count }
    let all = written.dataset.rowFiles(in: textFormats).reduce(into: [:]) { $0[$1.name] = $1.samples.count }
    for name in DatasetFormat.fileNames where !name.hasSuffix(".parquet") {
      let path = written.folder.appending(path: name).path
      try checkRows(of: path, all: all[name, default: 0], kept: kept[name, default: 0])
    }
    // Its examples may be of what goes; it is made again by `--few-shot`.
    _ = try removeFile(at: written.folder.appending(path: "few-shot.md").path)
    // A set whose every row is gone keeps its formats in mind.
    let formats = written.formats.isEmpty ? [DatasetFormat.alpaca] : written.formats
    _ = try DatasetWriter(output: output, formats: formats).write(rest)
  }

  /// Checks that a file has the rows that it had, or those that stay, so that nobody else's rows are overwritten.
  private func checkRows(of path: String, all: Int, kept: Int) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let count = data.count { $0 == UInt8(ascii: "\n") }
    guard count == all || count == kept else {
      throw DatasetError.unusableSet(path: path, reason: "has \(count) rows, and provenance.jsonl knows \(all)")
    }
  }

  private func isRemoved(_ provenance: Provenance) -> Bool {
    isRemoved(provenance.documentID, provenance.link, provenance.authorFullName)
  }

  private func isRemoved(_ rejection: Rejection) -> Bool {
    isRemoved(rejection.documentID, rejection.link, rejection.authorFullName)
  }
}
