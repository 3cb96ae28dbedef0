/// Who can reach whom: the units, a node for each module after them, and an edge wherever code of one may run code of
/// the other.
struct SourceGraph: Sendable {
  let modules: [PlannedModule]
  let visible: [String: Set<String>]
  let files: [SourceFile]
  let units: [SourceUnit]
  /// The units that each name leads to.
  let anchors: [String: [Int]]
  private(set) var edges: [[Int]]

  private let implementations: [String: [Int]]
  private let indices: [String: Int]
  /// Of each module the modules that its code can name.
  private let seen: [Set<Int>]
  /// Whether some file of a module imports another for its tests.
  private let isTesting: [Bool]

  /// - Parameter files: the Swift files of the plan's modules.
  init(plan: FingerprintPlan, files: [SourceFile]) {
    modules = plan.modules
    visible = plan.visibleModules()
    self.files = files
    let names = DeclaredNames(files, modules: plan.modules)
    var maker = UnitMaker(names: names, modules: plan.modules, visible: visible)
    for (index, file) in files.enumerated() { maker.add(file, at: index) }
    units = maker.units
    anchors = Self.index(units) { $0.anchors.keys }
    implementations = Self.index(units) { $0.implementations }
    indices = Dictionary(
      plan.modules.indices.map { (plan.modules[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    let (indices, visible) = (indices, visible)
    seen = plan.modules.map { Set((visible[$0.name] ?? []).compactMap { indices[$0] }) }
    let testing = files.filter {
      $0.declarations.contains { $0.kind == .importing && $0.attributes.contains("testable") }
    }
    isTesting = plan.modules.indices.map { index in testing.contains { $0.module == index } }
    edges = Array(repeating: [], count: units.count + plan.modules.count)
    link()
  }

  /// The node of a module: its compiler settings, its resources, and what of other languages it uses.
  func node(ofModule index: Int) -> Int { units.count + index }

  /// The index of the module called `name`; the plan's target is always there.
  func index(ofModule name: String) -> Int { indices[name] ?? 0 }

  private static func index(
    _ units: [SourceUnit], by names: (SourceUnit) -> some Sequence<String>
  ) -> [String: [Int]] {
    var index: [String: [Int]] = [:]
    for (unit, value) in units.enumerated() {
      for name in names(value) { index[name, default: []].append(unit) }
    }
    return index
  }

  // MARK: Edges

  /// The units that code of a module may get at by mentioning `name`, however it does.
  func units(named name: String, from module: Int) -> [Int] {
    (anchors[name] ?? []).filter { unit in
      units[unit].anchors[name].map { canSee(units[unit], $0, from: module, file: nil) } ?? false
    }
  }

  private func canSee(_ unit: SourceUnit, _ anchor: Anchor, from module: Int, file: Int?) -> Bool {
    if unit.module == module { return anchor.access != .file || file == nil || unit.file == file }
    // What a macro writes is code of any module.
    if modules[module].kind == .macro { return true }
    guard modules[unit.module].kind == .swift, seen[module].contains(unit.module) else { return false }
    return anchor.access == .everywhere || (anchor.access == .module && isTesting[module])
  }

  private mutating func link() {
    let reader = MentionReader(names: Set(anchors.keys), foreign: Set(implementations.keys))
    for (index, unit) in units.enumerated() {
      var targets = Set(unit.surroundings + [node(ofModule: unit.module)])
      let isMacro = modules[unit.module].kind == .macro
      let mentions = reader.mentions(of: unit, in: files[unit.file], isMacro: isMacro)
      for name in mentions.names {
        for target in anchors[name] ?? [] where !targets.contains(target) {
          guard let anchor = units[target].anchors[name] else { continue }
          if canSee(units[target], anchor, from: unit.module, file: unit.file),
            isMacro || mentions.lead(by: name, to: anchor, scope: unit.scope)
          {
            targets.insert(target)
          }
        }
      }
      for name in mentions.foreign { targets.formUnion(implementations[name] ?? []) }
      targets.remove(index)
      edges[index] = targets.sorted()
    }
    linkBases()
    linkModules()
  }

  /// From the file of a type to the files that extend it, conform to it or inherit from it, in whatever module they are:
  /// a call through the type may end there.
  private mutating func linkBases() {
    let declaring = Self.index(units) { $0.types }
    for (index, unit) in units.enumerated() {
      for base in unit.bases {
        for type in declaring[base] ?? [] where type != index { edges[type].append(index) }
      }
    }
  }

  private mutating func linkModules() {
    let members = Dictionary(grouping: units.indices) { units[$0].module }
    let imports = importedModules()
    for (index, module) in modules.enumerated() {
      var targets = Set<Int>()
      switch module.kind {
      case .macro: targets.formUnion(members[index] ?? [])
      case .package: targets.formUnion(module.uses.compactMap { indices[$0].map(node(ofModule:)) })
      case .swift, .foreign: break
      }
      for (other, used) in modules.enumerated() where other != index && seen[index].contains(other) {
        if used.kind == .macro || (used.kind != .swift && (module.kind != .swift || imports[index].contains(used.name)))
        {
          targets.insert(node(ofModule: other))
        }
      }
      edges[node(ofModule: index)] = targets.sorted()
    }
  }

  /// Of each module the modules that some file of it imports, by re-exports, too.
  private func importedModules() -> [Set<String>] {
    var imports = Array(repeating: Set<String>(), count: modules.count)
    var exports: [String: Set<String>] = [:]
    for file in files {
      // Nobody knows what a file imports that cannot be read.
      if file.tokenized == nil { imports[file.module].formUnion(visible[modules[file.module].name] ?? []) }
      for declaration in file.declarations where declaration.kind == .importing {
        imports[file.module].formUnion(declaration.names)
        if declaration.attributes.contains("_exported") {
          exports[modules[file.module].name, default: []].formUnion(declaration.names)
        }
      }
    }
    return imports.map { direct in
      var all = direct
      var pending = Array(direct)
      while let name = pending.popLast() {
        for exported in exports[name] ?? [] where all.insert(exported).inserted { pending.append(exported) }
      }
      return all
    }
  }
}
