/// One line of `git ls-tree -r -z`.
struct TreeEntry: Sendable, Hashable {
  /// What the mode of an entry says it is.
  enum Kind: Sendable { case file, symbolicLink, submodule }

  var kind: Kind
  /// The object name of the contents.
  var object: String
  /// The path inside the repository; nil if it is no UTF-8.
  var path: String?

  /// Reads the whole output.
  static func entries(ofListing listing: [UInt8]) -> [TreeEntry] {
    listing.split(separator: 0).compactMap { line in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let fields = line[..<tab].split(separator: UInt8(ascii: " "))
      guard fields.count == 3 else { return nil }
      return TreeEntry(
        kind: kind(ofMode: String(decoding: fields[0], as: UTF8.self)),
        object: String(decoding: fields[2], as: UTF8.self),
        path: String(validating: line[(tab + 1)...], as: UTF8.self))
    }
  }

  private static func kind(ofMode mode: String) -> Kind {
    switch mode {
    case "120000": .symbolicLink
    case "160000": .submodule
    default: .file
    }
  }
}
