import Domain
import Foundation

/// What a push sends.
public struct HubPushPlan: Codable, Hashable, Sendable {
  /// A file of the set.
  public struct File: Codable, Hashable, Sendable {
    /// Its name in the repository.
    public var path: String
    /// How many bytes it has.
    public var bytes: Int
  }

  /// Where to.
  public var destination: HubDestination
  /// The folder of the set.
  public var folder: String
  /// How many samples.
  public var samples: Int
  /// The files, by name.
  public var files: [File]

  /// How many bytes in all.
  public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

  /// Plans to send a written set: rows, card, description, pictures and provenance.
  ///
  /// `rejected.jsonl` stays: it holds what was left out, personal data among it.
  /// - Throws: ``DatasetError/noSet(path:)`` for a set without samples, too; ``DatasetError/leak(what:train:test:)``.
  public init(_ set: WrittenDataset, to destination: HubDestination) throws {
    guard !set.dataset.samples.isEmpty else { throw DatasetError.noSet(path: set.folder.path) }
    try set.dataset.checkLeaks()
    self.destination = destination
    folder = set.folder.path
    samples = set.dataset.samples.count
    files = try Self.names.compactMap { name in
      let file = set.folder.appending(path: name)
      guard FileManager.default.fileExists(atPath: file.path) else { return nil }
      do {
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        return File(path: name, bytes: size ?? 0)
      } catch {
        throw DatasetError.unreadable(path: file.path, reason: systemReason(of: error))
      }
    }
  }

  /// Every file that is pushed if it is there; others of the repository are left alone.
  static let names =
    (DatasetFormat.fileNames + histogramNames
    + ["README.md", "dataset.json", "provenance.jsonl"]).sorted()
}
