import Domain
public import Foundation

/// A set that was read from its files.
public struct WrittenDataset: Sendable {
  /// Its folder.
  public let folder: URL
  /// The set.
  public let dataset: BuiltDataset
  /// The formats of its rows.
  public let formats: [DatasetFormat]

  /// Reads the set in a folder, `<output>/<kind>`.
  ///
  /// - Throws: ``DatasetError/noSet(path:)``, ``DatasetError/unusableSet(path:reason:)``.
  public init(folder: URL) throws {
    self.folder = folder
    guard let found = try Self.reading(folder) else { throw DatasetError.noSet(path: folder.path) }
    (dataset, formats) = (found.dataset, found.formats)
  }

  /// What it is and how varied its samples are.
  public var description: DatasetDescription {
    DatasetDescription(dataset, formats: formats, statistics: DatasetStatistics(dataset))
  }

  /// The samples with their sides and scores, those to train on first.
  public var origins: [Origin] {
    zip(sideNames, [dataset.train, dataset.test]).flatMap { side, samples in
      samples.enumerated().map { Origin($1, split: side, row: $0, scores: dataset.scores[$1.id.uuidString]) }
    }
  }

  private init(_ folder: URL, _ dataset: BuiltDataset, _ formats: [DatasetFormat]) {
    self.folder = folder
    self.dataset = dataset
    self.formats = formats
  }

  /// Reads the set in a folder; nil if none was written there.
  ///
  /// - Throws: ``DatasetError/unusableSet(path:reason:)``.
  static func reading(_ folder: URL) throws -> WrittenDataset? {
    let provenance = folder.appending(path: "provenance.jsonl").path
    let present = DatasetFormat.allCases.filter { format in
      ([nil] + DataCategory.allCases).contains { category in
        sideNames.contains {
          FileManager.default.fileExists(atPath: folder.appending(path: format.fileName($0, category)).path)
        }
      }
    }
    guard FileManager.default.fileExists(atPath: provenance) else {
      if !present.isEmpty { throw DatasetError.unusableSet(path: provenance, reason: "is missing") }
      return nil
    }
    let origins: [Origin] = try decodedLines(of: provenance)
    let descriptions: [DatasetDescription] = try decodedLines(of: folder.appending(path: "dataset.json").path)
    let description = descriptions.first
    let kind = origins.first?.sample.kind ?? DatasetKind(rawValue: folder.lastPathComponent) ?? .instruction
    let sides = Dictionary(grouping: origins) { $0.split }.mapValues { $0.sorted { $0.row < $1.row }.map(\.sample) }
    let dataset = BuiltDataset(
      settings: description?.settings ?? DatasetSettings(kind: kind), train: sides["train"] ?? [],
      test: sides["test"] ?? [],
      rejected: try decodedLines(of: folder.appending(path: "rejected.jsonl").path),
      scores: origins.reduce(into: [:]) { $0[$1.sample.id.uuidString] = $1.scores }, clusters: description?.clusters,
      gates: description?.gates ?? [], style: description?.style ?? [])
    return WrittenDataset(folder, dataset, description?.formats ?? present)
  }
}

/// The values of a file of JSON lines; none if there is no file.
func decodedLines<Value: Decodable>(of path: String) throws -> [Value] {
  guard let data = FileManager.default.contents(atPath: path) else { return [] }
  let decoder = JSONDecoder()
  return try data.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
    do {
      return try decoder.decode(Value.self, from: line)
    } catch {
      throw DatasetError.unusableSet(path: path, reason: "has a line \(number + 1) that this version cannot read")
    }
  }
}
