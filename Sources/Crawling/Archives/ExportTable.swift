import Foundation

/// A CSV file of an export, whose first line names its columns.
struct ExportTable: Sendable {
  /// One row.
  struct Row: Sendable {
    /// Where it begins in the file, from 1.
    let line: Int
    fileprivate let columns: [String: Int]
    fileprivate let fields: [String]

    /// The value of a column, whose name is lower case; empty if the row or the file has none.
    subscript(_ column: String) -> String {
      columns[column].flatMap { fields.indices.contains($0) ? fields[$0] : nil } ?? ""
    }

    /// The value without white space around it.
    func trimmed(_ column: String) -> String { self[column].trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  /// The rows, in the order of the file.
  private(set) var rows: [Row] = []
  /// What stopped the reading before the end of the file, if anything did.
  private(set) var problem: String?

  /// Reads a file. Columns are found by name, without regard to letter case; of two with one name the first one counts.
  ///
  /// - Parameter required: the columns without which the file is of no use.
  init(_ bytes: [UInt8], required: [String], escape: CSVReader.QuoteEscape = .doubling) {
    // No store takes a NUL in a text.
    var reader = CSVReader(bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes, escape: escape)
    do {
      guard let header = try reader.next() else {
        problem = "it is empty"
        return
      }
      if Self.saysThatThereIsNothing(header) { return }
      let names = header.enumerated().map { ($1.trimmingCharacters(in: .whitespaces).lowercased(), $0) }
      let columns = Dictionary(names) { first, _ in first }
      guard required.allSatisfy({ columns[$0.lowercased()] != nil }) else {
        let list = required.joined(separator: " and ")
        problem = "its first line names no \(required.count == 1 ? "column" : "columns") \(list); was the file edited?"
        return
      }
      while let row = try reader.next() { rows.append(Row(line: reader.line, columns: columns, fields: row)) }
    } catch {
      guard case .unclosedQuote(let line) = error else { return }
      problem = "the quote of the row on line \(line) never closes, so the rows from there on were not read"
    }
  }

  /// Whether the file is the one line `No conversations found`, which stands where there would be a table.
  private static func saysThatThereIsNothing(_ header: [String]) -> Bool {
    let line = header.first?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
    return header.dropFirst().allSatisfy(\.isEmpty) && line.hasPrefix("no ") && line.hasSuffix(" found")
  }
}
