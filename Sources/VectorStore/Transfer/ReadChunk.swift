import Domain

/// A chunk as it was read; nil with the problem if it could not be.
struct ReadChunk: Sendable, Identifiable {
  /// How far the length of a vector may be from 1: the rounding of 32-bit components is far below, as is that of 8-bit
  /// ones.
  private static let lengthTolerance = 0.01

  var id: Identifier
  var documentID: Identifier
  var chunk: EmbeddedChunk?
  var problem: String?

  /// What is wrong with the chunk, of a document with this text; nil if nothing is.
  func problem(in text: [UInt8], model: EmbeddingModelInfo) -> String? {
    guard let chunk else { return problem ?? "it cannot be read" }
    let piece = chunk.chunk
    guard piece.start >= 0, piece.start < piece.end, piece.end <= text.count else {
      return "it is said to be the bytes \(piece.start)..<\(piece.end) of a text of \(text.count)"
    }
    guard text[piece.start..<piece.end].elementsEqual(piece.text.utf8) else {
      return "its text is not the bytes \(piece.start)..<\(piece.end) of its document"
    }
    return vectorProblem(chunk, model)
  }

  private func vectorProblem(_ chunk: EmbeddedChunk, _ model: EmbeddingModelInfo) -> String? {
    guard chunk.model.makesSameVectors(as: model) else {
      return "its vector was made by \(chunk.model.name), and not by \(model.name) as the others"
    }
    guard chunk.vector.count == model.dimension else {
      return "its vector has \(chunk.vector.count) components instead of \(model.dimension)"
    }
    let squares = chunk.vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squares.isFinite else { return "a component of its vector is not a finite number" }
    let length = squares.squareRoot()
    guard abs(length - 1) <= Self.lengthTolerance else { return "its vector has the length \(length) instead of 1" }
    return nil
  }
}

extension [CleanedDocument] {
  /// The documents in groups whose chunks fit into memory together whatever they are: of 1 MiB of text, or one document.
  func groupedByLength() -> [ArraySlice<CleanedDocument>] {
    var groups: [ArraySlice<CleanedDocument>] = []
    var (start, length) = (0, 0)
    for (index, document) in enumerated() {
      let next = document.text.utf8.count
      if index > start, length + next > 1 << 20 {
        groups.append(self[start..<index])
        (start, length) = (index, 0)
      }
      length += next
    }
    if start < count { groups.append(self[start...]) }
    return groups
  }
}
