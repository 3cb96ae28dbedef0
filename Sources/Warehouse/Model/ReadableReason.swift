import Domain

/// What a decoding or encoding error says, as words with the path of the field, and without type dumps.
func readableReason(of error: any Error) -> String {
  switch error {
  case DecodingError.typeMismatch(_, let context): "\(path(context.codingPath)): \(plain(context.debugDescription))"
  case DecodingError.valueNotFound(_, let context): "\(path(context.codingPath)): the value is missing"
  case DecodingError.keyNotFound(let key, let context): "\(path(context.codingPath + [key])): the field is missing"
  case DecodingError.dataCorrupted(let context): "\(path(context.codingPath)): \(plain(context.debugDescription))"
  case EncodingError.invalidValue(_, let context): "\(path(context.codingPath)): \(plain(context.debugDescription))"
  case let error as any CustomStringConvertible: error.description
  default: systemReason(of: error)
  }
}

private func path(_ keys: [any CodingKey]) -> String {
  keys.isEmpty ? "the document" : dottedPath(keys)
}

func dottedPath(_ keys: [any CodingKey]) -> String {
  keys.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
}

private func plain(_ description: String) -> String {
  description.hasSuffix(".") ? String(description.dropLast()) : description
}
