import Domain

/// A prompt that is read from a file: front matter that names its inputs, and messages with holes for them.
///
/// ```
/// ---
/// name: rag_query
/// version: 2
/// model_family: llama3.1
/// inputs: [question, context]
/// ---
/// @system
/// Answer from the context alone.
/// @user
/// {{context}}
///
/// {{question}}
/// ```
///
/// A hole is `{{name}}`. Other braces are text, so that JSON may stand in a prompt; `\{{` is text, too. A line `@system`,
/// `@user` or `@assistant` begins a message, and `\@user` is text; without any, all of it is the user's. An input that no
/// hole takes, and a hole that no input fills, are errors when the file is read.
public struct PromptTemplate: Hashable, Sendable {
  /// The use case.
  public let name: String
  /// The version, as its author counts.
  public let version: String
  /// The models that it was written for, such as `llama3.1`; nil for all.
  public let modelFamily: String?
  /// What has to be put in, in the order of the file.
  public let inputs: [String]
  /// A hash of the file's text: what provenance names it by.
  public let hash: String
  let messages: [PromptMessage]

  /// Reads the text of a prompt file.
  ///
  /// - Parameter file: what errors call it.
  /// - Throws: ``PromptError``.
  public init(_ text: String, file: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }
    let matter = try FrontMatter(lines, file: file)
    var body = PromptBody(file: file)
    try body.read(lines, from: matter.end)
    name = matter.name
    version = matter.version
    modelFamily = matter.modelFamily
    inputs = matter.inputs.map(\.name)
    messages = body.messages
    hash = String(ContentHash(of: text).hexadecimal.prefix(16))
    for hole in body.holes where !inputs.contains(hole.name) {
      throw PromptError.unknownHole(file: file, line: hole.line, hole: hole.name, inputs: inputs)
    }
    let used = Set(body.holes.map(\.name))
    for input in matter.inputs where !used.contains(input.name) {
      let unknown = used.subtracting(inputs).sorted()
      throw PromptError.unusedInput(file: file, line: input.line, input: input.name, holes: unknown)
    }
  }

  /// The messages with the values in their holes. A value is text whatever it holds: no hole is looked for in it.
  ///
  /// - Throws: ``PromptError/missingValue(prompt:input:)``, ``PromptError/unknownValue(prompt:value:inputs:)``.
  public func render(_ values: [String: String]) throws -> [Message] {
    if let missing = inputs.first(where: { values[$0] == nil }) {
      throw PromptError.missingValue(prompt: name, input: missing)
    }
    if let unknown = values.keys.filter({ !inputs.contains($0) }).min() {
      throw PromptError.unknownValue(prompt: name, value: unknown, inputs: inputs)
    }
    return messages.map { message in
      let text = message.parts.map { part in
        switch part {
        case .text(let text): text
        case .hole(let name): values[name] ?? ""
        }
      }
      return Message(message.role, text.joined())
    }
  }
}

/// A message with holes.
struct PromptMessage: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case hole(String)
  }

  let role: Message.Role
  var parts: [Part]
}
