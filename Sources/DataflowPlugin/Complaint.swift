import SwiftDiagnostics
import SwiftSyntax

/// What is wrong with a pipeline's source.
struct Complaint: DiagnosticMessage, NoteMessage, FixItMessage {
  let message: String

  init(_ message: String) {
    self.message = message
  }

  var severity: DiagnosticSeverity { .error }
  var diagnosticID: MessageID { MessageID(domain: "Dataflow", id: "pipeline") }
  var noteID: MessageID { diagnosticID }
  var fixItID: MessageID { diagnosticID }
}

extension Diagnostic {
  /// An error at a node, with notes at others.
  init(_ message: String, at node: some SyntaxProtocol, notes: [(String, Syntax)] = [], fixIts: [FixIt] = []) {
    self.init(
      node: node, message: Complaint(message),
      notes: notes.map { Note(node: $0.1, message: Complaint($0.0)) }, fixIts: fixIts)
  }

  /// An error at a modifier, with a fix that removes it.
  init(_ message: String, removing modifier: DeclModifierSyntax, from function: FunctionDeclSyntax) {
    var modifiers = function.modifiers
    if let index = modifiers.firstIndex(where: { $0.id == modifier.id }) { modifiers.remove(at: index) }
    let fix = FixIt(
      message: Complaint("remove '\(modifier.name.text)'"),
      changes: [.replace(oldNode: Syntax(function.modifiers), newNode: Syntax(modifiers))])
    self.init(message, at: modifier, fixIts: [fix])
  }
}
