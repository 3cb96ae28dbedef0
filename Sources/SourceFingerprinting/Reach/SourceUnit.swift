/// The smallest piece of source that is reached as a whole: a declaration at the top of a file, a member of a pipeline,
/// or what else is in a file.
struct SourceUnit: Sendable {
  /// The index of its file.
  let file: Int
  /// The index of its module in the plan.
  let module: Int
  let label: String
  /// Its tokens; empty for a file that does not read as Swift, of which the bytes count.
  var tokens: [Range<Int>] = []
  /// The names that lead to it.
  private(set) var anchors: [String: Anchor] = [:]
  /// Names of protocols and classes from elsewhere that it has implementations of.
  var implementations: Set<String> = []
  /// Names of types read here that it extends, conforms to or inherits from: who reaches such a type reaches it.
  var bases: Set<String> = []
  /// The types that it declares, at any depth.
  var types: Set<String> = []
  /// The types in which its code stands, with those that they inherit from.
  var scope: Set<String> = []
  /// Whether it is a pipeline, of which values come from outside of everything that is read.
  var isPipeline = false
  /// Whether code may reach it without a name.
  var isAmbient = false
  /// The units that it reaches without a mention: of what it is a member of, and the rest of the file.
  var surroundings: [Int] = []

  /// Lets a name lead to it, in any way that one was given before, too.
  mutating func anchor(_ name: String, _ anchor: Anchor) {
    anchors[name, default: anchor].widen(to: anchor)
  }
}
