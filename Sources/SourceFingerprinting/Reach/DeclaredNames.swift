/// The names of types that the read sources declare: what is not among them is somebody else's.
struct DeclaredNames: Sendable {
  /// The modules that declare a type of the name outside of any other.
  private(set) var topLevel: [String: Set<String>] = [:]
  /// The names of types at any depth.
  private(set) var types: Set<String> = []
  /// The names of type aliases at the top of files.
  private(set) var topLevelAliases: Set<String> = []
  /// The names of type aliases at any depth.
  private(set) var aliases: Set<String> = []
  /// The types that the pipeline macro stands on.
  private(set) var pipelines: Set<String> = []
  /// The types whose members may be called through a protocol or an overriding class that we know too little of.
  private var open: Set<String> = []
  /// The protocols and classes.
  private(set) var inheritable: Set<String> = []
  /// The types that have members, or conform to protocols from elsewhere, through which code runs without a name.
  private var unspoken: Set<String> = []

  init(_ files: [SourceFile], modules: [PlannedModule]) {
    for file in files {
      for declaration in file.declarations where declaration.kind == .type {
        for name in declaration.names { topLevel[name, default: []].insert(modules[file.module].name) }
        if declaration.attributes.contains("Pipeline") { pipelines.formUnion(declaration.names) }
      }
      for declaration in file.declarations where declaration.kind == .alias {
        topLevelAliases.formUnion(declaration.names)
      }
      add(file.declarations)
    }
    for file in files { addConformances(file.declarations) }
  }

  /// Of each type the read protocols and classes that it conforms to or inherits from.
  private(set) var conformances: [String: Set<String>] = [:]

  /// Whether functions and properties of the type `name` may be called otherwise than by their names and through the
  /// protocols in ``conformances``, not counting those that ``Keywords/isUnspoken(_:)`` knows.
  func isOpen(_ name: String) -> Bool {
    !types.contains(name) || open.contains(name) || aliases.contains(name)
  }

  /// Whether the conformance to one of `protocols` may give a type something that code uses without a name.
  func bringUnspoken(_ protocols: [String]) -> Bool {
    var pending = protocols
    var seen = Set(protocols)
    while let name = pending.popLast() {
      if unspoken.contains(name) || aliases.contains(name) { return true }
      pending += (conformances[name] ?? []).filter { seen.insert($0).inserted }
    }
    return false
  }

  private mutating func add(_ declarations: [Declaration]) {
    for declaration in declarations {
      if declaration.kind == .type { types.formUnion(declaration.names) }
      if declaration.isInheritable { inheritable.formUnion(declaration.names) }
      if declaration.kind == .alias { aliases.formUnion(declaration.names) }
      add(declaration.members)
    }
  }

  /// After all types are known.
  private mutating func addConformances(_ declarations: [Declaration]) {
    for declaration in declarations {
      if declaration.kind == .type || declaration.kind == .extension, let name = declaration.names.last {
        let (ours, others) = (
          declaration.inherited.filter(types.contains), declaration.inherited.filter { !types.contains($0) }
        )
        conformances[name, default: []].formUnion(ours)
        // What a protocol asks for stands in the types; what it brings, in its extensions.
        let brings = declaration.kind == .extension && declaration.members.contains(where: \.isUnspoken)
        if brings || !others.allSatisfy(CommonNames.isCommonProtocol) {
          unspoken.insert(name)
        }
        let isPlain = declaration.attributes.allSatisfy(CommonNames.plainAttributes.contains)
        if declaration.isInheritable || !isPlain || !others.allSatisfy(CommonNames.isCommonProtocol) {
          open.insert(name)
        }
      }
      addConformances(declaration.members)
    }
  }
}
