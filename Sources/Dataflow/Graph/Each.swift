/// Marks a parameter that takes one item at a time: the engine runs the step once for each item of the need.
///
/// It is an alias, so the body sees a plain `Item` and a unit test calls the step with one. The macros read the
/// spelling: `rawDocuments document: Each<RawDocument>` needs `rawDocuments` as `[RawDocument]`.
public typealias Each<Item> = Item

/// Marks the result of an ``Each`` step whose lists are joined to one: for each item some elements, of all items one list.
public typealias Flat<Element> = [Element]
