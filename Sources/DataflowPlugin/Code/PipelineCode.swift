import SourceFingerprinting
import SwiftSyntax

/// The code of a pipeline's body, as the steps reach it.
///
/// A macro resolves no names. So a name that may be a member of the pipeline counts as that member, with all overloads;
/// and where a member may be in an extension, which a macro does not see, every resource counts as reached. What this
/// cannot see has versions of its own, by ``CodeIdentity/names``.
struct PipelineCode {
  fileprivate struct Member {
    let names: [String]
    let kind: Kind
    let text: CodeText

    enum Kind { case code, type, initializer }
  }

  private let typeName: String
  private let stored: [StoredProperties.Property]
  private let storedText: [String: CodeText]
  private let members: [Member]

  init(_ type: StructDeclSyntax) {
    let typeName = type.name.plainName
    self.typeName = typeName
    stored = StoredProperties(type).properties
    let texts = stored.compactMap { property in property.type.map { (property.name, CodeText($0, of: typeName)) } }
    storedText = Dictionary(texts, uniquingKeysWith: { $1 })
    members = Self.declarations(in: type.memberBlock.members).compactMap { declaration in
      if declaration.as(VariableDeclSyntax.self)?.isStoredInInstance == true { return nil }
      let text = CodeText(declaration, of: typeName)
      if declaration.is(InitializerDeclSyntax.self) { return Member(names: [], kind: .initializer, text: text) }
      let isCode = [.variableDecl, .functionDecl, .subscriptDecl].contains(declaration.kind)
      return Member(names: declaration.declaredNames, kind: isCode ? .code : .type, text: text)
    }
  }

  /// The members, also those under `#if`, whatever its condition.
  private static func declarations(in members: MemberBlockItemListSyntax) -> [DeclSyntax] {
    members.flatMap { member -> [DeclSyntax] in
      guard let conditional = member.decl.as(IfConfigDeclSyntax.self) else { return [member.decl] }
      return conditional.clauses.flatMap { clause -> [DeclSyntax] in
        guard case .decls(let inner) = clause.elements else { return [] }
        return declarations(in: inner)
      }
    }
  }

  /// What makes the code of a step this code.
  func identity(of step: FunctionDeclSyntax, checks: [FunctionDeclSyntax]) -> CodeIdentity {
    let own = CodeText(step, of: typeName)
    let checks = checks.map { CodeText($0, of: typeName) }
    let reached = closure(of: [own] + checks)
    let texts = [own] + checks + reached.map(\.text)
    let named = texts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    let handsOver = texts.contains(where: \.handsOver)
    let isOpen = handsOver || texts.contains(where: { hasUnseenMember($0) })
    let reach =
      isOpen ? nil : storedNames(reachedBy: [own] + checks + reached.filter { $0.kind != .initializer }.map(\.text))
    let types = stored.filter { reach?.contains($0.name) ?? true }.compactMap { storedText[$0.name] }
    let names = types.reduce(into: named.union([typeName])) { $0.formUnion($1.names) }
    return CodeIdentity(
      digest: digest(own, checks + reached.map(\.text)), names: names.sorted(),
      reachesAll: texts.contains(where: \.usesMacros), reach: reach)
  }

  /// The members that the texts mean, and those that these mean, and so on.
  private func closure(of texts: [CodeText]) -> [Member] {
    var isReached = members.map { _ in false }
    var pending = texts
    while let text = pending.popLast() {
      for (index, member) in members.enumerated() where !isReached[index] && text.reaches(member) {
        isReached[index] = true
        pending.append(member.text)
      }
    }
    return zip(members, isReached).filter(\.1).map(\.0)
  }

  /// Whether a text uses a member that is not in the body: one that an extension may have, and reach anything.
  private func hasUnseenMember(_ text: CodeText) -> Bool {
    text.valueNames.contains { name in
      name.isLowercase && !standardFunctions.contains(name) && !name.isOperator
        && !stored.contains { $0.name == name } && !members.contains { $0.names.contains(name) }
    }
  }

  private func storedNames(reachedBy texts: [CodeText]) -> [String] {
    stored.map(\.name).filter { name in texts.contains { $0.valueNames.contains(name) } }.sorted()
  }

  /// The digest of the texts, of all but the first in whatever order.
  private func digest(_ first: CodeText, _ others: [CodeText]) -> String {
    let digests = others.map { hexadecimal(SHA256.digest(of: $0.bytes)) }.sorted()
    let parts = [Self.scheme, hexadecimal(SHA256.digest(of: first.bytes))] + digests
    return hexadecimal(SHA256.digest(of: Array(parts.joined(separator: "\n").utf8)))
  }

  /// The number of this way to make a digest; another way must not give the digests of this one.
  private static let scheme = "1"
}

extension CodeText {
  fileprivate func reaches(_ member: PipelineCode.Member) -> Bool {
    if handsOver { return true }
    switch member.kind {
    case .initializer: return makesAnother
    case .code: return member.names.contains(where: ownNames.contains)
    case .type: return member.names.contains(where: names.contains)
    }
  }
}

extension String {
  fileprivate var isOperator: Bool { !(first.map { $0.isLetter || "_$".contains($0) || $0.isNumber } ?? true) }
}
