import SourceFingerprinting
import TestSupport

/// A package of three modules in a folder of its own: `App`, which depends on `Text`, which depends on `Base`; and
/// `Other`, which `App` depends on, too.
struct Fixture {
  static let uses = ["App": ["Text", "Other"], "Text": ["Base"], "Other": [], "Base": []]

  let folder: TemporaryFolder
  private(set) var files: [String: String] = [:]
  private var kinds: [String: String] = [:]

  init(_ files: [String: String]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try write(text, to: name) }
  }

  mutating func write(_ text: String, to name: String) throws {
    files[name] = text
    try folder.write(text, to: name)
  }

  mutating func remove(_ name: String) { files[name] = nil }

  /// Makes a module a macro's or one of C.
  mutating func set(_ module: String, kind: String) { kinds[module] = kind }

  func plan(facts: [String: [String]] = [:]) -> String {
    var lines = ["target App"]
    for (module, uses) in Self.uses.sorted(by: { $0.key < $1.key }) {
      lines += ["module \(kinds[module] ?? "swift") \(module)", "folder \(folder.path(module))"]
      lines += uses.map { "uses \($0)" } + (facts[module] ?? []).map { "fact \($0)" }
      lines += files.keys.filter { $0.hasPrefix(module + "/") }.map { "file \(folder.path($0))" }
    }
    return lines.joined(separator: "\n")
  }

  func table() throws -> FingerprintTable { try FingerprintTable(plan: plan()) }

  /// The names, of those that both tables have, whose digests an edit changed.
  mutating func namesChanged(by edit: (inout Fixture) throws -> Void) throws -> Set<String> {
    let before = try table().names
    try edit(&self)
    let after = try table().names
    return Set(before.keys.filter { after[$0] != nil && after[$0] != before[$0] })
  }
}
