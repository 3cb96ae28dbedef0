public import Domain
import Preprocessing

/// What becomes of block quotes, in which stand the words of others: the setting `dataset.quotes`.
public enum QuoteUse: String, Codable, CaseIterable, Sendable {
  /// No extract holds one, so that no answer does: a model learns the author's words only.
  case leaveOut = "leave_out"
  /// They may stand between the author's paragraphs.
  case keep
}

/// Whether a document has nothing but quotes under its headings, so that none of it is the author's.
public func isAllQuoted(_ document: CleanedDocument) -> Bool {
  guard document.category != .repositories || isMarkdownFile(document.path),
    document.text.utf8.contains(UInt8(ascii: ">"))
  else { return false }
  let bytes = Array(document.text.utf8)
  let blocks = markdownBlocks(of: bytes).filter { !$0.isHeading && $0.kind != .rule }
  return !blocks.isEmpty && blocks.allSatisfy { isQuoted(bytes, $0) }
}

/// Whether a block is a quote, or holds one: as code in a quote and a list with quotes in its items do.
func isQuoted(_ bytes: [UInt8], _ block: MarkdownBlock) -> Bool {
  if block.kind == .quote { return true }
  let lines = bytes[block.range].split(separator: UInt8(ascii: "\n"))
  let first = lines.first.map { $0.drop { $0 <= 0x20 } }
  switch block.kind {
  case .fence: return first?.first == UInt8(ascii: ">")
  case .list: return lines.contains { withoutListMarks($0).first == UInt8(ascii: ">") }
  default: return false
  }
}

/// A line of a list without its indentation and the marks of its items.
private func withoutListMarks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var rest = line.drop { $0 <= 0x20 }
  while let first = rest.first {
    var mark = rest
    if "-*+".utf8.contains(first) {
      mark = rest.dropFirst()
    } else {
      mark = rest.drop { $0 >= 0x30 && $0 <= 0x39 }
      guard mark.startIndex > rest.startIndex, let end = mark.first, end == 0x2E || end == 0x29 else { return rest }
      mark = mark.dropFirst()
    }
    guard let space = mark.first, space <= 0x20 else { return rest }
    rest = mark.drop { $0 <= 0x20 }
  }
  return rest
}
