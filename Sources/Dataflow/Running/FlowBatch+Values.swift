extension FlowBatch {
  /// The value of an item: at hand, from the cache or, where the cache has lost it, made again.
  func value(of item: Item, made node: Int?) async throws -> any Sendable {
    if let value = item.value { return try loaded(value, node) }
    guard let node else { return () }
    if let stored = item.stored, let data = nodes[node].caching.cache?.read(stored) {
      return try loaded(.json(data), node)
    }
    guard
      case .success(let origin) = nodes[node].parent.map({ entries[$0][item.origin] })
        ?? .success(Item(value: source[item.root], root: item.root, place: item.root))
    else { return () }
    let value = try await value(of: origin, made: nodes[node].parent)
    guard case .value(let again)? = try await make(node, value, nil, root: item.root, item.origin).value else {
      return ()
    }
    return again
  }

  func value(at index: Int, of node: Int?) async throws -> any Sendable {
    guard let node else { return try loaded(source[index], nil) }
    guard case .success(let item) = entries[node][index] else { return () }
    return try await value(of: item, made: node)
  }

  func loaded(_ value: HeldValue, _ node: Int?) throws -> any Sendable {
    guard let type = itemType(after: node) else {
      guard case .value(let value) = value else { return () }
      return value
    }
    return try value.value(of: type)
  }

  /// The type of the items that stand after a node; of the source's for nil.
  func itemType(after node: Int?) -> ValueType? {
    guard let node else { return sourceType }
    let fan = nodes[node].fan
    return fan.isFlat ? fan.element : fan.item
  }

  func version(of value: HeldValue, _ node: Int?) -> Digest256? {
    switch value {
    case .json(let data): Digest256(of: data)
    case .value(let value): Dataflow.version(of: value)
    }
  }

  func name(of value: any Sendable, _ index: Int, _ node: FlowNode) -> String {
    node.isAligned ? itemName(of: value, at: start + index, of: total) : itemName(of: value, at: index, of: nil)
  }
}

extension HeldValue {
  /// The value, or nothing where its JSON cannot be read; for names only.
  func loaded(_ type: ValueType?) -> any Sendable {
    switch self {
    case .value(let value): value
    case .json: (type.flatMap { try? value(of: $0) }) ?? ()
    }
  }
}
