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
      for name in declaration.names { unit.anchor(name, Anchor(access: declaration.access)) }
      if declaration.names.contains("~=") { unit.isAmbient = true }
    }
    describeTypes(declaration, in: &unit)
  }

  // MARK: Extensions

  private func describeExtension(_ declaration: Declaration, in unit: inout SourceUnit) {
    var path = declaration.names[...]
    if path.count > 1, let first = path.first, visible[first] != nil { path = path.dropFirst() }
    unit.scope.formUnion(path)
    let first = path.first ?? ""
    if names.topLevelAliases.contains(first) || path.dropFirst().contains(where: names.aliases.contains) {
      unit.isAmbient = true
    }
    let seen = visible[modules[unit.module].name] ?? []
    if let type = path.last, let declaring = names.topLevel[first], !declaring.isDisjoint(with: seen) {
      // A function of the extension may be what the type conforms to a protocol with.
      unit.bases.formUnion(names.conformances[type] ?? [])
      if names.isOpen(type) || !isReachedByNames(declaration) {
        unit.bases.formUnion(path)
        // Values have the members of a protocol without their own type's leading there.
        guard names.inheritable.contains(type) else { return }
      }
      let owner = names.isOpen(type) ? nil : type
      for member in declaration.members { anchor(member, of: declaration, type: type, owner: owner, in: &unit) }
    } else {
      describeForeignExtension(declaration, of: path.last, in: &unit)
    }
  }

  /// Whether nothing of an extension can be used but by a name in it.
  private func isReachedByNames(_ declaration: Declaration) -> Bool {
    let others = declaration.inherited.filter { !CommonNames.markers.contains($0) }
    return others.allSatisfy(names.types.contains) && !names.bringUnspoken(others)
      && !declaration.members.contains(where: \.isUnspoken)
  }

  /// Anchors a unit under the names of a member of an extension, as far as they can be seen.
  private func anchor(
    _ member: Declaration, of parent: Declaration, type: String, owner: String?, in unit: inout SourceUnit
  ) {
    let access = parent.isPrivate ? .file : max(member.access, member.isPrivate ? .file : parent.access)
    switch member.kind {
    case .initializer:
      unit.anchor(Mentions.initializer, Anchor(access: access))
      unit.anchor(member.label ?? Mentions.call(of: type), Anchor(access: access))
    case .subscript:
      if let label = member.label { unit.anchor(label, Anchor(access: access)) }
    default:
      for name in member.names {
        let isMember = CharacterClass.isName(name)
        unit.anchor(name, Anchor(access: access, isMember: isMember, owner: isMember ? owner : nil))
      }
    }
  }

  /// An extension of somebody else's type: each member is reached by its own name.
  private func describeForeignExtension(_ declaration: Declaration, of type: String?, in unit: inout SourceUnit) {
    // Who hands a value to code from elsewhere names no protocol from elsewhere.
    if !declaration.inherited.allSatisfy({ names.types.contains($0) || CommonNames.markers.contains($0) }) {
      unit.isAmbient = true
    }
    for member in declaration.members {
      anchor(member, of: declaration, type: type ?? "", owner: nil, in: &unit)
      let isUnspoken =
        switch member.kind {
        case .initializer: member.label == nil && type == nil
        case .subscript: member.label == nil
        default: member.names.contains(where: Keywords.isUnspokenBySyntax)
        }
      if isUnspoken, !member.isPrivate, !declaration.isPrivate { unit.isAmbient = true }
    }
  }

  // MARK: Types

  /// What a declaration and the types in it inherit from and declare.
  private func describeTypes(_ declaration: Declaration, in unit: inout SourceUnit) {
    if declaration.kind == .type {
      unit.types.formUnion(declaration.names)
      unit.scope.formUnion(declaration.names)
    }
    unit.scope.formUnion(declaration.inherited)
    for name in declaration.inherited {
      if names.types.contains(name) { unit.bases.insert(name) }
      if names.aliases.contains(name) { unit.isAmbient = true }
      if names.topLevel[name] == nil, !CommonNames.isCommonProtocol(name), !CommonNames.isLentOnly(name) {
        unit.implementations.insert(name)
      }
    }
    for member in declaration.members { describeTypes(member, in: &unit) }
  }
}
