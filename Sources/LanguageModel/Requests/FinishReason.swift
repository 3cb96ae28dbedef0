/// Why a reply ended. One that was cut off, or refused, is an error (``LanguageModelError/truncated(model:tokens:)``,
/// ``LanguageModelError/declined(model:reason:)``).
public enum FinishReason: String, Codable, Hashable, Sendable {
  /// The model had said all.
  case stop
  /// It came to a text that ends replies.
  case stopSequence = "stop_sequence"
  /// The server gave another reason, or none.
  case unknown

  /// What servers write; nil when they write nothing.
  init(server word: String?) {
    switch word?.lowercased() {
    case "stop", "end_turn", "complete", "eos_token", "eos": self = .stop
    case "stop_sequence": self = .stopSequence
    default: self = .unknown
    }
  }
}
