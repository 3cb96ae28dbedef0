import Domain
import Foundation

/// Writes a dataset as files, each whole or not at all, and only where bytes changed.
///
/// `<output>/<kind>/<format>.{train,test}.jsonl` and `{train,test}.parquet` hold the rows, in the order of the samples'
/// identifiers, or `<format>.<category>.…` and `<category>.….parquet` where categories have files of their own; `provenance.jsonl` has every sample whole with the place that it comes from, `rejected.jsonl` what was
/// left out, `dataset.json` and `README.md` describe the set to programs and people, and pictures (SVG) belong to the
/// latter. A side without samples, and a format that is no longer wanted, have no file.
public struct DatasetWriter: Sendable {
  /// What a writing did; paths in ascending order.
  public struct Report: Codable, Hashable, Sendable {
    /// The files that are new or have other bytes than before.
    public var changed: [String]
    /// The files that are as they were.
    public var unchanged: [String]
    /// The files that are gone.
    public var removed: [String]
  }

  private let output: String
  private let formats: [DatasetFormat]

  /// Makes a writer to the folder `output`, which is made when it is missing.
  public init(output: String, formats: [DatasetFormat]) {
    self.output = output
    self.formats = formats
  }

  /// The folder that sets of a kind are written to.
  public func folder(of kind: DatasetKind) -> String {
    URL(fileURLWithPath: output).appending(path: kind.rawValue).path
  }

  /// Writes a set.
  ///
  /// - Throws: ``DatasetError/leak(what:train:test:)`` before anything is written;
  ///   ``DatasetError/invalidValue(key:value:expected:)`` without formats, which would remove every row that was written
  ///   before; ``DatasetError/cannotWrite(path:reason:)``: the file it names is as it was, files before it are written.
  public func write(_ dataset: BuiltDataset) throws -> Report {
    guard !formats.isEmpty else {
      let known = DatasetFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw DatasetError.invalidValue(key: "dataset.formats", value: "empty", expected: "one or more of \(known)")
    }
    try dataset.checkLeaks()
    let folder = URL(fileURLWithPath: folder(of: dataset.kind))
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw DatasetError.cannotWrite(path: folder.path, reason: systemReason(of: error))
    }
    var report = Report(changed: [], unchanged: [], removed: [])
    for file in try setFiles(of: dataset, formats: formats) {
      let path = folder.appending(path: file.name).path
      if let bytes = file.bytes {
        if try replaceFile(at: path, with: bytes) { report.changed.append(path) } else { report.unchanged.append(path) }
      } else if try removeFile(at: path) {
        report.removed.append(path)
      }
    }
    report.changed.sort()
    report.unchanged.sort()
    report.removed.sort()
    return report
  }
}

/// A file of a set; without bytes one that the set has not.
struct SetFile {
  let name: String
  let bytes: [UInt8]?
}

/// The sides of a set by name, in the order in which they are told.
let sideNames = ["train", "test"]

/// Every file that a set can have. `provenance.jsonl`, which says what the others have, is the last.
func setFiles(of dataset: BuiltDataset, formats: [DatasetFormat]) throws -> [SetFile] {
  let sides = zip(sideNames, [dataset.train, dataset.test]).map { ($0, $1) }
  let rowFiles = dataset.rowFiles(in: formats)
  var files = try rowFiles.map { SetFile(name: $0.name, bytes: try rows($0.samples, $0.format, of: dataset)) }
  let present = Set(rowFiles.map(\.name))
  files += DatasetFormat.fileNames.filter { !present.contains($0) }.map { SetFile(name: $0, bytes: nil) }
  let statistics = DatasetStatistics(dataset)
  let pictures = histograms(of: dataset)
  for name in histogramNames { files.append(SetFile(name: name, bytes: pictures[name].map { Array($0.utf8) })) }
  let sizes = files.reduce(into: [:]) { $0[$1.name] = $1.bytes?.count }
  let description = DatasetDescription(dataset, formats: formats, statistics: statistics)
  files.append(SetFile(name: "dataset.json", bytes: try lines([description])))
  files.append(SetFile(name: "rejected.jsonl", bytes: try lines(dataset.rejected)))
  let card = DatasetCard(dataset, formats: formats, statistics: statistics, sizes: sizes)
  files.append(SetFile(name: "README.md", bytes: Array(card.text.utf8)))
  let origins = sides.flatMap { side, samples in
    samples.enumerated().map { Origin($1, split: side, row: $0, scores: dataset.scores[$1.id.uuidString]) }
  }
  files.append(SetFile(name: "provenance.jsonl", bytes: try lines(origins)))
  return files
}

private func rows(_ samples: [Sample], _ format: DatasetFormat, of dataset: BuiltDataset) throws -> [UInt8] {
  guard format == .parquet else { return try lines(samples.map { Row($0, format) }) }
  return try parquetFile(sampleTable(samples, kind: dataset.kind, scores: dataset.scores))
}

/// One JSON object in a line for each value, keys sorted.
func lines(_ values: [some Encodable]) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  var bytes: [UInt8] = []
  for value in values {
    bytes.append(contentsOf: try encoder.encode(value))
    bytes.append(UInt8(ascii: "\n"))
  }
  return bytes
}
