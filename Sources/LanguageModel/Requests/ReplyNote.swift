/// What had to be done so that a reply is JSON.
public enum ReplyNote: String, Codable, Hashable, Sendable {
  /// It stood between code fences.
  case codeFence = "code_fence"
  /// There was text before or behind it.
  case surroundingText = "surrounding_text"
  /// The schema was written into the prompt, since the server does not keep to it.
  case schemaInPrompt = "schema_in_prompt"
}
