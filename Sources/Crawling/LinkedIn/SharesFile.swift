import Foundation

/// `Shares.csv` of a LinkedIn data export: one row for each post.
struct SharesFile: Sendable {
  /// One row, decoded.
  struct Share: Sendable, Hashable {
    /// Where the row begins.
    var line: Int
    var link: String
    var commentary: String
    var date: Date?
    var visibility: String?
  }

  /// The rows, in the order of the file.
  private(set) var shares: [Share] = []
  /// What stopped the reading before the end of the file, if anything did.
  private(set) var problem: String?

  /// Whether a file's name is that of the shares: `Shares.csv`, or `Shares_<member id>.csv` as newer exports have it.
  static func isName(_ name: String) -> Bool {
    let name = name.lowercased()
    guard name.hasPrefix("shares"), name.hasSuffix(".csv") else { return false }
    let middle = name.dropFirst(6).dropLast(4).utf8
    return middle.isEmpty
      || (middle.first == UInt8(ascii: "_") && middle.count > 1 && middle.dropFirst().allSatisfy(isDigit))
  }

  /// Reads a file. Columns are found by name, without regard to letter case.
  init(_ bytes: [UInt8]) {
    var reader = CSVReader(bytes)
    do {
      guard let header = try reader.next() else {
        problem = "it is empty"
        return
      }
      let columns = Dictionary(header.enumerated().map { ($1.lowercased(), $0) }) { first, _ in first }
      guard columns["sharelink"] != nil, columns["sharecommentary"] != nil else {
        problem = "its first line names no columns ShareLink and ShareCommentary; was the file edited?"
        return
      }
      while let row = try reader.next() {
        func value(_ column: String) -> String {
          columns[column].flatMap { row.indices.contains($0) ? row[$0] : nil } ?? ""
        }
        let link = value("sharelink").trimmingCharacters(in: .whitespaces)
        let visibility = value("visibility").trimmingCharacters(in: .whitespaces)
        shares.append(
          Share(
            line: reader.line, link: link, commentary: decodedCommentary(value("sharecommentary")),
            date: exportDate(value("date")) ?? dateOfActivity(inLink: link),
            visibility: visibility.isEmpty ? nil : visibility))
      }
    } catch {
      guard case .unclosedQuote(let line) = error else { return }
      problem = "the quote of the row on line \(line) never closes, so the rows from there on were not read"
    }
  }
}

/// The moment of `yyyy-MM-dd HH:mm:ss`, which is UTC; nil for anything else.
func exportDate(_ text: String) -> Date? {
  let numbers = text.utf8.prefix(19).split(whereSeparator: { !isDigit($0) }).compactMap { Int(Substring($0)) }
  guard numbers.count == 6, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] < 24,
    numbers[4] < 60, numbers[5] < 61
  else { return nil }
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .gmt
  return calendar.date(
    from: DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5]))
}

/// The moment that is in the number of a post: its bits from the 22nd up count milliseconds since 1970.
///
/// That is how the identifiers of LinkedIn's shares, activities and posts are made (checked against dated exports);
/// numbers that would lie before LinkedIn's first post or after 2100 are none.
func dateOfActivity(inLink link: String) -> Date? {
  let digits = link.utf8.reversed().drop { !isDigit($0) }.prefix(while: isDigit).reversed()
  guard let number = UInt64(String(decoding: Array(digits), as: UTF8.self)) else { return nil }
  let seconds = Double(number >> 22) / 1000
  return (1_050_000_000..<4_102_444_800).contains(seconds) ? Date(timeIntervalSince1970: seconds) : nil
}
