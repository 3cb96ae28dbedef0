import Domain
import LanguageModel

/// What a model is asked for the pairs of an extract, and the shape of its reply.
struct PairPrompt: Sendable {
  /// The use case whose prompt makes a kind of set.
  static func useCase(_ kind: DatasetKind) -> String { "\(kind.rawValue)_pairs" }

  /// What a prompt may have as inputs; it must have the extract.
  private static let inputs = ["author", "title", "section", "extract", "pairs"]

  let kind: DatasetKind
  let pairs: Int
  private let template: PromptTemplate

  /// - Throws: `PromptError` for a prompt that does not take the extract, or wants something else.
  init(kind: DatasetKind, pairs: Int, template: PromptTemplate) throws {
    if let unknown = template.inputs.first(where: { !Self.inputs.contains($0) }) {
      throw PromptError.missingValue(prompt: template.name, input: unknown)
    }
    guard template.inputs.contains("extract") else {
      throw PromptError.unknownValue(prompt: template.name, value: "extract", inputs: template.inputs)
    }
    self.kind = kind
    self.pairs = pairs
    self.template = template
  }

  /// The prompt's name, version and hash, as recipes tell it.
  var identity: String { "\(template.name)/\(template.version)@\(template.hash)" }

  var schema: ResponseSchema {
    let fields = kind == .instruction ? ["instruction", "answer"] : ["instruction", "chosen", "rejected"]
    let pair: JSONValue = [
      "type": "object", "additionalProperties": false, "required": .array(fields.map { .string($0) }),
      "properties": .object(Dictionary(uniqueKeysWithValues: fields.map { ($0, ["type": "string"] as JSONValue) })),
    ]
    return ResponseSchema(
      name: "pairs",
      schema: [
        "type": "object", "additionalProperties": false, "required": ["pairs"],
        "properties": ["pairs": ["type": "array", "items": pair]],
      ])
  }

  /// - Throws: `PromptError`, for none that was checked when it was made.
  func messages(about extract: Extract) throws -> [Message] {
    let values = [
      "author": extract.authorFullName, "title": extract.title ?? "",
      "section": extract.headings.joined(separator: " > "), "extract": extract.text, "pairs": String(pairs),
    ]
    return try template.render(values.filter { template.inputs.contains($0.key) })
  }
}
