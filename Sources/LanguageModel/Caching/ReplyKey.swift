import Domain
import Foundation
import HTTP

/// What a reply is kept under: a hash of everything that decides it (the messages, the schema, the sampling, the model).
public struct ReplyKey: Hashable, Sendable, Codable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let hexadecimal: String

  /// Makes the key of a request.
  ///
  /// - Parameter digest: what tells the model from others, as ``LanguageModel/digest()`` gives it.
  public init(_ request: GenerationRequest, digest: String) {
    let parts: JSONValue = [
      "messages": request.messageList, "model": .string(digest),
      "schema": request.schema.map { ["name": .string($0.name), "schema": $0.schema] } ?? .null,
      "temperature": .number(request.sampling.temperature),
      "max_tokens": .number(Double(request.sampling.maximumTokens)),
      "seed": request.sampling.seed.map { .number(Double($0)) } ?? .null,
    ]
    let bytes = (try? JSONEncoder.canonical.encode(parts)) ?? Data()
    // A temperature that is no number has no JSON form: such a request still has a key of its own.
    hexadecimal = ContentHash(of: bytes.isEmpty ? Data("\(request) \(digest)".utf8) : bytes).hexadecimal
  }

  init(stored hexadecimal: String) { self.hexadecimal = hexadecimal }

  /// What a file keeps the reply under.
  var data: Data { Data(hexadecimal.utf8) }

  /// The hexadecimal digits.
  public var description: String { hexadecimal }
}
