/// Copies `bytes`, passing what stands outside inline code spans through `transform`.
///
/// A span opens with a run of backticks and closes with the next run of the same length (CommonMark 0.31, section 6.1);
/// after a run that nothing closes, the rest counts as code: better untouched than wrong, and linear in time.
func mappingOutsideInlineCode(
  _ bytes: [UInt8], _ transform: (ArraySlice<UInt8>, inout [UInt8]) -> Void
) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var position = 0
  while position < bytes.count {
    let start = bytes[position...].firstIndex(of: ASCII.backtick) ?? bytes.count
    if start > position { transform(bytes[position..<start], &result) }
    guard start < bytes.count else { break }
    position = endOfCodeSpan(bytes, from: start)
    result.append(contentsOf: bytes[start..<position])
  }
  return result
}

private func endOfCodeSpan(_ bytes: [UInt8], from start: Int) -> Int {
  let length = lengthOfRun(bytes, at: start)
  var position = start + length
  while let next = bytes[position...].firstIndex(of: ASCII.backtick) {
    let run = lengthOfRun(bytes, at: next)
    position = next + run
    if run == length { return position }
  }
  return bytes.count
}

private func lengthOfRun(_ bytes: [UInt8], at start: Int) -> Int {
  var end = start
  while end < bytes.count, bytes[end] == ASCII.backtick { end += 1 }
  return end - start
}
