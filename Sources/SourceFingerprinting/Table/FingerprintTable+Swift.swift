extension FingerprintTable {
  /// The module that declares the table's type.
  private static let engine = "Dataflow"

  /// The Swift file that gives the table to the module: one string literal, which costs the compiler nothing, and which
  /// nobody reads before a code version is asked for.
  public func swift() -> String {
    """
    // Made at build time from the sources of \(module) and of all that it depends on.
    import \(Self.engine)

    let moduleSources: SourceFingerprints? = SourceFingerprints(
      module: "\(module)",
      everything: "\(everything)",
      common: "\(common)",
      names: \"\"\"
    \(lines().map { "    " + $0 }.joined(separator: "\n"))
        \"\"\")

    """
  }

  /// A line for each digest: it, and the names that have it, apart by tabs.
  func lines() -> [String] {
    var names: [String: [String]] = [:]
    for (name, digest) in self.names { names[digest, default: []].append(Self.escaped(name)) }
    return names.map { ([$0.key] + $0.value.sorted()).joined(separator: "\t") }.sorted()
  }

  /// Raw identifiers may have quotes and backslashes.
  private static func escaped(_ name: String) -> String {
    String(name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
  }
}
