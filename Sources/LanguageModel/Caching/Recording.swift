import HTTP

/// One line of a recording: a request's key, what it asked, and what came of it.
struct RecordedExchange: Codable {
  /// The key of the request to the model of this name, whatever its weights.
  var key: String
  var model: String
  var request: GenerationRequest
  var reply: GenerationReply?
  /// Why there was no reply; only what is about the reply is recorded, not what a server's state made of it.
  var error: LanguageModelError?

  static func key(_ request: GenerationRequest, _ name: String) -> String {
    ReplyKey(request, digest: name).hexadecimal
  }
}

/// The first words of a request's last message, for an error that names it.
func summary(of request: GenerationRequest) -> String {
  "“" + excerpt(of: Array((request.messages.last?.content ?? "").utf8)) + "”"
}
