import SwiftSyntax
import SwiftSyntaxMacros

/// `@Step`: adds nothing, and sees that it stands where `@Pipeline` finds it.
struct StepMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    checkPlace(of: node, on: declaration, "step", in: context)
    return []
  }
}

/// `@Check`: adds nothing, and sees that it stands where `@Pipeline` finds it.
struct CheckMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    checkPlace(of: node, on: declaration, "check", in: context)
    return []
  }
}

private func checkPlace(
  of node: AttributeSyntax, on declaration: some DeclSyntaxProtocol, _ thing: String,
  in context: some MacroExpansionContext
) {
  guard declaration.is(FunctionDeclSyntax.self) else {
    return context.diagnose(.init("a \(thing) is a method", at: node))
  }
  guard context.lexicalContext.first?.as(StructDeclSyntax.self)?.attribute("Pipeline") == nil else { return }
  context.diagnose(
    .init("a \(thing) must stand in the body of a struct marked @Pipeline, not in an extension", at: node))
}
