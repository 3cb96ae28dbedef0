import Foundation

/// What a server says about a failure: OpenAI's `{"error": {"message": …}}`, Ollama's and Text Embeddings Inference's
/// `{"error": …}`, Cohere's `{"message": …}`, or its first words.
struct ServerComplaint: Decodable {
  let text: String

  init(_ body: [UInt8]) {
    let start = Data(body.prefix(1 << 16))
    let said =
      (try? JSONDecoder().decode(ServerComplaint.self, from: start))?.text
      ?? String(decoding: start.prefix(400), as: UTF8.self)
    let visible = String(
      String.UnicodeScalarView(said.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    let line = visible.split(separator: " ").joined(separator: " ")
    text = line.isEmpty ? "it gave no reason" : line.count > 200 ? line.prefix(200) + "…" : line
  }

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
