import Pipelines

/// What a run would do, and what its language model would cost.
struct PricedPreview: Encodable {
  let preview: RunPreview
  /// Nil when no model is asked.
  let price: DatasetPrice?

  /// The plan, and the price in a line.
  var text: String {
    guard let price else { return planText(preview) }
    var line =
      "  \(price.model): \(counted(price.calls, "call")), \(price.cached) cached, about \(price.promptTokens) tokens of "
      + "prompts and at most \(price.completionTokens) of replies"
    if let cost = price.cost { line += "; at most \((cost * 10_000).rounded() / 10_000) by the price table" }
    return planText(preview) + "\n" + line
  }

  func encode(to encoder: any Encoder) throws {
    try preview.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(price, forKey: .price)
  }

  enum CodingKeys: String, CodingKey {
    case price
  }
}
