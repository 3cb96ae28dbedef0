import SwiftSyntax

/// The condition of a variant, as `when:`, `whenNot:` or `whenIn:` says.
struct VariantModel {
  /// What the choice is compared with.
  enum Condition {
    case equal(String)
    case different(String)
    case among([String])
  }

  /// The enum.
  let type: String
  /// The cases, with how they are compared.
  let condition: Condition
  /// What stands after the label.
  let expression: ExprSyntax

  /// The name of the input that chooses: the enum's with a small first letter.
  var input: String {
    let last = type.split(separator: ".").last ?? ""
    return last.prefix(1).lowercased() + last.dropFirst()
  }

  /// The cases that it is for, if it names those.
  var covered: [String] {
    switch condition {
    case .equal(let choice): [choice]
    case .among(let choices): choices
    case .different: []
    }
  }

  /// The case that it is not for, if it names that.
  var excluded: String? {
    if case .different(let choice) = condition { choice } else { nil }
  }

  /// Reads the condition; nil if the cases are not spelled out.
  init?(_ label: String, _ expression: ExprSyntax) {
    self.expression = expression
    if label == "whenIn" {
      guard let list = expression.as(ArrayExprSyntax.self) else { return nil }
      let members = list.elements.map { $0.expression.as(MemberAccessExprSyntax.self) }
      let choices = members.compactMap { $0?.choice }
      let types = members.compactMap { $0?.base?.trimmedDescription }
      guard !choices.isEmpty, choices.count == members.count, let type = types.first else { return nil }
      self.type = type
      condition = .among(choices)
    } else {
      guard let member = expression.as(MemberAccessExprSyntax.self), let choice = member.choice, let base = member.base
      else { return nil }
      type = base.trimmedDescription
      condition = label == "whenNot" ? .different(choice) : .equal(choice)
    }
  }

  /// How to spell the condition that ``init(_:_:)`` did not find.
  static func advice(for label: String) -> String {
    label == "whenIn"
      ? "write the choices as a list of cases, the first with its type, as in '[Mode.fast, .exact]'"
      : "write the choice with its type, as in 'Mode.fast'"
  }
}

extension MemberAccessExprSyntax {
  fileprivate var choice: String? {
    declName.argumentNames == nil && declName.baseName.tokenKind != .keyword(.self) ? declName.baseName.text : nil
  }
}
