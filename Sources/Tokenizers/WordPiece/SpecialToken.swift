/// A token such as `[MASK]`, which stands for itself wherever it is written.
struct SpecialToken: Sendable {
  /// Its spelling.
  var utf8: [UInt8]
  /// The vocabulary's number.
  var id: Int32
}
