/// A part of a streamed reply.
public enum GenerationPart: Hashable, Sendable {
  /// The next piece of its text.
  case text(String)
  /// The whole reply, checked; the last part.
  case reply(GenerationReply)
}
