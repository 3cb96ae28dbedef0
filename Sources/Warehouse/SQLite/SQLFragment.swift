import GRDB

/// A condition of SQL with the values that are bound to it; no value is ever part of the text.
struct SQLFragment {
  var text: String
  var arguments: StatementArguments

  init(_ text: String, _ arguments: StatementArguments = []) {
    self.text = text
    self.arguments = arguments
  }

  func and(_ other: SQLFragment) -> SQLFragment {
    SQLFragment("(\(text)) AND (\(other.text))", arguments + other.arguments)
  }

  /// The condition, and another one if there is one.
  func and(_ text: String?) -> SQLFragment {
    text.map { and(SQLFragment($0)) } ?? self
  }

  func or(_ other: SQLFragment) -> SQLFragment {
    SQLFragment("(\(text)) OR (\(other.text))", arguments + other.arguments)
  }
}

/// An identifier of SQL in quotes.
func quoted(_ name: String) -> String {
  // Each document that is stored comes by here, and hardly any name has quotes.
  guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(name)\"" }
  return "\"" + name.replacing("\"", with: "\"\"") + "\""
}
