/// Who can reach whom: the units, a node for each module after them, and an edge wherever code of one may run code of
/// the other.
struct SourceGraph: Sendable {
  /// The mention that `.init` is; `init` alone is a declaration.
  static let initializerMention = ".init"

  let modules: [PlannedModule]
  let visible: [String: Set<String>]
  let files: [SourceFile]
  let units: [SourceUnit]
  /// The units that each name leads to.
  let anchors: [String: [Int]]
  private(set) var edges: [[Int]]

  private let implementations: [String: [Int]]
  private let operators: [String]
  private let indices: [String: Int]

  /// - Parameter files: the Swift files of the plan's modules.
  init(plan: FingerprintPlan, files: [SourceFile]) {
    modules = plan.modules
    visible = plan.visibleModules()
    self.files = files
    let names = DeclaredNames(files, modules: plan.modules)
    var maker = UnitMaker(names: names, modules: plan.modules, visible: visible)
    for (index, file) in files.enumerated() { maker.add(file, at: index) }
    units = maker.units
    anchors = Self.index(units, by: \.anchors)
    implementations = Self.index(units, by: \.implementations)
    operators = anchors.keys.filter { !CharacterClass.beginsName($0.utf8.first ?? 0) && $0 != Self.initializerMention }
    indices = Dictionary(
      plan.modules.indices.map { (plan.modules[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    edges = Array(repeating: [], count: units.count + plan.modules.count)
    link()
  }

  /// The node of a module: its compiler settings, its resources, and what of other languages it uses.
  func node(ofModule index: Int) -> Int { units.count + index }

  /// The node of the module called `name`.
  func node(ofModule name: String) -> Int? { indices[name].map(node(ofModule:)) }

  private static func index(_ units: [SourceUnit], by names: KeyPath<SourceUnit, Set<String>>) -> [String: [Int]] {
    var index: [String: [Int]] = [:]
    for (unit, value) in units.enumerated() {
      for name in value[keyPath: names] { index[name, default: []].append(unit) }
    }
    return index
  }

  // MARK: Edges

  private mutating func link() {
    let seen = modules.map { visible[$0.name] ?? [] }
    for (index, unit) in units.enumerated() {
      var targets = Set<Int>()
      let isMacro = modules[unit.module].kind == .macro
      for mention in mentions(of: unit) {
        for target in anchors[mention] ?? [] {
          let module = modules[units[target].module]
          // What a macro writes is code of any module.
          if isMacro || (module.kind == .swift && seen[unit.module].contains(module.name))
            || module == modules[unit.module]
          {
            targets.insert(target)
          }
        }
        targets.formUnion(implementations[mention] ?? [])
      }
      if let rest = unit.rest { targets.insert(rest) }
      targets.insert(node(ofModule: unit.module))
      targets.remove(index)
      edges[index] = targets.sorted()
    }
    linkBases()
    linkModules(seen)
  }

  /// From the file of a type to the files that extend it, conform to it or inherit from it, in whatever module they are:
  /// a call through the type may end there.
  private mutating func linkBases() {
    let declaring = Self.index(units, by: \.types)
    for (index, unit) in units.enumerated() {
      for base in unit.bases {
        for type in declaring[base] ?? [] where type != index { edges[type].append(index) }
      }
    }
  }

  private mutating func linkModules(_ seen: [Set<String>]) {
    let members = Dictionary(grouping: units.indices) { units[$0].module }
    let imports = importedModules()
    for (index, module) in modules.enumerated() {
      var targets = Set<Int>()
      switch module.kind {
      case .macro: targets.formUnion(members[index] ?? [])
      case .package: targets.formUnion(module.uses.compactMap { node(ofModule: $0) })
      case .swift, .foreign: break
      }
      for (other, used) in modules.enumerated() where other != index && seen[index].contains(used.name) {
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

  // MARK: Mentions

  /// The names that a unit mentions, of those that lead anywhere.
  private func mentions(of unit: SourceUnit) -> Set<String> {
    let source = files[unit.file]
    guard let file = source.tokenized else { return Self.words(in: source.bytes[...], isExhaustive: true) }
    let isMacro = modules[unit.module].kind == .macro
    var found: Set<String> = []
    for range in unit.tokens {
      for index in range {
        let token = file.tokens[index]
        switch token.kind {
        case .identifier:
          guard let name = file.name(index) else { continue }
          if name == "init" {
            if file.isPunctuation(index - 1, ".") { found.insert(Self.initializerMention) }
          } else if anchors[name] != nil || implementations[name] != nil {
            found.insert(name)
          }
        case .operator:
          guard !operators.isEmpty else { continue }
          let text = file.text(index)
          for name in operators where text.contains(name) { found.insert(name) }
        case .pattern: found.formUnion(Self.words(in: file.bytes[token.range]))
        case .text: if isMacro { found.formUnion(Self.words(in: file.bytes[token.range])) }
        case .number, .quote, .punctuation: continue
        }
      }
    }
    return found
  }

  /// The words in bytes of which nothing else is known.
  private static func words(in bytes: ArraySlice<UInt8>, isExhaustive: Bool = false) -> Set<String> {
    var words = Set(
      bytes.split { !CharacterClass.continuesName($0) && $0 < 0x80 }.map { String(decoding: $0, as: UTF8.self) })
    if isExhaustive {
      words.insert(initializerMention)
      words.formUnion(bytes.split { !CharacterClass.isOperator($0) }.map { String(decoding: $0, as: UTF8.self) })
    }
    return words
  }
}
