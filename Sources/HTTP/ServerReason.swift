import Foundation

/// What a server of models says about a failure, on one line of at most 200 characters: OpenAI's `{"error": {"message": …}}`,
/// Ollama's and Text Embeddings Inference's `{"error": …}`, Cohere's `{"message": …}`, or its first words.
package func serverReason(_ body: [UInt8]) -> String {
  let start = Data(body.prefix(1 << 16))
  let said =
    (try? JSONDecoder().decode(Complaint.self, from: start))?.text
    ?? String(decoding: start.prefix(400), as: UTF8.self)
  let line = excerpt(of: Array(said.utf8))
  return line.isEmpty ? "it gave no reason" : line
}

/// The first 200 characters on one line, without control characters.
package func excerpt(of bytes: [UInt8]) -> String {
  let text = String(decoding: bytes.prefix(800), as: UTF8.self)
  let visible = String(
    String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  let line = visible.split(separator: " ").joined(separator: " ")
  return line.count > 200 ? line.prefix(200) + "…" : line
}

private struct Complaint: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let text = try? container.decode(String.self, forKey: .error) {
      self.text = text
    } else if let error = try? container.nestedContainer(keyedBy: Keys.self, forKey: .error) {
      text = try error.decode(String.self, forKey: .message)
    } else {
      text = try container.decode(String.self, forKey: .message)
    }
  }

  private enum Keys: CodingKey { case error, message }
}
