import Foundation

/// Prints a value as one JSON document, keys in order.
func printJSON(_ value: some Encodable, pretty: Bool = true) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  encoder.dateEncodingStrategy = .iso8601
  StandardStreams.printOutput(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Lays rows out in columns as wide as their widest cell. Columns in which no row has anything are left out, and no line
/// ends in spaces.
func table(_ rows: [[String]], header: [String]? = nil) -> String {
  let all = (header.map { [$0] } ?? []) + rows
  let columns = (all.first ?? []).indices.filter { column in
    rows.isEmpty || rows.contains { !$0[column].isEmpty }
  }
  let widths = columns.map { column in all.map { $0[column].count }.max() ?? 0 }
  return all.map { row in
    var line = zip(columns, widths).map { column, width in
      row[column] + String(repeating: " ", count: width - row[column].count)
    }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }.joined(separator: "\n")
}

/// Seconds as a person reads them: `0.4 s`, `12 s`, `3 min 20 s`.
func readableDuration(_ seconds: Double) -> String {
  if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
  if seconds < 120 { return "\(Int(seconds.rounded())) s" }
  return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
}

/// A count as a cell of a table, which says nothing when there is none.
func cell(_ count: Int) -> String { count == 0 ? "" : String(count) }

/// A number of bytes as a person reads it, by powers of 1000: `812 B`, `1.2 kB`, `34 MB`.
func readableSize(_ bytes: Int) -> String {
  guard bytes >= 1000 else { return "\(bytes) B" }
  var (value, unit) = (Double(bytes), "B")
  for larger in ["kB", "MB", "GB", "TB"] where value >= 999.5 { (value, unit) = (value / 1000, larger) }
  return "\(value < 9.95 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))") \(unit)"
}

/// A number of things with the right ending: `1 document`, `3 documents`.
func counted(_ count: Int, _ thing: String) -> String {
  count == 1 ? "1 \(thing)" : "\(count) \(thing)s"
}
