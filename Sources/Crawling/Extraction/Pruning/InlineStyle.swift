/// Decides from a `style` attribute whether an element is kept from the reader's eyes: by which authors hide templates,
/// and attackers text that only machines shall read.
struct InlineStyle {
  /// Declarations that matter, by their hashes.
  private enum Property: Sendable {
    case display, visibility, opacity, fontSize, color, background, position, offset, indent, margin, clip, clipPath
    case width, height, overflow, padding, transform
  }

  private static let names: [(name: String, property: Property)] = [
    ("display", .display), ("visibility", .visibility), ("opacity", .opacity), ("font-size", .fontSize),
    ("color", .color), ("background", .background), ("background-color", .background), ("position", .position),
    ("left", .offset), ("top", .offset), ("right", .offset), ("bottom", .offset), ("text-indent", .indent),
    ("margin-left", .margin), ("margin-top", .margin), ("clip", .clip), ("clip-path", .clipPath),
    ("width", .width), ("height", .height), ("max-width", .width), ("max-height", .height), ("overflow", .overflow),
    ("padding-top", .padding), ("padding-bottom", .padding), ("transform", .transform),
  ]

  private static let properties = NameTable(names.map { (NameHash($0.name.utf8), $0.property) })

  /// Not shown at all, which scripts change when the reader asks for it.
  private var isFolded = false
  private var isHidden = false
  private var isOutside = false
  private var isPositioned = false
  private var isEmpty = false
  private var isPadded = false
  private var cutsOverflow = false
  private var color: [UInt8] = []
  private var background: [UInt8] = []

  /// Whether an element with this style cannot be seen.
  static func hides(_ style: ArraySlice<UInt8>) -> Bool {
    let reader = InlineStyle(style)
    return reader.isFolded || reader.isInvisible
  }

  /// Whether an element with this style would be seen if it were displayed.
  static func onlyFolds(_ style: ArraySlice<UInt8>) -> Bool { !InlineStyle(style).isInvisible }

  private init(_ style: ArraySlice<UInt8>) {
    for declaration in style.split(separator: UInt8(ascii: ";")) {
      guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")),
        let property = Self.properties[NameHash(lowercasing: declaration[..<colon].trimmed)]
      else { continue }
      read(property, declaration[(colon + 1)...])
    }
  }

  private var isInvisible: Bool {
    if isHidden || isOutside && isPositioned { return true }
    // A box without height that is padded keeps the shape of a picture until it has come.
    if isEmpty, cutsOverflow, !isPadded { return true }
    return !color.isEmpty && color == background
  }

  private mutating func read(_ property: Property, _ text: ArraySlice<UInt8>) {
    var value = text.filter { !ASCII.isSpace($0) }.map(ASCII.lowercased)
    if let mark = value.firstIndex(of: UInt8(ascii: "!")) { value.removeSubrange(mark...) }
    let number = Self.number(value)
    switch property {
    case .display: isFolded = isFolded || Self.isOne(of: ["none"], value)
    case .visibility: isHidden = isHidden || Self.isOne(of: ["hidden", "collapse"], value)
    case .opacity: isHidden = isHidden || number?.value == 0
    case .fontSize:
      if let number, number.value == 0 || number.value <= 1 && number.isPixels { isHidden = true }
    case .indent, .margin: isHidden = isHidden || number.map { $0.value <= -999 } ?? false
    case .offset: isOutside = isOutside || number.map { $0.value <= -999 } ?? false
    case .position: isPositioned = Self.isOne(of: ["absolute", "fixed"], value)
    case .clip: isOutside = isOutside || Self.starts(value, "rect(0") || Self.starts(value, "rect(1px,1px")
    case .clipPath: isHidden = isHidden || Self.starts(value, "inset(50%") || Self.starts(value, "inset(100%")
    case .width, .height:
      if let number, number.value == 0 || number.value <= 1 && number.isPixels { isEmpty = true }
    case .overflow: cutsOverflow = Self.isOne(of: ["hidden", "clip"], value)
    case .padding: isPadded = number.map { $0.value > 0 } ?? false
    case .transform: isHidden = isHidden || Self.isOne(of: ["scale(0)", "scale(0,0)"], value)
    case .color:
      if Self.isOne(of: ["transparent", "rgba(0,0,0,0)"], value) { isHidden = true }
      color = Self.ownColor(value)
    case .background: background = Self.ownColor(value)
    }
  }

  /// A color in its longest form; nothing for one that comes from elsewhere.
  private static func ownColor(_ value: [UInt8]) -> [UInt8] {
    if isOne(of: ["inherit", "initial", "unset", "revert", "currentcolor", "none"], value) { return [] }
    if starts(value, "var(") { return [] }
    if isOne(of: ["white"], value) { return Array("#ffffff".utf8) }
    if isOne(of: ["black"], value) { return Array("#000000".utf8) }
    if value.count == 4, value[0] == UInt8(ascii: "#") { return value[..<1] + value[1...].flatMap { [$0, $0] } }
    return value
  }

  /// The number that a value begins with, and whether it counts pixels (as a bare number does nearly).
  private static func number(_ value: [UInt8]) -> (value: Double, isPixels: Bool)? {
    var end = 0
    while end < value.count, ASCII.isDigit(value[end]) || "+-.".utf8.contains(value[end]) { end += 1 }
    guard end > 0, let number = Double(String(decoding: value[..<end], as: UTF8.self)) else { return nil }
    let unit = value[end...]
    return (number, unit.isEmpty || unit.elementsEqual("px".utf8) || unit.elementsEqual("pt".utf8))
  }

  private static func isOne(of words: [StaticString], _ value: [UInt8]) -> Bool {
    words.contains { $0.withUTF8Buffer { value.elementsEqual($0) } }
  }

  private static func starts(_ value: [UInt8], _ word: StaticString) -> Bool {
    word.withUTF8Buffer { value.starts(with: $0) }
  }
}
