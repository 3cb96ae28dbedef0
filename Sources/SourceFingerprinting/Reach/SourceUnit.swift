/// The smallest piece of source that is reached as a whole: a file, or a member of a pipeline.
struct SourceUnit: Sendable {
  /// The index of its file.
  let file: Int
  /// The index of its module in the plan.
  let module: Int
  let label: String
  /// Its tokens; empty for a file that does not read as Swift, of which the bytes count.
  var tokens: [Range<Int>] = []
  /// Names by which the code of modules that see this one gets at it.
  var anchors: Set<String> = []
  /// Names of protocols and classes from elsewhere that it has implementations of.
  var implementations: Set<String> = []
  /// Names of types read here that it extends, conforms to or inherits from: who reaches such a type reaches it.
  var bases: Set<String> = []
  /// The types that it declares, at any depth.
  var types: Set<String> = []
  /// Whether code may reach it without a name.
  var isAmbient = false
  /// Of a pipeline's member the unit that holds the rest of its file.
  var rest: Int?
}
