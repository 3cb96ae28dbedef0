import SwiftSyntax

/// The stored properties of a pipeline, which are its resources.
struct StoredProperties {
  struct Property {
    let name: String
    /// The type as spelled, or else the first value.
    let type: Syntax?
  }

  let properties: [Property]
  /// Whether the author says how the cache sees them.
  private let hasVersions: Bool

  init(_ type: StructDeclSyntax) {
    let variables = type.memberBlock.members.compactMap { $0.decl.as(VariableDeclSyntax.self) }
    properties = variables.filter(\.isStoredInInstance).flatMap { variable in
      variable.bindings.flatMap { binding in
        binding.pattern.boundNames.map { name in
          let type = binding.typeAnnotation.map { Syntax($0.type) }
          return Property(name: name, type: type ?? binding.initializer.map { Syntax($0.value) })
        }
      }
    }
    hasVersions = variables.flatMap(\.bindings).contains { $0.pattern.boundNames.contains("resourceVersions") }
  }

  /// The declaration that gives them to the cache.
  func resources(access: String) -> String {
    if hasVersions { return "" }
    let values = properties.map { "Dataflow.Resource(\"\($0.name)\", self.`\($0.name)`)" }
    return """
      /// The stored properties, as the cache sees them.
      \(access)var resourceVersions: [Dataflow.Resource] {
      [\(values.joined(separator: ",\n"))]
      }
      """
  }
}

extension VariableDeclSyntax {
  /// Whether each instance holds a value, which its initializer gives it.
  var isStoredInInstance: Bool {
    guard !modifiers.contains(where: { ["static", "class", "lazy"].contains($0.name.text) }) else { return false }
    return bindings.allSatisfy { binding in
      guard let accessors = binding.accessorBlock?.accessors else { return true }
      guard case .accessors(let list) = accessors else { return false }
      return list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
    }
  }
}

extension PatternSyntax {
  /// The names that the pattern binds.
  var boundNames: [String] {
    let finder = BoundNameFinder(viewMode: .sourceAccurate)
    finder.walk(self)
    return finder.names
  }
}

private final class BoundNameFinder: SyntaxVisitor {
  var names: [String] = []

  override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
    names.append(node.identifier.plainName)
    return .skipChildren
  }

  /// A pattern may hold expressions, and these closures; what those bind is their own.
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
