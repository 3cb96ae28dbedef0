import Domain
import Foundation

/// Writes a dataset as files, each whole or not at all, and only where bytes changed.
///
/// `<output>/<kind>/<format>.{train,test}.jsonl` hold the rows, in the order of the samples' identifiers;
/// `provenance.jsonl` leads every row back to its place, `rejected.jsonl` lists what was left out, `README.md`
/// describes the set. A side without samples, and a format that is no longer wanted, have no file.
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
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` without formats, which would remove every row that was
  ///   written before; ``DatasetError/cannotWrite(path:reason:)``: the file it names is as it was, files before it are
  ///   written.
  public func write(_ dataset: BuiltDataset) throws -> Report {
    guard !formats.isEmpty else {
      let known = DatasetFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw DatasetError.invalidValue(key: "dataset.formats", value: "empty", expected: "one or more of \(known)")
    }
    let folder = URL(fileURLWithPath: folder(of: dataset.kind))
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw DatasetError.cannotWrite(path: folder.path, reason: systemReason(of: error))
    }
    var report = Report(changed: [], unchanged: [], removed: [])
    for file in try files(of: dataset) {
      let path = folder.appending(path: file.name).path
      if let bytes = file.bytes {
        if try replaceFile(at: path, with: bytes) { report.changed.append(path) } else { report.unchanged.append(path) }
      } else if try removeFile(at: path) {
        report.removed.append(path)
      }
    }
    return report
  }

  /// Every file that a set can have, by name; without bytes those that this one has not.
  private func files(of dataset: BuiltDataset) throws -> [(name: String, bytes: [UInt8]?)] {
    let sides = [("train", dataset.train), ("test", dataset.test)]
    var files: [(name: String, bytes: [UInt8]?)] = []
    for format in DatasetFormat.allCases {
      for (side, samples) in sides {
        let isWanted = formats.contains(format) && !samples.isEmpty
        files.append(("\(format.rawValue).\(side).jsonl", isWanted ? try lines(samples.map { Row($0, format) }) : nil))
      }
    }
    let origins = sides.flatMap { side, samples in
      samples.enumerated().map { Origin(sample: $1, split: side, row: $0) }
    }
    files.append(("provenance.jsonl", try lines(origins)))
    files.append(("rejected.jsonl", try lines(dataset.rejected)))
    files.append(("README.md", Array(datasetCard(dataset, formats: formats).utf8)))
    return files.sorted { $0.name < $1.name }
  }
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
