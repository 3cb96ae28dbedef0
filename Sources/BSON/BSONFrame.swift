/// A value that is being encoded: nothing yet, a scalar, or a document or array that is still open.
struct BSONFrame {
  enum Kind {
    case empty, scalar, document, array
  }

  /// Which containers and encoders belong to the value; they are refused when it is not the innermost one any more.
  let serial: Int
  /// Where the element's type byte is, which is written when the type is known; its key follows.
  let typeOffset: Int
  /// Where the value begins.
  let valueStart: Int
  /// The place in the array that has it; -1 for a field.
  let index: Int
  var kind = Kind.empty
  /// How many elements it has, deferred ones included.
  var count = 0
  /// The keys that it has.
  var keys = BSONKeySet()
  /// Containers of their own, which are put in their places when this value is closed; they are rare.
  var deferred: [BSONDeferred] = []
}

/// A nested container or super encoder, and where its element belongs.
struct BSONDeferred {
  var offset: Int
  let key: String
  let writer: BSONWriter
}
