import SwiftSyntax

/// A parameter of a step, which says what the step needs.
struct StepParameter {
  /// In which form the step takes what it needs.
  enum Form: Equatable {
    /// As it is.
    case value
    /// Item by item, so many lists deep: `Each<Each<Item>>` is two.
    case items(depth: Int)
    /// What became of every item: `Results<Item>`.
    case results
    /// What an earlier run made and this one does not: `Removed<Item>`.
    case removed
  }

  /// The argument label of the call; nil for none.
  let label: String?
  /// The name of what is needed.
  let need: String
  /// The type as written, without specifiers; in the source, so that it has a place.
  let type: TypeSyntax
  /// The type as generated code spells it.
  let spelling: String
  let form: Form
  /// What stands in the innermost `Each`, in `Results` or in `Removed`; else the type.
  let element: String
  let defaultValue: ExprSyntax?

  /// How many lists deep the step fans out over this need; 0 for another form.
  var depth: Int {
    if case .items(let depth) = form { depth } else { 0 }
  }

  /// The type of an input that meets the need.
  var inputType: String {
    switch form {
    case .value: spelling
    case .items(let depth): element.inLists(depth)
    case .results, .removed: element.inLists(1)
    }
  }

  /// The argument of a call, label included.
  func argument(_ value: String) -> String { (label.map { "\($0): " } ?? "") + value }

  /// Reads a parameter; nil if its first two names say nothing or it cannot be handed over as a value.
  init(_ parameter: FunctionParameterSyntax, need: String) {
    let first = parameter.firstName
    label = first.tokenKind == .wildcard ? nil : first.text
    self.need = need
    defaultValue = parameter.defaultValue?.value
    var attributes = ""
    var type = parameter.type
    if let attributed = type.as(AttributedTypeSyntax.self) {
      for case .attribute(let attribute) in attributed.attributes
      where !["escaping", "autoclosure"].contains(attribute.attributeName.trimmedDescription) {
        attributes += attribute.trimmedDescription + " "
      }
      type = attributed.baseType
    }
    self.type = type
    spelling = attributes + type.trimmedDescription
    var inner = type
    var depth = 0
    while let item = inner.argument(of: "Each") {
      inner = item
      depth += 1
    }
    if depth > 0 {
      form = .items(depth: depth)
    } else if let item = type.argument(of: "Results") {
      (form, inner) = (.results, item)
    } else if let item = type.argument(of: "Removed") {
      (form, inner) = (.removed, item)
    } else {
      form = .value
    }
    element = form == .value ? spelling : inner.trimmedDescription
  }
}

extension FunctionParameterSyntax {
  /// The name that says what is needed: the label, or the second name after `_` and `each`; nil if there is none.
  var need: String? {
    let takesSecond = firstName.tokenKind == .wildcard || firstName.plainName == "each"
    guard let need = takesSecond ? secondName : firstName, need.tokenKind != .wildcard else { return nil }
    return need.plainName
  }
}
