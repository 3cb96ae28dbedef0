/// Cuts files into units and finds the names that each can be reached by.
struct UnitMaker {
  private let names: DeclaredNames
  private let modules: [PlannedModule]
  private let visible: [String: Set<String>]
  private(set) var units: [SourceUnit] = []

  init(names: DeclaredNames, modules: [PlannedModule], visible: [String: Set<String>]) {
    self.names = names
    self.modules = modules
    self.visible = visible
  }

  /// Conformances that say nothing of whose code runs: nearly every type has one, and values of such a type come from
  /// code that names it.
  static let commonProtocols: Set<String> = [
    "Sendable", "Equatable", "Hashable", "Comparable", "Codable", "Encodable", "Decodable", "CodingKey", "Error",
    "LocalizedError", "CustomStringConvertible", "CustomDebugStringConvertible", "RawRepresentable", "CaseIterable",
    "Identifiable", "AnyObject", "Any", "Copyable", "Escapable", "BitwiseCopyable", "SendableMetatype", "unchecked",
    "retroactive", "preconcurrency", "nonisolated", "unsafe", "String", "Character", "Int", "Int8", "Int16", "Int32",
    "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Float", "Double",
  ]

  private static let markers: Set<String> = [
    "Sendable", "BitwiseCopyable", "SendableMetatype", "unchecked", "retroactive",
  ]

  mutating func add(_ file: SourceFile, at index: Int) {
    var rest = SourceUnit(file: index, module: file.module, label: file.label)
    guard let tokenized = file.tokenized else {
      rest.isAmbient = true
      units.append(rest)
      return
    }
    let restIndex = units.count
    units.append(rest)
    var start = 0
    for declaration in file.declarations {
      describe(declaration, in: &rest)
      for member in splitMembers(of: declaration) {
        rest.tokens.append(start..<member.tokens.lowerBound)
        start = member.tokens.upperBound
        guard !isPlainInitializer(member, in: tokenized) else { continue }
        let name = member.names.first ?? ""
        var unit = SourceUnit(file: index, module: file.module, label: "\(file.label)#\(name)")
        unit.tokens = [member.tokens]
        unit.anchors = Set(member.names)
        unit.rest = restIndex
        units.append(unit)
      }
    }
    rest.tokens.append(start..<tokenized.tokens.count)
    units[restIndex] = rest
  }

  // MARK: The members of pipelines

  /// The members that are units of their own: those of a pipeline that only their names lead to.
  private func splitMembers(of declaration: Declaration) -> [Declaration] {
    guard declaration.names.count == 1, names.pipelines.contains(declaration.names[0]),
      declaration.kind == .type || declaration.kind == .extension,
      declaration.inherited.allSatisfy(Self.markers.contains)
    else { return [] }
    return declaration.members.filter { member in
      switch member.kind {
      case .function, .variable: !member.names.isEmpty && !member.names.contains(where: Keywords.isUnspoken)
      case .initializer: declaration.kind == .type
      default: false
      }
    }
  }

  /// Whether an initialiser of a pipeline does nothing but keep its parameters under their names: then it has no code
  /// that a step could run, and the types in it are not reached by it.
  private func isPlainInitializer(_ member: Declaration, in file: TokenizedFile) -> Bool {
    guard member.kind == .initializer, let body = member.body else { return false }
    for index in member.tokens.lowerBound..<body.lowerBound where file.tokens[index].kind == .operator {
      if file.text(index) == "=" { return false }
    }
    guard body.count % 5 == 0 else { return false }
    return stride(from: body.lowerBound, to: body.upperBound, by: 5).allSatisfy { index in
      file.word(index) == "self" && file.isPunctuation(index + 1, ".") && file.text(index + 3) == "="
        && file.name(index + 2) != nil && file.name(index + 2) == file.name(index + 4)
    }
  }

  // MARK: Names

  private func describe(_ declaration: Declaration, in unit: inout SourceUnit) {
    switch declaration.kind {
    case .importing: break
    case .extension: describeExtension(declaration, in: &unit)
    default:
      if !declaration.isPrivate { unit.anchors.formUnion(declaration.names) }
      if declaration.names.contains("~=") { unit.isAmbient = true }
      describeTypes(declaration, in: &unit)
    }
  }

  private func describeExtension(_ declaration: Declaration, in unit: inout SourceUnit) {
    var path = declaration.names[...]
    if path.count > 1, let first = path.first, visible[first] != nil { path = path.dropFirst() }
    let first = path.first ?? ""
    let seen = visible[modules[unit.module].name] ?? []
    if names.aliases.contains(where: path.contains) { unit.isAmbient = true }
    if let declaring = names.topLevel[first], !declaring.isDisjoint(with: seen) {
      unit.bases.formUnion(path)
      describeTypes(declaration, in: &unit)
      return
    }
    // An extension of somebody else's type.
    let inherited = declaration.inherited
    if !inherited.allSatisfy({ names.types.contains($0) || Self.markers.contains($0) }) { unit.isAmbient = true }
    describeTypes(declaration, in: &unit)
    guard !declaration.isPrivate else { return }
    for member in declaration.members where !member.isPrivate { describeMember(member, of: path, in: &unit) }
  }

  /// A member of somebody else's type, which is reached by its own name.
  private func describeMember(_ member: Declaration, of type: ArraySlice<String>, in unit: inout SourceUnit) {
    switch member.kind {
    case .initializer:
      unit.anchors.insert(SourceGraph.initializerMention)
      unit.anchors.formUnion(member.label.map { [$0] } ?? Array(type))
      if member.label == nil, type.isEmpty { unit.isAmbient = true }
    case .subscript:
      if let label = member.label { unit.anchors.insert(label) } else { unit.isAmbient = true }
    default:
      unit.anchors.formUnion(member.names)
      if member.names.contains(where: Keywords.isUnspoken) { unit.isAmbient = true }
    }
  }

  /// What a declaration and the types in it inherit from and declare.
  private func describeTypes(_ declaration: Declaration, in unit: inout SourceUnit) {
    if declaration.kind == .type { unit.types.formUnion(declaration.names) }
    for name in declaration.inherited {
      if names.types.contains(name) { unit.bases.insert(name) }
      if names.aliases.contains(name) { unit.isAmbient = true }
      if names.topLevel[name] == nil, !Self.commonProtocols.contains(name) { unit.implementations.insert(name) }
    }
    for member in declaration.members { describeTypes(member, in: &unit) }
  }
}
