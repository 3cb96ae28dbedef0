import SwiftSyntax
import SwiftSyntaxMacros

/// `@Step`: adds nothing, and sees that it stands where `@Pipeline` finds it.
struct StepMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    guard declaration.is(FunctionDeclSyntax.self) else {
      context.diagnose(.init("a step is a method", at: node))
      return []
    }
    let isInPipeline = context.lexicalContext.first?.as(StructDeclSyntax.self)?.hasPipelineAttribute == true
    if !isInPipeline {
      context.diagnose(
        .init("a step must stand in the body of a struct marked @Pipeline, not in an extension", at: node))
    }
    return []
  }
}

extension StructDeclSyntax {
  fileprivate var hasPipelineAttribute: Bool {
    attributes.contains {
      guard case .attribute(let attribute) = $0 else { return false }
      return ["Pipeline", "DataflowMacros.Pipeline"].contains(attribute.attributeName.trimmedDescription)
    }
  }
}
