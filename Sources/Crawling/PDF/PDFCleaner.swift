import Foundation

/// Makes a text of the pages that `pdftotext` writes: what belongs to the paper it was printed on goes.
struct PDFCleaner {
  let options: PDFOptions

  init(_ options: PDFOptions) {
    self.options = options
  }

  /// The text of pages that end in form feeds.
  func text(of output: String) -> String {
    var pages = output.split(separator: "\u{C}", omittingEmptySubsequences: true).map { page in
      page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.hasSuffix("\r") ? line.dropLast() : line)
      }
    }
    removeRunningHeads(&pages)
    var lines = joinedPages(pages)
    if !options.keepsReferences { lines = withoutReferences(lines) }
    if !options.keepsTables { lines = withoutTables(lines) }
    return joiningBrokenWords(lines).joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // MARK: Running heads

  /// How many lines at either end of a page may be no text of its own.
  private static let edge = 2

  /// Removes from the ends of pages what comes back on a third of them, numbers apart, and on three at least.
  private func removeRunningHeads(_ pages: inout [[String]]) {
    var counts: [String: Int] = [:]
    for page in pages {
      for shape in Set(edges(of: page).map { shape(of: page[$0]) }) { counts[shape, default: 0] += 1 }
    }
    let least = max(3, pages.count / 3)
    for index in pages.indices {
      for line in edges(of: pages[index]).sorted(by: >) {
        if counts[shape(of: pages[index][line]), default: 0] >= least { pages[index].remove(at: line) }
      }
    }
  }

  /// The places of the first and last lines that hold something.
  private func edges(of page: [String]) -> Set<Int> {
    let filled = page.indices.filter { page[$0].utf8.contains { $0 > 0x20 } }
    return Set(filled.prefix(Self.edge) + filled.suffix(Self.edge))
  }

  /// A line without what changes from page to page.
  private func shape(of line: String) -> String {
    var shape: [UInt8] = []
    for byte in line.lowercased().utf8 {
      if isDigit(byte) {
        if shape.last != UInt8(ascii: "#") { shape.append(UInt8(ascii: "#")) }
      } else if byte > 0x20 {
        shape.append(byte)
      }
    }
    return String(decoding: shape, as: UTF8.self)
  }

  /// The lines of all pages; a sentence goes on over the end of a page.
  private func joinedPages(_ pages: [[String]]) -> [String] {
    var lines: [String] = []
    for page in pages {
      let body = page.drop { isBlank($0) }
      while let last = lines.last, isBlank(last) { lines.removeLast() }
      let goesOn = lines.last.map { !endsSentence($0) } ?? true
      if !goesOn || body.first?.first?.isLowercase != true { lines.append("") }
      lines += body
    }
    return lines
  }

  private func isBlank(_ line: String) -> Bool { line.utf8.allSatisfy { $0 <= 0x20 } }

  private func endsSentence(_ line: String) -> Bool {
    line.trimmingCharacters(in: .whitespaces).last.map { ".!?:;\"”)".contains($0) } ?? true
  }

  // MARK: Broken words

  /// The longest line, in bytes, whose last word may go on: no paper is wider, and work stays linear.
  private static let longestLine = 500

  /// Joins words that were broken at the end of a line. A hyphen stays if the same word has one elsewhere.
  private func joiningBrokenWords(_ lines: [String]) -> [String] {
    var hyphenated: Set<String> = []
    for line in lines where line.utf8.contains(UInt8(ascii: "-")) {
      for word in line.split(whereSeparator: { !$0.isLetter && $0 != "-" }) where word.dropLast().contains("-") {
        hyphenated.insert(word.lowercased())
      }
    }
    var joined: [String] = []
    for line in lines {
      guard let last = joined.last, last.utf8.count < Self.longestLine, let hyphen = last.last,
        hyphen == "-" || hyphen == "\u{AD}",
        let first = line.first, first.isLowercase, last.dropLast().last?.isLetter == true
      else {
        joined.append(line)
        continue
      }
      let beginning = last.dropLast().split(whereSeparator: { !$0.isLetter && $0 != "-" }).last ?? ""
      let end = line.prefix { $0.isLetter }
      let keepsHyphen = hyphen == "-" && hyphenated.contains("\(beginning)-\(end)".lowercased())
      // The rest of the word goes up, and the rest of its line stays.
      let rest = line.dropFirst(end.count)
      let tail = rest.prefix { !$0.isWhitespace }
      joined[joined.count - 1] = (keepsHyphen ? last : String(last.dropLast())) + end + tail
      joined.append(String(rest.dropFirst(tail.count).drop { $0 == " " }))
      if joined.last == "" { joined.removeLast() }
    }
    return joined
  }

  // MARK: References

  private static let referenceHeadings: Set<String> = [
    "references", "bibliography", "works cited", "literature cited", "references and notes", "literature",
    "literatur", "literaturverzeichnis", "quellen", "bibliographie", "références", "bibliografía", "referencias",
    "bibliografia", "referências", "参考文献",
  ]
  private static let appendixHeadings = [
    "appendix", "appendices", "supplementary", "supplemental", "supporting information", "anhang", "annexe", "apéndice",
  ]

  /// Without the last list of references, up to an appendix.
  private func withoutReferences(_ lines: [String]) -> [String] {
    guard let start = lines.lastIndex(where: { Self.referenceHeadings.contains(heading($0)) }),
      // One near the beginning is a line of a table of contents.
      start * 4 > lines.count
    else { return lines }
    let end = lines[(start + 1)...].firstIndex { line in
      let heading = heading(line)
      return heading.utf8.count < 80 && Self.appendixHeadings.contains { heading.hasPrefix($0) } && !endsSentence(line)
    }
    return Array(lines[..<start]) + (end.map { Array(lines[$0...]) } ?? [])
  }

  /// A line as a heading: lower case, without its number and without a colon behind it.
  private func heading(_ line: String) -> String {
    var words = line.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" })
    if words.count > 1, let first = words.first, first.allSatisfy({ $0.isNumber || ".ivx§".contains($0) }) {
      words.removeFirst()
    }
    let text = words.joined(separator: " ")
    return text.last.map { ":.".contains($0) } == true ? String(text.dropLast()) : text
  }

  // MARK: Tables

  /// Without blocks of lines that are mostly numbers.
  private func withoutTables(_ lines: [String]) -> [String] {
    lines.split(omittingEmptySubsequences: false, whereSeparator: isBlank).filter { !isTable($0) }
      .map { Array($0) }.joined(separator: [""]).map(\.self)
  }

  private func isTable(_ block: ArraySlice<String>) -> Bool {
    let words = block.flatMap { $0.split(separator: " ") }
    guard block.count >= 3, words.count >= 4 else { return false }
    let numbers = words.count { word in
      word.contains(where: \.isNumber) && word.allSatisfy { $0.isNumber || ".,%±()+-–−×/*†".contains($0) }
    }
    return numbers * 2 >= words.count
  }
}
