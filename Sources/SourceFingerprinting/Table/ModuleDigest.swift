/// The digest of what is not Swift source in a module: its facts, its package's manifest, its other files.
struct ModuleDigest {
  private var manifests: [String: [UInt8]] = [:]

  mutating func digest(of module: PlannedModule) throws(FingerprintingError) -> [UInt8] {
    var hash = SHA256()
    for text in ["module \(module.kind.rawValue) \(module.name)"] + module.facts.sorted() {
      hash.update(SHA256.digest(of: Array(text.utf8)))
    }
    if let path = module.manifest { hash.update(try manifest(at: path)) }
    let isSwift = module.kind == .swift || module.kind == .macro
    for path in module.files.sorted() where !(isSwift && path.hasSuffix(".swift")) {
      hash.update(SHA256.digest(of: Array(module.label(of: path).utf8)))
      hash.update(try SourceReader.digest(at: path))
    }
    return hash.finalize()
  }

  /// Comments and layout of a manifest do not count either.
  private mutating func manifest(at path: String) throws(FingerprintingError) -> [UInt8] {
    if let known = manifests[path] { return known }
    let source = SourceFile(module: 0, label: "Package.swift", bytes: try SourceReader.bytes(at: path))
    var unit = SourceUnit(file: 0, module: 0, label: source.label)
    if let file = source.tokenized { unit.tokens = [file.tokens.indices] }
    let digest = UnitDigest.digest(of: unit, in: source)
    manifests[path] = digest
    return digest
  }
}
