/// Classes by which style sheets hide an element from everybody, or from all but screen readers. `overflow-hidden` and
/// `field--label-hidden` hide nothing of it, and `hidden-xs` hides it on small screens alone.
enum HidingClasses {
  private static let names: NameSet = [
    "hidden", "is-hidden", "u-hidden", "l-hidden", "js-hidden", "invisible", "element-invisible", "is-invisible",
    "visually-hidden",
    "visuallyhidden", "is-visually-hidden", "u-visually-hidden", "vh", "sr-only", "u-sr-only", "sronly",
    "screen-reader", "screen-reader-text", "screen-reader-only", "screenreader", "screenreader-text",
    "screenreader-only", "sharing-screen-reader-text", "offscreen", "off-screen", "assistive-text", "a11y-hidden",
    "d-none",
    "display-none", "noscreen",
  ]

  /// Whether one of the classes hides the element, and none shows it again on larger screens: `hidden md:block`,
  /// `d-none d-lg-flex`.
  static func hide(_ classes: ArraySlice<UInt8>) -> Bool {
    var hides = false
    for name in classes.split(whereSeparator: ASCII.isSpace) {
      if names.contains(name) { hides = true } else if shows(name) { return false }
    }
    return hides
  }

  private static func shows(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.contains(UInt8(ascii: ":")) || name.starts(with: "d-".utf8) else { return false }
    let mark = name.lastIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") } ?? name.startIndex
    return displays.contains(name[mark...].dropFirst())
  }

  private static let displays: NameSet = ["block", "flex", "grid", "inline", "table", "contents", "visible"]
}
