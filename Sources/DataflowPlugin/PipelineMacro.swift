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
    return MemberWriter(pipeline: pipeline, source: UserSource(context: context)).members.map {
      DeclSyntax("\(raw: $0)")
    }
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
      ? StepsWriter(pipeline: pipeline, source: UserSource(context: context)).body : "return []"
    let resources = StoredProperties(declaration).resources(access: pipeline.access)
    let source = """
      extension \(type.trimmedDescription): Dataflow.Pipeline {
      \(pipeline.access)static var steps: [Dataflow.StepNode<Self>] {
      \(body)
      }
      \(resources)
      }
      """
    let syntax = DeclSyntax("\(raw: source)")
    return syntax.as(ExtensionDeclSyntax.self).map { [$0] } ?? []
  }
}
