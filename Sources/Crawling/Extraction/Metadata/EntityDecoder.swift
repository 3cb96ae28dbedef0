/// Decodes the character references that are left in values which were escaped twice.
enum EntityDecoder {
  /// The text on one clean line, with its references decoded. They are read as in an attribute, so that the query of an
  /// address stays as it is.
  static func line(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return TextCleaner.line(text) }
    var output: [UInt8] = []
    Array(text.utf8).withUnsafeBufferPointer { CharacterReferences.append($0, inAttribute: true, to: &output) }
    return TextCleaner.line(output)
  }
}
