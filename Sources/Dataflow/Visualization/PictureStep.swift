/// What a picture needs to know of a step.
struct PictureStep {
  /// One thing that a step needs.
  struct Need {
    let name: String
    let type: String
    let isOptional: Bool
  }

  /// When a step is the one that makes its product.
  struct Condition {
    let input: String
    let choice: String
    let type: String
    /// Whether it holds for a choice as the command line and records write it.
    let holds: (String) -> Bool
  }

  let name: String
  let type: String
  let needs: [Need]
  /// The name of the need whose items it takes one by one.
  let fan: String?
  let condition: Condition?
  let concurrency: Int?

  init(_ signature: StepSignature) {
    name = signature.name
    type = typeName(signature.produces)
    needs = signature.needs.map {
      Need(name: $0.name, type: typeName($0.type), isOptional: $0.defaultValue != nil)
    }
    fan = signature.fan?.need
    condition = signature.variant.map { variant in
      Condition(input: variant.input, choice: variant.choice, type: typeName(variant.type)) { $0 == variant.choice }
    }
    concurrency = signature.fan == nil ? nil : signature.concurrency
  }
}
