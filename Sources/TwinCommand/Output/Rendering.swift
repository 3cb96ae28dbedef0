import Foundation

/// Prints a value as one JSON document, keys in order.
func printJSON(_ value: some Encodable, pretty: Bool = true) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  encoder.dateEncodingStrategy = .iso8601
  StandardStreams.printOutput(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Lays rows out in columns as wide as their widest cell; the last column is not padded.
func table(_ rows: [[String]], header: [String]) -> String {
  let all = [header] + rows
  let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
  return all.map { row in
    zip(row, widths).enumerated().map { index, cell in
      index == row.count - 1 ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}

/// Seconds as a person reads them: `0.4 s`, `12 s`, `3 min 20 s`.
func readableDuration(_ seconds: Double) -> String {
  if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
  if seconds < 120 { return "\(Int(seconds.rounded())) s" }
  return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
}

/// A number of things with the right ending: `1 document`, `3 documents`.
func counted(_ count: Int, _ thing: String) -> String {
  count == 1 ? "1 \(thing)" : "\(count) \(thing)s"
}
