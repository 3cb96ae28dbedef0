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
  /// Tokens in which names of protocols and classes are no mentions: the headers of types and extensions.
  var headers: [Range<Int>] = []
  /// Names by which the code of modules that see this one gets at it.
  var anchors: Set<String> = []
  /// Names by which the code of its own module gets at it, and tests of the module.
  var moduleAnchors: Set<String> = []
  /// Names by which the code of its own file gets at it.
  var privateAnchors: Set<String> = []
  /// Names of protocols and classes from elsewhere that it has implementations of.
  var implementations: Set<String> = []
  /// Names of types read here that it extends, conforms to or inherits from: who reaches such a type reaches it.
  var bases: Set<String> = []
  /// The types that it declares, at any depth.
  var types: Set<String> = []
  /// Whether code may reach it without a name.
  var isAmbient = false
  /// The units that it reaches without a mention: of what it is a member of, and the rest of the file.
  var surroundings: [Int] = []
}
