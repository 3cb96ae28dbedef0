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
    anchors = Self.index(units) { $0.anchors.union($0.moduleAnchors).union($0.privateAnchors) }
    implementations = Self.index(units, by: \.implementations)
    operators = anchors.keys.filter {
      !CharacterClass.continuesName($0.utf8.first ?? 0) && $0 != Self.initializerMention
    }
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

  private static func index(_ units: [SourceUnit], by names: (SourceUnit) -> Set<String>) -> [String: [Int]] {
    var index: [String: [Int]] = [:]
    for (unit, value) in units.enumerated() {
      for name in names(value) { index[name, default: []].append(unit) }
    }
    return index
  }

  // MARK: Edges

  /// The units that code of a module, in the file of that index if it is in one, gets at by mentioning `name`.
  func units(named name: String, from module: Int, file: Int?) -> [Int] {
    (anchors[name] ?? []).filter { canSee($0, from: module, file: file, by: name) }
  }

  private func canSee(_ target: Int, from module: Int, file: Int?, by name: String) -> Bool {
    let unit = units[target]
    if unit.module == module {
      return file == nil || unit.file == file || !unit.privateAnchors.contains(name)
    }
    // What a macro writes is code of any module.
    if modules[module].kind == .macro { return true }
    guard modules[unit.module].kind == .swift, seen[module].contains(unit.module) else { return false }
    return unit.anchors.contains(name) || (isTesting[module] && unit.moduleAnchors.contains(name))
  }

  private mutating func link() {
    for (index, unit) in units.enumerated() {
      var targets = Set(unit.surroundings + [node(ofModule: unit.module)])
      let (mentions, foreign) = mentions(of: unit)
      for mention in mentions { targets.formUnion(units(named: mention, from: unit.module, file: unit.file)) }
      for mention in foreign { targets.formUnion(implementations[mention] ?? []) }
      targets.remove(index)
      edges[index] = targets.sorted()
    }
    linkBases()
    linkModules()
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

  // MARK: Mentions

  /// The names that a unit mentions, of those that lead anywhere; and those of protocols and classes from elsewhere, if it
  /// does more than implement them.
  private func mentions(of unit: SourceUnit) -> (names: Set<String>, foreign: Set<String>) {
    let source = files[unit.file]
    guard let file = source.tokenized else {
      let words = Self.words(in: source.bytes[...], isExhaustive: true)
      return (words, words)
    }
    let isMacro = modules[unit.module].kind == .macro
    var (found, foreign): (Set<String>, Set<String>) = ([], [])
    for index in unit.tokens.joined() {
      let token = file.tokens[index]
      switch token.kind {
      case .identifier:
        guard let name = file.name(index) else { continue }
        if name == "init" {
          if file.isPunctuation(index - 1, ".") { found.insert(Self.initializerMention) }
          continue
        }
        if anchors[name] != nil { found.insert(name) }
        if implementations[name] != nil, !unit.headers.contains(where: { $0.contains(index) }) { foreign.insert(name) }
      case .operator:
        guard !operators.isEmpty else { continue }
        let text = file.text(index)
        for name in operators where text.contains(name) { found.insert(name) }
      case .pattern: found.formUnion(Self.words(in: file.bytes[token.range]))
      case .text: if isMacro { found.formUnion(Self.words(in: file.bytes[token.range])) }
      case .number, .quote, .punctuation: continue
      }
    }
    return (found, foreign)
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
