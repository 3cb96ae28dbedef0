/// The top-level declarations of a source file, as blocks.
///
/// Languages differ, but nearly all write a declaration at the left margin after a blank line and indent what is in it.
/// Closing brackets at the margin belong to what they close.
package func codeBlocks(of bytes: [UInt8]) -> [MarkdownBlock] {
  let groups = linesOf(bytes, 0..<bytes.count) { before, line in
    MarkdownLine(bytes, before) == .blank && startsDeclaration(bytes, line)
  }
  return groups.compactMap { group in
    let end = bytes[group].lastIndex { !$0.isASCIISpace }.map { $0 + 1 }
    return end.map { MarkdownBlock(kind: .indentedCode, range: group.lowerBound..<$0) }
  }
}

private func startsDeclaration(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
  guard let first = bytes[line].first else { return false }
  return !first.isASCIISpace && !"})]".utf8.contains(first)
}
