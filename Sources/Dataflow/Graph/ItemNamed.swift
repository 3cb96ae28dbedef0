/// A value that can say which item it is, for failures, the quarantine and progress.
public protocol ItemNamed {
  /// A name that people recognise, such as a link without its credentials or a file's path.
  var itemName: String { get }
}

/// Whether the name of an item is its own rather than its place.
func hasOwnName(_ item: any Sendable) -> Bool { item is any ItemNamed || item is any LosslessStringConvertible }

/// The name of an item: its own, its text if it is a string or a number, else its place in the list.
///
/// - Parameters:
///   - index: the place, from 0.
///   - count: how many there are, if that is known.
func itemName(of item: any Sendable, at index: Int, of count: Int?) -> String {
  if let named = item as? any ItemNamed { return shortened(named.itemName, to: 500) }
  if let text = item as? any LosslessStringConvertible { return shortened(text.description, to: 500) }
  return "item \(index + 1)" + (count.map { " of \($0)" } ?? "")
}
