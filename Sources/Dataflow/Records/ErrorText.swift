import Foundation

/// What an error says to people: its own description where it has one, never the dump of a Swift type.
func errorText(_ error: any Error) -> String {
  let text: String
  switch error {
  case let error as DecodingError: text = decodingText(error)
  case _ where isFoundations(error): text = systemReason(of: error)
  case let error as any CustomStringConvertible & Error: text = error.description
  case let error as any LocalizedError: text = error.errorDescription ?? caseName("\(error)")
  default: text = caseName("\(error)")
  }
  return shortened(text, to: 2000)
}

/// Foundation's errors describe themselves by their domain and code; their localized description is for people.
private func isFoundations(_ error: any Error) -> Bool {
  error is CocoaError || error is POSIXError || type(of: error) is NSError.Type
}

private func decodingText(_ error: DecodingError) -> String {
  switch error {
  case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
    .dataCorrupted(let context):
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
  @unknown default: return "the data is not as expected"
  }
}

/// An enum's case without its payload, or a struct's name without its fields, as words.
private func caseName(_ dump: String) -> String {
  var words = ""
  for character in dump.prefix(while: { $0 != "(" }) {
    if character.isUppercase, !words.isEmpty { words.append(" ") }
    words.append(character.lowercased())
  }
  return words.isEmpty ? "it failed without saying why" : words
}

/// Text cut to a length in bytes, at the end of a character, with an ellipsis where something was cut.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.utf8.count > limit else { return text }
  var end = text.utf8.index(text.startIndex, offsetBy: limit)
  while end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
  return text[..<end] + "…"
}
