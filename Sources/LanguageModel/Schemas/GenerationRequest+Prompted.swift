import HTTP
import Foundation

extension GenerationRequest {
  /// The same request with its schema in the words of the prompt, for a server that keeps to none.
  ///
  /// - Throws: ``SchemaProblem`` for a schema that replies cannot be checked for.
  func prompted() throws(SchemaProblem) -> GenerationRequest {
    guard let schema else { return self }
    let portable = try schema.portable()
    guard let text = try? String(decoding: JSONEncoder.canonical.encode(portable), as: UTF8.self) else {
      throw SchemaProblem(place: "the schema", reason: "has a number that JSON cannot write")
    }
    let rule = """
      Reply with one JSON value and nothing else: no prose around it, no code fences. It must fit this JSON Schema:
      \(text)
      """
    var request = self
    request.schema = nil
    if let index = messages.firstIndex(where: { $0.role == .system }) {
      request.messages[index].content += "\n\n" + rule
    } else {
      request.messages.insert(Message(.system, rule), at: 0)
    }
    return request
  }
}
