import Foundation

/// A place in the tree that is being encoded: containers of one parent may be written alternately, so that a parent is
/// only put together when all is written.
final class BSONNode {
  private enum State {
    case empty
    case scalar(BSONValue)
    case document([(key: String, node: BSONNode)])
    case array([BSONNode])
  }

  private var state = State.empty

  var value: BSONValue {
    switch state {
    case .empty: .document(BSONDocument())
    case .scalar(let value): value
    case .document(let fields):
      .document(BSONDocument(fields.map { BSONDocument.Element(key: $0.key, value: $0.node.value) }))
    case .array(let nodes): .array(nodes.map(\.value))
    }
  }

  func set(_ value: BSONValue) {
    state = .scalar(value)
  }

  func beginDocument() {
    if case .document = state { return }
    state = .document([])
  }

  func beginArray() {
    if case .array = state { return }
    state = .array([])
  }

  var count: Int {
    if case .array(let nodes) = state { nodes.count } else { 0 }
  }

  /// The node of a field; a field that is encoded twice is the later one.
  func field(_ key: String) -> BSONNode {
    guard case .document(var fields) = state else { return BSONNode() }
    state = .empty
    let node = BSONNode()
    if let index = fields.firstIndex(where: { $0.key == key }) {
      fields[index].node = node
    } else {
      fields.append((key, node))
    }
    state = .document(fields)
    return node
  }

  func appended() -> BSONNode {
    guard case .array(var nodes) = state else { return BSONNode() }
    state = .empty
    let node = BSONNode()
    nodes.append(node)
    state = .array(nodes)
    return node
  }

  func encode(_ value: some Encodable, path: [any CodingKey]) throws {
    switch value {
    case let date as Date: set(.date(MillisecondDate(date)))
    case let data as Data: set(.binary(subtype: 0, bytes: Array(data)))
    case let uuid as UUID:
      set(.binary(subtype: BSONValue.uuidSubtype, bytes: withUnsafeBytes(of: uuid.uuid, Array.init)))
    default: try value.encode(to: BSONNodeEncoder(node: self, codingPath: path))
    }
  }
}
