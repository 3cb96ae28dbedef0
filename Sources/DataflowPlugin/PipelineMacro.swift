import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@Pipeline`: adds the types of a pipeline's inputs, products and runs as members, and the steps in an extension.
struct PipelineMacro: MemberMacro, ExtensionMacro {
  /// The source positions in the expansion are to the column.
  static var formatMode: FormatMode { .disabled }

  static func expansion(
    of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
    conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    guard let type = declaration.as(StructDeclSyntax.self) else {
      context.diagnose(.init("@Pipeline stands on a struct: a pipeline is a value, which its steps share", at: node))
      return []
    }
    let pipeline = PipelineModel(type)
    for complaint in pipeline.complaints { context.diagnose(complaint) }
    return MemberWriter(pipeline: pipeline).members.map { DeclSyntax("\(raw: $0)") }
  }

  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    guard let declaration = declaration.as(StructDeclSyntax.self) else { return [] }
    let pipeline = PipelineModel(declaration)
    // A pipeline that is wrong conforms all the same, so that the compiler does not bury the complaint under others.
    let body =
      pipeline.complaints.isEmpty
      ? StepsWriter(pipeline: pipeline) { context.place(of: $0) }.body : "return []"
    let source = """
      extension \(type.trimmedDescription): Dataflow.Pipeline {
      \(pipeline.access)static var steps: [Dataflow.StepNode<Self>] {
      \(body)
      }
      }
      """
    let syntax = DeclSyntax("\(raw: source)")
    return syntax.as(ExtensionDeclSyntax.self).map { [$0] } ?? []
  }
}

/// A place in the user's source.
struct Place {
  let file: String
  let line: Int
  let column: Int
}

extension MacroExpansionContext {
  func place(of node: Syntax) -> Place? {
    guard let location = location(of: node, at: .afterLeadingTrivia, filePathMode: .filePath),
      let line = Int(location.line.trimmedDescription), let column = Int(location.column.trimmedDescription)
    else { return nil }
    return Place(file: location.file.trimmedDescription, line: line, column: column)
  }
}
