/// How code gets at a unit by a name.
struct Anchor: Equatable, Sendable {
  /// Where the code may stand.
  enum Access: Int, Comparable, Sendable {
    case file, module, everywhere

    static func < (left: Access, right: Access) -> Bool { left.rawValue < right.rawValue }
  }

  var access: Access
  /// Whether the name is a member's: it is written after a point, but in the types that have it.
  var isMember = false
  /// Of a member the type that has it; nil if any type may have it, as it is somebody else's or a protocol.
  var owner: String?

  /// The wider of two ways to the same unit.
  mutating func widen(to other: Anchor) {
    access = max(access, other.access)
    if !other.isMember { isMember = false }
    if owner != other.owner { owner = nil }
  }
}
