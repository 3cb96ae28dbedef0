/// What a picture needs to know of a step.
struct PictureStep {
  /// One thing that a step needs.
  struct Requirement {
    let name: String
    let type: String
    let isOptional: Bool
    let form: Need.Form
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
  let needs: [Requirement]
  /// The name of the need whose items it takes one by one.
  let fan: String?
  let condition: Condition?
  let concurrency: Int?
  /// The pipeline that it belongs to.
  let module: String

  init(_ signature: StepSignature) {
    name = signature.name
    type = signature.produces.name
    needs = signature.needs.map {
      Requirement(name: $0.name, type: typeName($0.type), isOptional: $0.defaultValue != nil, form: $0.form)
    }
    fan = signature.fan?.need
    condition = signature.variant.map { variant in
      Condition(input: variant.input, choice: variant.choice, type: typeName(variant.type)) { word in
        variant.parse(word).map(variant.matches) ?? (word == variant.choice)
      }
    }
    concurrency = signature.fan == nil ? nil : signature.concurrency
    module = signature.module
  }

  /// A step as far as a record tells: without the types of inputs, and without variants.
  init(_ record: StepRecord, type: String) {
    name = record.name
    self.type = type
    needs = record.needs.map { Requirement(name: $0, type: "", isOptional: false, form: .value) }
    fan = record.fan
    condition = nil
    concurrency = nil
    module = ""
  }
}
