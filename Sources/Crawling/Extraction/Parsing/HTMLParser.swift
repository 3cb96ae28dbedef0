/// Parses HTML by the rules of HTML 5, straight into an ``HTMLTree``.
enum HTMLParser {
  /// The most bytes of a page that are looked at, so that positions fit into 32 bits.
  private static let longest = 1 << 30

  /// The tree of a page in valid UTF-8. Never fails; what exceeds the limits is left out. A NUL byte is a space, so
  /// that the words on both sides of it stay apart.
  static func parse(_ page: [UInt8], limits: ExtractionLimits) -> HTMLTree {
    page.withUnsafeBufferPointer { bytes in
      let whole = bytes.part(0..<min(bytes.count, longest))
      guard whole.position(of: 0, in: 0..<whole.count) != nil else { return construct(whole, limits) }
      return whole.map { $0 == 0 ? 0x20 : $0 }.withUnsafeBufferPointer { construct($0, limits) }
    }
  }

  private static func construct(_ page: UnsafeBufferPointer<UInt8>, _ limits: ExtractionLimits) -> HTMLTree {
    var constructor = TreeConstructor(page, limits: limits)
    return constructor.run()
  }
}
