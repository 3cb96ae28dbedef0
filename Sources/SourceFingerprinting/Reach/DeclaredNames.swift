/// The names of types that the read sources declare: what is not among them is somebody else's.
struct DeclaredNames: Sendable {
  /// The modules that declare a type of the name outside of any other.
  private(set) var topLevel: [String: Set<String>] = [:]
  /// The names of types at any depth.
  private(set) var types: Set<String> = []
  /// The names of type aliases at any depth.
  private(set) var aliases: Set<String> = []
  /// The types that the pipeline macro stands on.
  private(set) var pipelines: Set<String> = []

  init(_ files: [SourceFile], modules: [PlannedModule]) {
    for file in files {
      for declaration in file.declarations where declaration.kind == .type {
        for name in declaration.names { topLevel[name, default: []].insert(modules[file.module].name) }
        if declaration.attributes.contains("Pipeline") { pipelines.formUnion(declaration.names) }
      }
      add(file.declarations)
    }
  }

  private mutating func add(_ declarations: [Declaration]) {
    for declaration in declarations {
      if declaration.kind == .type { types.formUnion(declaration.names) }
      if declaration.kind == .alias { aliases.formUnion(declaration.names) }
      add(declaration.members)
    }
  }
}
