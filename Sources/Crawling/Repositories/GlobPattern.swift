/// A pattern of paths as `.gitignore` has them (gitignore(5)), on bytes.
///
/// `*`, `?` and `[a-z]` match within one name, `**` any number of folders. A pattern with a slash before its end begins
/// at the root of the repository, any other one anywhere; what matches a folder holds for everything in it. A slash at
/// the end asks for a folder, and a backslash takes the next character as it is. Matching takes no more than the product
/// of both lengths, whatever the pattern.
package struct GlobPattern: Sendable, Hashable {
  /// What one name of a path must be.
  private enum Part: Hashable {
    /// Any number of names, none included.
    case folders
    /// One name.
    case name([UInt8])
  }

  /// The longest pattern, in bytes.
  package static let maximumLength = 1024

  private let parts: [Part]

  /// Reads a pattern; nil if it is empty, only slashes, or longer than ``maximumLength``.
  package init?(_ pattern: String) {
    var bytes = Array(pattern.utf8)[...]
    guard bytes.count <= Self.maximumLength else { return nil }
    let asksForFolder = bytes.last == UInt8(ascii: "/")
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let isAnchored = bytes.contains(UInt8(ascii: "/"))
    while bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
    guard !bytes.isEmpty else { return nil }
    let names = bytes.split(separator: UInt8(ascii: "/")).map { name in
      name.elementsEqual("**".utf8) ? Part.folders : .name(Array(name))
    }
    let anyName = Part.name([UInt8(ascii: "*")])
    var parts = isAnchored ? names : [.folders] + names
    // At the end, `**` stands for what is in a folder, and so does a slash, for what is in each that matches.
    if parts.last == .folders { parts.append(anyName) }
    if asksForFolder { parts.append(anyName) }
    self.parts = parts + [.folders]
  }

  /// Whether a path, relative to the root, or a folder on the way to it matches.
  package func matches(_ path: String) -> Bool {
    let names = Array(path.utf8).split(separator: UInt8(ascii: "/"))
    return matchesWildcards(parts, names, isAny: { $0 == .folders }) { part, name in
      if case .name(let pattern) = part { Self.matches(name, pattern) } else { false }
    }
  }

  private static func matches(_ name: ArraySlice<UInt8>, _ pattern: [UInt8]) -> Bool {
    matchesWildcards(atoms(of: pattern), Array(name), isAny: { $0 == .any }) { atom, byte in atom.matches(byte) }
  }

  private static func atoms(of pattern: [UInt8]) -> [Atom] {
    var atoms: [Atom] = []
    var position = 0
    while position < pattern.count {
      let byte = pattern[position]
      position += 1
      switch byte {
      case UInt8(ascii: "*"): if atoms.last != .any { atoms.append(.any) }
      case UInt8(ascii: "?"): atoms.append(.one)
      case UInt8(ascii: "["): atoms.append(ByteClass(pattern, at: &position).map { .oneOf($0) } ?? .byte(byte))
      case UInt8(ascii: "\\") where position < pattern.count:
        atoms.append(.byte(pattern[position]))
        position += 1
      default: atoms.append(.byte(byte))
      }
    }
    return atoms
  }
}

/// A part of a pattern of one name.
private enum Atom: Hashable {
  case any
  case one
  case byte(UInt8)
  case oneOf(ByteClass)

  func matches(_ byte: UInt8) -> Bool {
    switch self {
    case .any: false
    case .one: true
    case .byte(let wanted): byte == wanted
    case .oneOf(let wanted): wanted.contains(byte)
    }
  }
}

/// What stands in brackets: bytes and ranges, or all others after `!` or `^`.
private struct ByteClass: Hashable {
  private var ranges: [ClosedRange<UInt8>] = []
  private var isNegated = false

  /// Reads a class behind its bracket; nil, with the position as it was, if it does not end.
  init?(_ pattern: [UInt8], at position: inout Int) {
    var next = position
    if next < pattern.count, pattern[next] == UInt8(ascii: "!") || pattern[next] == UInt8(ascii: "^") {
      isNegated = true
      next += 1
    }
    let start = next
    while next < pattern.count, pattern[next] != UInt8(ascii: "]") || next == start {
      if pattern[next] == UInt8(ascii: "\\"), next + 1 < pattern.count { next += 1 }
      let first = pattern[next]
      if next + 2 < pattern.count, pattern[next + 1] == UInt8(ascii: "-"), pattern[next + 2] != UInt8(ascii: "]") {
        if first <= pattern[next + 2] { ranges.append(first...pattern[next + 2]) }
        next += 3
      } else {
        ranges.append(first...first)
        next += 1
      }
    }
    guard next < pattern.count else { return nil }
    position = next + 1
  }

  func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } != isNegated }
}

/// Whether a sequence matches a pattern in which some parts stand for any number of elements and all others for one:
/// only the last of the former need ever be tried again.
private func matchesWildcards<Part, Element>(
  _ pattern: [Part], _ elements: [Element], isAny: (Part) -> Bool, matches: (Part, Element) -> Bool
) -> Bool {
  var (part, element) = (0, 0)
  var retry: (part: Int, element: Int)?
  while element < elements.count {
    if part < pattern.count, isAny(pattern[part]) {
      retry = (part + 1, element)
      part += 1
    } else if part < pattern.count, matches(pattern[part], elements[element]) {
      part += 1
      element += 1
    } else if let last = retry {
      (part, element) = (last.part, last.element + 1)
      retry = (last.part, element)
    } else {
      return false
    }
  }
  return pattern[part...].allSatisfy(isAny)
}
