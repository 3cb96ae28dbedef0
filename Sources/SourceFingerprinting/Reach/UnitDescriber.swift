/// Finds the names that a unit can be reached by.
struct UnitDescriber {
  private let names: DeclaredNames
  private let modules: [PlannedModule]
  private let visible: [String: Set<String>]

  init(names: DeclaredNames, modules: [PlannedModule], visible: [String: Set<String>]) {
    self.names = names
    self.modules = modules
    self.visible = visible
  }

  func describe(_ declaration: Declaration, in unit: inout SourceUnit) {
    switch declaration.kind {
    case .importing: return
    case .extension: describeExtension(declaration, in: &unit)
    default:
      anchor(declaration, of: nil, in: &unit)
      if declaration.names.contains("~=") { unit.isAmbient = true }
    }
    describeTypes(declaration, in: &unit)
  }

  // MARK: Extensions

  private func describeExtension(_ declaration: Declaration, in unit: inout SourceUnit) {
    var path = declaration.names[...]
    if path.count > 1, let first = path.first, visible[first] != nil { path = path.dropFirst() }
    let seen = visible[modules[unit.module].name] ?? []
    if path.first.map(names.topLevelAliases.contains) == true
      || path.dropFirst().contains(where: names.aliases.contains)
    {
      unit.isAmbient = true
    }
    if let first = path.first, let declaring = names.topLevel[first], !declaring.isDisjoint(with: seen) {
      let isPlain = declaration.inherited.allSatisfy(CommonNames.markers.contains)
      if isPlain, let type = path.last, names.isClosed(type), declaration.members.allSatisfy(isCalledByName) {
        for member in declaration.members { anchor(member, of: declaration, in: &unit) }
      } else {
        unit.bases.formUnion(path)
      }
    } else {
      describeForeignExtension(declaration, of: path, in: &unit)
    }
  }

  private func isCalledByName(_ member: Declaration) -> Bool {
    switch member.kind {
    case .function, .variable: !member.names.contains { Keywords.isUnspoken($0) || !isWord($0) }
    case .type, .alias: true
    default: false
    }
  }

  private func isWord(_ name: String) -> Bool {
    name.utf8.first.map { CharacterClass.beginsName($0) || $0 >= 0x80 } ?? false
  }

  /// Anchors a unit under the names of a declaration, or of a member of an extension, as far as they can be seen.
  private func anchor(_ member: Declaration, of parent: Declaration?, in unit: inout SourceUnit) {
    if member.isPrivate || parent?.isPrivate == true {
      unit.privateAnchors.formUnion(member.names)
    } else if member.isExported || parent?.isExported == true {
      unit.anchors.formUnion(member.names)
    } else {
      unit.moduleAnchors.formUnion(member.names)
    }
  }

  /// An extension of somebody else's type: each member is reached by its own name.
  private func describeForeignExtension(
    _ declaration: Declaration, of type: ArraySlice<String>, in unit: inout SourceUnit
  ) {
    // Who hands a value to code from elsewhere names no protocol from elsewhere.
    if !declaration.inherited.allSatisfy({ names.types.contains($0) || CommonNames.markers.contains($0) }) {
      unit.isAmbient = true
    }
    for member in declaration.members {
      switch member.kind {
      case .initializer:
        unit.anchors.insert(SourceGraph.initializerMention)
        unit.anchors.formUnion(member.label.map { [$0] } ?? Array(type))
        if member.label == nil, type.isEmpty { unit.isAmbient = true }
      case .subscript:
        if let label = member.label { unit.anchors.insert(label) } else { unit.isAmbient = true }
      default:
        anchor(member, of: declaration, in: &unit)
        if !member.isPrivate, !declaration.isPrivate, member.names.contains(where: Keywords.isUnspokenBySyntax) {
          unit.isAmbient = true
        }
      }
    }
  }

  // MARK: Types

  /// What a declaration and the types in it inherit from and declare.
  private func describeTypes(_ declaration: Declaration, in unit: inout SourceUnit) {
    if declaration.kind == .type { unit.types.formUnion(declaration.names) }
    unit.headers.append(declaration.header)
    for name in declaration.inherited {
      if names.types.contains(name) { unit.bases.insert(name) }
      if names.aliases.contains(name) { unit.isAmbient = true }
      if names.topLevel[name] == nil, !CommonNames.isCommonProtocol(name) { unit.implementations.insert(name) }
    }
    for member in declaration.members { describeTypes(member, in: &unit) }
  }
}
