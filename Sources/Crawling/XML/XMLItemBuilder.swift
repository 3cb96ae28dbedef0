/// Builds the items of a document from the events of a parser.
final class XMLItemBuilder {
  private let names: Set<String>
  private let limit: Int
  private let take: (XMLElement) -> Bool
  /// The elements that are open, with the prefixes that each declares.
  private var open: [(element: XMLElement, prefixes: [String: String])] = []
  /// The number of open elements at which the item began that is being read.
  private var itemDepth: Int?
  private var elementsOfItem = 0
  private var text: [UInt8] = []
  private let base: String?
  /// Ends the parser.
  var stop: () -> Void = {}
  /// Why it ended before the document did, if anything is wrong.
  private(set) var problem: XMLProblem?

  /// - Parameters:
  ///   - base: the address of the document.
  ///   - limit: the most elements of an item.
  ///   - take: takes an item, and says whether more are wanted.
  init(names: Set<String>, base: String?, limit: Int, take: @escaping (XMLElement) -> Bool) {
    self.names = names
    self.base = base
    self.limit = limit
    self.take = take
  }

  func start(_ qualifiedName: String, _ attributes: [(name: String, value: String)]) {
    endText()
    let (prefix, name) = Self.parts(qualifiedName)
    var element = XMLElement(name: name, prefix: prefix, base: open.last?.element.base ?? base)
    var prefixes: [String: String] = [:]
    for (name, value) in attributes {
      if name == "xmlns" {
        prefixes[""] = value
      } else if name.hasPrefix("xmlns:") {
        prefixes[String(name.dropFirst(6))] = value
      } else {
        if name == "xml:base" { element.base = absoluteLink(value, base: element.base) ?? element.base }
        element.attributes[name.hasPrefix("xml:") ? name : Self.parts(name).name] = value
      }
    }
    element.namespace =
      prefixes[prefix ?? ""] ?? open.last { $0.prefixes[prefix ?? ""] != nil }?.prefixes[prefix ?? ""]
    open.append((element, prefixes))
    if itemDepth == nil, names.contains(name) { (itemDepth, elementsOfItem) = (open.count, 0) }
    guard itemDepth != nil else { return }
    elementsOfItem += 1
    if elementsOfItem > limit {
      problem = .tooManyElements(limit: limit)
      stop()
    }
  }

  func add(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    guard itemDepth != nil else { return }
    text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: max(0, count)))
  }

  func end() {
    endText()
    guard let closed = open.popLast()?.element, let depth = itemDepth else { return }
    if open.count >= depth {
      open[open.count - 1].element.content.append(.element(closed))
    } else {
      itemDepth = nil
      if !take(closed) { stop() }
    }
  }

  /// The text of an element comes in pieces.
  private func endText() {
    guard !text.isEmpty, !open.isEmpty else { return }
    open[open.count - 1].element.content.append(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll(keepingCapacity: true)
  }

  private static func parts(_ name: String) -> (prefix: String?, name: String) {
    guard let colon = name.firstIndex(of: ":") else { return (nil, name) }
    return (String(name[..<colon]), String(name[name.index(after: colon)...]))
  }
}
