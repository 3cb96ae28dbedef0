/// What makes the code of a step this code and no other, as far as a macro can see.
struct CodeIdentity: Equatable {
  /// The digest of the step, of the members that it reaches and of the checks of its product.
  var digest: String
  /// The names that these mention: what they mean by them is elsewhere, and has versions of its own. Sorted.
  var names: [String]
  /// Whether these may reach what no name tells.
  var reachesAll: Bool
  /// The resources that these can reach, sorted; nil if it may be any.
  var reach: [String]?

  /// The arguments of a step's value.
  var arguments: String {
    let names = names.map(\.quoted).joined(separator: ", ")
    let code =
      "code: Dataflow.CodeVersion.source(\(digest.quoted), names: [\(names)], reachesAll: \(reachesAll), "
      + "in: moduleSources)"
    return code + (reach.map { ", reach: [\($0.map(\.quoted).joined(separator: ", "))]" } ?? "")
  }
}

extension String {
  fileprivate var quoted: String { "\"\(self)\"" }
}
