import SwiftSyntax
import SwiftSyntaxMacros

/// The user's source, as a place for generated code: what the compiler says against that code it says there.
struct UserSource {
  let context: any MacroExpansionContext

  /// `code` on one line of its own, with the line and column of `node`, after `head` on the line before. The compiler
  /// puts its errors at the name after a leading dot, so that is what stands at the column.
  func at(_ node: Syntax, head: String, _ code: String) -> String {
    place(code, at: node, head: head, shiftedBy: code.hasPrefix(".") ? 1 : 0)
  }

  /// The user's own expression, at its place, after `head` on the line before.
  func copy(_ expression: ExprSyntax, head: String) -> String {
    place(expression.trimmedDescription, at: Syntax(expression), head: head, shiftedBy: 0)
  }

  private func place(_ code: String, at node: Syntax, head: String, shiftedBy shift: Int) -> String {
    guard let place = context.location(of: node, at: .afterLeadingTrivia, filePathMode: .filePath),
      let line = Int(place.line.trimmedDescription), line > 1,
      let column = Int(place.column.trimmedDescription)
    else { return "\(head)\n\(code)" }
    let indentation = String(repeating: " ", count: max(0, column - 1 - shift))
    return """
      #sourceLocation(file: \(place.file.trimmedDescription), line: \(line - 1))
      \(head)
      \(indentation)\(code)
      #sourceLocation()
      """
  }
}
