/// Finds the address of an image, which lazy loading hides in many places.
struct ImageReader {
  let tree: HTMLTree
  let addresses: Addresses

  /// The image's address and alternative text; nil for tracking pixels, embedded data and images without an address.
  func read(_ index: HTMLTree.Index) -> (alt: String, address: String)? {
    guard !isPixel(index), let address = address(index) else { return nil }
    let alt = tree.string(.alt, of: index) ?? tree.string(.title, of: index) ?? ""
    return (TextCleaner.line(alt), address)
  }

  /// Whether an image says where it is, rather than that a script will.
  static func hasAddress(_ tree: HTMLTree, _ index: HTMLTree.Index) -> Bool {
    [AttributeName.dataSrc, .dataOriginal, .dataLazySrc, .src, .dataSrcset, .srcset].contains { name in
      guard let value = tree.string(name, of: index), !value.isEmpty else { return false }
      return !value.hasPrefix("data:") && !isPlaceholder(value)
    }
  }

  /// Whether an image is as small as those that count readers.
  private func isPixel(_ index: HTMLTree.Index) -> Bool {
    [AttributeName.width, .height].contains { name in
      tree.string(name, of: index).flatMap { Int($0) }.map { (0...1).contains($0) } ?? false
    }
  }

  private func address(_ index: HTMLTree.Index) -> String? {
    for name in [AttributeName.dataSrc, .dataOriginal, .dataLazySrc, .src] {
      if let value = tree.string(name, of: index), let address = addresses.web(value), !Self.isPlaceholder(address) {
        return address
      }
    }
    for name in [AttributeName.dataSrcset, .srcset] {
      if let value = tree.string(name, of: index), let largest = Self.largest(in: value) {
        return addresses.web(largest)
      }
    }
    let parent = tree.parent(index)
    guard tree.tag(parent) == .picture else { return nil }
    for source in tree.children(parent) where tree.tag(source) == .source {
      if let value = tree.string(.srcset, of: source), let largest = Self.largest(in: value) {
        return addresses.web(largest)
      }
    }
    return nil
  }

  private static func isPlaceholder(_ address: String) -> Bool {
    let name = address.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return ["blank.gif", "spacer.gif", "pixel.gif", "1x1.gif", "placeholder.gif", "transparent.gif"].contains {
      name.hasPrefix($0)
    }
  }

  /// The address with the largest width or density in a `srcset` (HTML Standard 4.8.4.2.1).
  static func largest(in set: String) -> String? {
    let bytes = Array(set.utf8)
    var best: (address: ArraySlice<UInt8>, size: Double)?
    var start = 0
    while start < bytes.count {
      var end = start
      // A comma inside an address has no white space behind it.
      while end < bytes.count,
        bytes[end] != UInt8(ascii: ",") || end + 1 < bytes.count && !ASCII.isSpace(bytes[end + 1])
      {
        end += 1
      }
      let candidate = bytes[start..<end].trimmed
      start = end + 1
      let address = candidate.prefix { !ASCII.isSpace($0) }
      guard !address.isEmpty, !address.starts(with: "data:".utf8) else { continue }
      let descriptor = candidate[address.endIndex...].trimmed.prefix { !ASCII.isSpace($0) }
      let size = Double(String(decoding: descriptor.dropLast(), as: UTF8.self)) ?? 1
      if size > best?.size ?? 0 { best = (address, size) }
    }
    return best.map { String(decoding: $0.address, as: UTF8.self) }
  }
}
