/// The most characters of a label.
let labelLimit = 80

/// Text for one line of a drawing: what breaks lines or turns the direction of writing becomes a space, as
/// does a letter with a pile of accents, which would reach into other lines. What is longer than `limit` characters is cut.
func labelText(_ text: String, limit: Int = labelLimit) -> String {
  var label = ""
  var count = 0
  for character in text {
    guard count < limit else { return label + "…" }
    label +=
      character.unicodeScalars.count > 8 || character.unicodeScalars.contains(where: isUnfit) ? " " : "\(character)"
    count += 1
  }
  return label
}

/// Whether a scalar is a control character (of the classes Cc, Zl and Zp, or one of bidirectional formatting).
private func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
  case "\u{FFFE}", "\u{FFFF}": true
  default: false
  }
}
