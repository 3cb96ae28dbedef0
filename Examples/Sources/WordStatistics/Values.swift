import Dataflow
import Foundation

/// A file as it was found. Its size and date stand for its content: while they stay, it is not read again.
struct TextFile: Codable, Sendable, Hashable, ItemNamed {
  var path: String
  var bytes: Int
  var modified: Date

  /// By what people know the file, in failures and in the quarantine.
  var itemName: String { URL(filePath: path).lastPathComponent }
}

/// What a file says.
struct Text: Codable, Sendable, Hashable, ItemNamed {
  var name: String
  var content: String

  var itemName: String { name }
}

/// A word and how often it was met.
struct WordCount: Codable, Sendable, Hashable {
  var word: String
  var count: Int
}

/// The figures of all texts together.
struct Summary: Codable, Sendable, Hashable {
  var texts: Int
  var words: Int
  var distinct: Int
}

/// How the words are ranked. An enum among the inputs chooses between the variants of a step.
enum Order: String, Codable, Sendable, CaseIterable {
  case frequency, alphabet
}

/// What can be wrong with a file.
enum TextError: Error, CustomStringConvertible {
  case notUTF8(byte: Int)

  var description: String {
    switch self {
    case .notUTF8(let byte): "its byte \(byte) is not UTF-8; save it in that encoding"
    }
  }
}
