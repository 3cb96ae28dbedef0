import SwiftDiagnostics
import SwiftParser
import SwiftSyntax

/// Reads the steps of a pipeline, and complains about those that cannot be ones.
struct StepReader {
  private(set) var steps: [StepModel] = []
  private(set) var complaints: [Diagnostic] = []

  init(_ members: MemberBlockItemListSyntax) {
    for member in members {
      if let function = member.decl.as(FunctionDeclSyntax.self), let attribute = function.stepAttribute {
        read(function, attribute)
      } else if let conditional = member.decl.as(IfConfigDeclSyntax.self) {
        findHidden(in: conditional)
      }
    }
  }

  private mutating func findHidden(in conditional: IfConfigDeclSyntax) {
    for case .decls(let members)? in conditional.clauses.map(\.elements) {
      for member in members {
        guard let attribute = member.decl.as(FunctionDeclSyntax.self)?.stepAttribute else { continue }
        complain(
          "a step cannot stand inside #if, where @Pipeline does not see it; put the #if into its body", attribute)
      }
    }
  }

  private mutating func complain(_ message: String, _ node: some SyntaxProtocol) {
    complaints.append(Diagnostic(message, at: node))
  }

  private mutating func read(_ function: FunctionDeclSyntax, _ attribute: AttributeSyntax) {
    let before = complaints.count
    checkShape(of: function)
    let parameters = function.signature.parameterClause.parameters.compactMap { read($0) }
    let options = readOptions(attribute, function)
    guard complaints.count == before, let options else { return }
    steps.append(
      StepModel(
        name: options.name, function: function, parameters: parameters, variant: options.variant,
        concurrency: options.concurrency))
  }

  private mutating func checkShape(of function: FunctionDeclSyntax) {
    for modifier in function.modifiers {
      guard ["static", "class", "mutating"].contains(modifier.name.text) else { continue }
      let reason =
        modifier.name.text == "mutating"
        ? "a step cannot be mutating: steps run at the same time, on copies of the pipeline"
        : "a step cannot be \(modifier.name.text): it is a method of the pipeline, whose properties are its resources"
      complaints.append(Diagnostic(reason, removing: modifier, from: function))
    }
    if let generics = function.genericParameterClause {
      complain("a step cannot be generic: its product has one type", generics)
    }
    if let result = function.signature.returnClause?.type, result.is(SomeOrAnyTypeSyntax.self),
      result.trimmedDescription.hasPrefix("some ")
    {
      complain("a step's result must be spelled out: other steps name its type", result)
    }
    // An array: what `filter` makes of a syntax list is a list outside of the source, which has no places.
    let fans = Array(function.signature.parameterClause.parameters).filter { $0.type.argument(of: "Each") != nil }
    if let second = fans.dropFirst().first {
      complain("a step fans out over one need; take the others as lists", second.type)
    }
  }

  private mutating func read(_ parameter: FunctionParameterSyntax) -> StepModel.Parameter? {
    if let ellipsis = parameter.ellipsis {
      complain("a step's parameter cannot be variadic; take a list", ellipsis)
      return nil
    }
    var type = parameter.type
    if let attributed = type.as(AttributedTypeSyntax.self) {
      if let specifier = attributed.specifiers.first(where: { $0.trimmedDescription == "inout" }) {
        complain("a step's parameter cannot be inout: a step gives its result back", specifier)
        return nil
      }
      type = attributed.baseType
    }
    let item = type.argument(of: "Each")
    if let item, item.argument(of: "Each") != nil {
      complain("a step fans out over one list; make the inner one a step of its own", item)
      return nil
    }
    let first = parameter.firstName
    let takesSecond = first.tokenKind == .wildcard || first.plainName == "each"
    guard let need = takesSecond ? parameter.secondName : first, need.tokenKind != .wildcard else {
      complain("this parameter has no name that says what the step needs", first)
      return nil
    }
    return StepModel.Parameter(
      label: first.tokenKind == .wildcard ? nil : first.text, need: need.plainName, type: type, item: item,
      defaultValue: parameter.defaultValue?.value)
  }

  private mutating func readOptions(
    _ attribute: AttributeSyntax, _ function: FunctionDeclSyntax
  ) -> (name: String, variant: StepModel.Variant?, concurrency: String?)? {
    var name = function.name.plainName
    var variant: StepModel.Variant?
    var concurrency: String?
    guard case .argumentList(let arguments)? = attribute.arguments else { return (name, nil, nil) }
    for argument in arguments {
      switch argument.label?.text {
      case nil:
        guard let text = argument.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue,
          text.isIdentifier
        else {
          complain("a step's name must be a plain string that could name a method", argument.expression)
          return nil
        }
        name = text
      case "when":
        variant = readVariant(argument.expression)
        if variant == nil { return nil }
      default:
        concurrency = argument.expression.trimmedDescription
      }
    }
    return (name, variant, concurrency)
  }

  private mutating func readVariant(_ expression: ExprSyntax) -> StepModel.Variant? {
    guard let member = expression.as(MemberAccessExprSyntax.self), let base = member.base else {
      complain("write the choice with its type, as in 'Mode.fast'", expression)
      return nil
    }
    let type = base.trimmedDescription
    let last = type.split(separator: ".").last ?? ""
    return StepModel.Variant(
      type: type, choice: member.declName.baseName.text, input: last.prefix(1).lowercased() + last.dropFirst(),
      node: Syntax(expression))
  }
}

extension FunctionDeclSyntax {
  /// The `@Step` on it.
  var stepAttribute: AttributeSyntax? {
    for case .attribute(let attribute) in attributes {
      if ["Step", "DataflowMacros.Step"].contains(attribute.attributeName.trimmedDescription) { return attribute }
    }
    return nil
  }
}

extension String {
  fileprivate var isIdentifier: Bool {
    guard let first = utf8.first else { return false }
    func isLetter(_ byte: UInt8) -> Bool {
      byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "_") || byte >= 0x80
    }
    func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    return isLetter(first) && utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }
}
