/// Why an XML document is not read.
enum XMLProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is something else.
  case notXML
  /// It declares entities of its own, with which a few lines can stand for gigabytes, or for a file of this machine.
  case declaresEntities
  /// One of its tags has more attributes than any real one.
  case tooManyAttributes(limit: Int)
  /// It has more elements, or one of its items has, than any real one.
  case tooManyElements(limit: Int)

  /// The reason, as a phrase.
  var description: String {
    switch self {
    case .notXML: "it is no XML document"
    case .declaresEntities: "it declares entities of its own, which may hide a bomb"
    case .tooManyAttributes(let limit): "one of its tags has more than \(limit) attributes"
    case .tooManyElements(let limit): "it has more than \(limit) elements"
    }
  }
}
