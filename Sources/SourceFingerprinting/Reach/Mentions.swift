/// The names that a unit mentions, of those that lead anywhere.
struct Mentions: Sendable {
  /// The mention that `.init` is; `init` alone is a declaration.
  static let initializer = ".init"

  /// The mention that the call of an initialiser without a label is: `Name(`.
  static func call(of type: String) -> String { type + "(" }

  /// All of them.
  var names: Set<String> = []
  /// Those that stand after a point somewhere.
  var members: Set<String> = []
  /// Protocols and classes from elsewhere of which it has values.
  var foreign: Set<String> = []

  /// Whether the unit, which declares and extends the types in `scope`, may mean the unit under `anchor`.
  func lead(by name: String, to anchor: Anchor, scope: Set<String>) -> Bool {
    if !anchor.isMember || members.contains(name) { return true }
    guard let owner = anchor.owner else { return !scope.isEmpty }
    return scope.contains(owner)
  }
}
