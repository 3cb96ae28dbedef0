/// Marks a parameter that takes one item at a time: the engine runs the step once for each item of the need.
///
/// It is an alias, so the body sees a plain `Item` and a unit test calls the step with one. The macros read the
/// spelling: `rawDocuments document: Each<RawDocument>` needs `rawDocuments` as `[RawDocument]`. `Each<Each<Item>>` takes
/// the items of lists in a list, and the product is nested in the same way.
public typealias Each<Item> = Item

/// Marks the result of an ``Each`` step whose lists are joined to one: for each item some elements, of all items one list.
public typealias Flat<Element> = [Element]

/// Marks a parameter that takes what an ``Each`` step made of every item, failures included: a step that does not want
/// to lose sight of the items that failed takes `Results<Chunk>` where another takes `[Chunk]`.
public typealias Results<Value: Sendable> = [ItemResult<Value>]

/// Marks a parameter that takes what an ``Each`` step made in the last complete run and does not make any longer, since
/// the item is gone or has changed: what a sink has to delete. Needs a cache, which remembers; without one it is empty.
public typealias Removed<Element> = [Element]

/// What became of one item.
public enum ItemResult<Value: Sendable>: Sendable {
  /// The step made this of it.
  case value(Value)
  /// The step, or one before it, failed; the item is in quarantine.
  case failed(Failure)

  /// The value, if there is one.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}

/// The product of a step that gives nothing: that it has run.
public struct Completion: Codable, Sendable, Hashable {
  /// The step has run.
  public init() {}
}
