public import Foundation

extension HTTPResponse {
  /// How much of a body an error quotes, in characters.
  private static let excerptLength = 300

  /// The body as a value, if the status says success.
  ///
  /// - Throws: ``HTTPError/unexpectedStatus(url:status:excerpt:)``, ``HTTPError/unexpectedJSON(url:reason:)``.
  public func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()
  ) throws -> Value {
    try requireSuccess()
    do {
      return try decoder.decode(type, from: Data(body))
    } catch let error as DecodingError {
      throw HTTPError.unexpectedJSON(url: redactedURL(url), reason: sentence(of: error))
    }
  }

  /// Checks that the status is 200 to 299.
  ///
  /// - Throws: ``HTTPError/unexpectedStatus(url:status:excerpt:)``, with the beginning of the body, where servers say why.
  public func requireSuccess() throws {
    if !isSuccess {
      throw HTTPError.unexpectedStatus(url: redactedURL(url), status: status, excerpt: excerpt)
    }
  }

  /// The beginning of the body on one line, without control characters.
  private var excerpt: String {
    let text = String(decoding: body.prefix(4 * Self.excerptLength), as: UTF8.self)
    let visible = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
    let words = String(visible).split(separator: " ").joined(separator: " ")
    return words.count > Self.excerptLength ? words.prefix(Self.excerptLength) + "…" : words
  }
}

/// What a decoding error says, as part of a sentence.
private func sentence(of error: DecodingError) -> String {
  switch error {
  case .keyNotFound(let key, let context): "\(place(context)) has no \"\(key.stringValue)\""
  case .typeMismatch(let type, let context): "\(place(context)) is not of the type \(type)"
  case .valueNotFound(_, let context): "\(place(context)) is null"
  case .dataCorrupted(let context): "\(place(context)) is not valid"
  @unknown default: "it cannot be read"
  }
}

/// Where in the document: `choices[0].message`.
private func place(_ context: DecodingError.Context) -> String {
  let path = context.codingPath.reduce(into: "") { path, key in
    if let index = key.intValue {
      path += "[\(index)]"
    } else {
      path += path.isEmpty ? key.stringValue : "." + key.stringValue
    }
  }
  return path.isEmpty ? "the document" : path
}
