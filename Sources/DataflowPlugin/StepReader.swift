import SwiftDiagnostics
import SwiftParser
import SwiftSyntax

/// Reads the steps and checks of a pipeline, and complains about those that cannot be ones.
struct StepReader {
  private(set) var steps: [StepModel] = []
  private(set) var checks: [CheckModel] = []
  private(set) var complaints: [Diagnostic] = []

  init(_ members: MemberBlockItemListSyntax) {
    for member in members {
      if let function = member.decl.as(FunctionDeclSyntax.self) {
        read(function)
      } else if let conditional = member.decl.as(IfConfigDeclSyntax.self) {
        findHidden(in: conditional)
      }
    }
  }

  private mutating func findHidden(in conditional: IfConfigDeclSyntax) {
    for case .decls(let members)? in conditional.clauses.map(\.elements) {
      for member in members {
        if let inner = member.decl.as(IfConfigDeclSyntax.self) { findHidden(in: inner) }
        guard let function = member.decl.as(FunctionDeclSyntax.self) else { continue }
        for (name, thing) in [("Step", "step"), ("Check", "check")] {
          guard let attribute = function.attribute(name) else { continue }
          complain(
            "a \(thing) cannot stand inside #if, where @Pipeline does not see it; put the #if into its body", attribute)
        }
      }
    }
  }

  private mutating func complain(_ message: String, _ node: some SyntaxProtocol) {
    complaints.append(Diagnostic(message, at: node))
  }

  private mutating func read(_ function: FunctionDeclSyntax) {
    let before = complaints.count
    switch (function.attribute("Step"), function.attribute("Check")) {
    case (nil, nil): return
    case (_?, let check?): complain("a method is a step or a check, not both", check)
    case (let attribute?, nil):
      let step = readStep(function, attribute)
      if complaints.count == before, let step { steps.append(step) }
    case (nil, let attribute?):
      let check = readCheck(function, attribute)
      if complaints.count == before, let check { checks.append(check) }
    }
  }

  // MARK: Steps

  private mutating func readStep(_ function: FunctionDeclSyntax, _ attribute: AttributeSyntax) -> StepModel? {
    checkShape(of: function, "step")
    if let result = function.signature.returnClause?.type, result.is(SomeOrAnyTypeSyntax.self),
      result.trimmedDescription.hasPrefix("some ")
    {
      complain("a step's result must be spelled out: other steps name its type", result)
    }
    let parameters = function.signature.parameterClause.parameters.compactMap { readParameter($0, of: "step") }
    for parameter in parameters where parameter.form != .value {
      guard let value = parameter.defaultValue else { continue }
      complain("a need that is taken item by item has no default; give the list where the pipeline is run", value)
    }
    let fans = parameters.filter { $0.depth > 0 }
    if let second = fans.dropFirst().first {
      complain("a step fans out over one need; take the others as lists", second.type)
    }
    guard let read = readArguments(of: attribute, function) else { return nil }
    let step = StepModel(
      name: read.name, function: function, parameters: parameters, variant: read.variant, options: read.options)
    checkOptions(of: step)
    return step
  }

  private mutating func checkOptions(of step: StepModel) {
    if let timeout = step.options["timeout"], !step.isAsync {
      complain("only an async step can have a timeout: work that never suspends cannot be stopped", timeout)
    }
    for label in ["concurrency", "maximumFailures"] where step.depth == 0 {
      guard let value = step.options[label] else { continue }
      complain("'\(label)' is about the items of a step that fans out; this one takes no Each", value)
    }
    if let result = step.result, step.streamElement != nil, step.depth > 0 {
      complain(
        "a step that fans out gives one value for each item; an ItemStream comes from a step that runs once", result)
    }
  }

  private mutating func readArguments(
    of attribute: AttributeSyntax, _ function: FunctionDeclSyntax
  ) -> (name: String, variant: VariantModel?, options: StepOptions)? {
    var name = function.name.plainName
    var variant: VariantModel?
    var options = StepOptions()
    guard case .argumentList(let arguments)? = attribute.arguments else { return (name, nil, options) }
    for argument in arguments {
      switch argument.label?.text {
      case nil:
        if argument.expression.is(NilLiteralExprSyntax.self) { continue }
        guard let text = argument.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue,
          text.isIdentifier
        else {
          complain("a step's name must be a plain string that could name a method", argument.expression)
          return nil
        }
        name = text
      case let label? where label.hasPrefix("when"):
        variant = VariantModel(label, argument.expression)
        guard variant != nil else {
          complain(VariantModel.advice(for: label), argument.expression)
          return nil
        }
      case let label?:
        options[label] = argument.expression
      }
    }
    return (name, variant, options)
  }

  // MARK: Checks

  private mutating func readCheck(_ function: FunctionDeclSyntax, _ attribute: AttributeSyntax) -> CheckModel? {
    checkShape(of: function, "check")
    if let result = function.signature.returnClause?.type, !result.isVoid, !result.isBool {
      complain("a check throws what is wrong, or answers with a Bool", result)
    }
    let declared = function.signature.parameterClause.parameters
    guard declared.count == 1, let first = declared.first else {
      complain("a check takes one thing, the product of the step that it names", function.signature.parameterClause)
      return nil
    }
    guard let parameter = readParameter(first, of: "check") else { return nil }
    if parameter.form == .results || parameter.form == .removed {
      complain("a check takes the product, or with Each what becomes of every item", parameter.type)
    }
    if parameter.depth > 1 {
      complain("a check takes what becomes of one item of the outermost list", parameter.type)
    }
    var importance: ExprSyntax?
    if case .argumentList(let arguments)? = attribute.arguments { importance = arguments.first?.expression }
    return CheckModel(function: function, parameter: parameter, importance: importance)
  }

  // MARK: Both

  private mutating func checkShape(of function: FunctionDeclSyntax, _ thing: String) {
    for modifier in function.modifiers {
      guard ["static", "class", "mutating"].contains(modifier.name.text) else { continue }
      let reason =
        modifier.name.text == "mutating"
        ? "a \(thing) cannot be mutating: steps run at the same time, on copies of the pipeline"
        : "a \(thing) cannot be \(modifier.name.text): it is a method of the pipeline, whose properties are its resources"
      complaints.append(Diagnostic(reason, removing: modifier, from: function))
    }
    if let generics = function.genericParameterClause {
      complain("a \(thing) cannot be generic: its product has one type", generics)
    }
  }

  private mutating func readParameter(_ parameter: FunctionParameterSyntax, of thing: String) -> StepParameter? {
    if let ellipsis = parameter.ellipsis {
      complain("a \(thing)'s parameter cannot be variadic; take a list", ellipsis)
      return nil
    }
    if let attributed = parameter.type.as(AttributedTypeSyntax.self),
      let specifier = attributed.specifiers.first(where: { $0.trimmedDescription == "inout" })
    {
      complain("a \(thing)'s parameter cannot be inout: a step gives its result back", specifier)
      return nil
    }
    guard let need = parameter.need else {
      complain("this parameter has no name that says what the \(thing) needs", parameter.firstName)
      return nil
    }
    return StepParameter(parameter, need: need)
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
