/// A help text with its example moved to the end, where a reader looks for it; the parser puts what a command says of
/// itself before its options.
func withExampleLast(_ help: String) -> String {
  var lines = help.split(separator: "\n", omittingEmptySubsequences: false)
  guard let start = lines.firstIndex(of: "EXAMPLE") else { return help }
  let end = lines[start...].firstIndex { $0.isEmpty } ?? lines.endIndex
  let example = lines[start..<end]
  lines.removeSubrange(start..<min(end + 1, lines.endIndex))
  while lines.last?.isEmpty == true { lines.removeLast() }
  return (lines + [""] + example).joined(separator: "\n")
}
