// Our half of the comparison: `BSONBenchmark CASE KIND FILE PASSES` reads the documents of a file, goes over all of them
// once, uncounted, and then PASSES times, and prints the CPU seconds of one pass as a line of JSON.

import BSON
import Foundation

@main
struct BSONBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let what = Case(rawValue: arguments[1]), let passes = Int(arguments[4]), passes > 0
    else {
      FileHandle.standardError.write(Data("usage: BSONBenchmark CASE KIND FILE PASSES\n".utf8))
      exit(2)
    }
    let documents = try documents(of: Array(Data(contentsOf: URL(filePath: arguments[3]))))
    let seconds =
      switch arguments[2] {
      case "articles": try what.measure(Article.self, documents, passes: passes)
      case "small": try what.measure(Record.self, documents, passes: passes)
      case let kind: throw UnknownKind(kind: kind)
      }
    let bytes = documents.reduce(0) { $0 + $1.count }
    print(#"{"seconds": \#(seconds), "documents": \#(documents.count), "bytes": \#(bytes)}"#)
  }

  /// The documents that a file holds one after the other.
  private static func documents(of bytes: [UInt8]) throws -> [[UInt8]] {
    var documents: [[UInt8]] = []
    var position = 0
    while position + 4 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
      guard length > 4, position + length <= bytes.count else { throw WrongResult() }
      documents.append(Array(bytes[position..<position + length]))
      position += length
    }
    return documents
  }
}

/// A kind of documents that there is not.
struct UnknownKind: Error {
  let kind: String
}
