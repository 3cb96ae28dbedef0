/// Cuts files into units.
struct UnitMaker {
  private let names: DeclaredNames
  private let describer: UnitDescriber
  private(set) var units: [SourceUnit] = []

  init(names: DeclaredNames, modules: [PlannedModule], visible: [String: Set<String>]) {
    self.names = names
    describer = UnitDescriber(names: names, modules: modules, visible: visible)
  }

  /// A unit for each declaration and for each member of a pipeline, and one for the rest of the file: imports, mostly.
  /// A file with declarations under `#if` stays whole, for a condition decides on all of them.
  mutating func add(_ file: SourceFile, at index: Int) {
    let rest = units.count
    units.append(SourceUnit(file: index, module: file.module, label: file.label))
    guard let tokenized = file.tokenized else {
      units[rest].isAmbient = true
      return
    }
    guard !file.hasConditions else {
      units[rest].tokens = [tokenized.tokens.indices]
      for declaration in file.declarations { describer.describe(declaration, in: &units[rest]) }
      return
    }
    var start = 0
    for declaration in file.declarations where declaration.kind != .importing {
      units[rest].tokens.append(start..<declaration.tokens.lowerBound)
      start = declaration.tokens.upperBound
      add(declaration, of: file, at: index, in: tokenized, rest: rest)
    }
    units[rest].tokens.append(start..<tokenized.tokens.count)
  }

  private mutating func add(
    _ declaration: Declaration, of file: SourceFile, at index: Int, in tokenized: TokenizedFile, rest: Int
  ) {
    let name = (declaration.kind == .extension ? "extension " : "") + declaration.names.joined(separator: ".")
    var unit = SourceUnit(file: index, module: file.module, label: "\(file.label)#\(name)")
    unit.surroundings = [rest]
    describer.describe(declaration, in: &unit)
    let type = declaration.names.first
    unit.isPipeline = type.map(names.pipelines.contains) ?? false
    let whole = units.count
    units.append(unit)
    var start = declaration.tokens.lowerBound
    for member in splitMembers(of: declaration, in: tokenized) {
      unit.tokens.append(start..<member.tokens.lowerBound)
      start = member.tokens.upperBound
      if member.kind == .initializer { continue }
      var part = SourceUnit(
        file: index, module: file.module, label: "\(unit.label).\(member.names.joined(separator: ","))")
      part.tokens = [member.tokens]
      for name in member.names { part.anchor(name, Anchor(access: .module, isMember: true, owner: type)) }
      part.scope = unit.scope
      part.isPipeline = true
      part.surroundings = [whole, rest]
      units.append(part)
    }
    unit.tokens.append(start..<declaration.tokens.upperBound)
    units[whole] = unit
  }

  /// The members that are no part of their type's unit: those of a pipeline that only their names lead to, and
  /// initialisers without code.
  private func splitMembers(of declaration: Declaration, in file: TokenizedFile) -> [Declaration] {
    guard let name = declaration.names.first, declaration.names.count == 1, names.pipelines.contains(name),
      !names.isOpen(name), (names.conformances[name] ?? []).isEmpty, !declaration.hasConditions
    else { return [] }
    return declaration.members.filter { member in
      switch member.kind {
      case .function, .variable: !member.names.isEmpty && !member.names.contains(where: Keywords.isUnspoken)
      case .initializer: isPlainInitializer(member, in: file)
      default: false
      }
    }
  }

  /// Whether an initialiser of a pipeline does nothing but keep its parameters under their names: then it has no code
  /// that a step could run, and the types in it are not reached by it.
  private func isPlainInitializer(_ member: Declaration, in file: TokenizedFile) -> Bool {
    guard let body = member.body else { return false }
    for index in member.tokens.lowerBound..<body.lowerBound where file.tokens[index].kind == .operator {
      if file.text(index) == "=" { return false }
    }
    guard body.count % 5 == 0 else { return false }
    return stride(from: body.lowerBound, to: body.upperBound, by: 5).allSatisfy { index in
      file.word(index) == "self" && file.isPunctuation(index + 1, ".") && file.text(index + 3) == "="
        && file.name(index + 2) != nil && file.name(index + 2) == file.name(index + 4)
    }
  }
}
