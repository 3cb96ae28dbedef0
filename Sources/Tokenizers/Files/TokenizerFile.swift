import Foundation

/// A model's `tokenizer.json`, as Hugging Face's `tokenizers` writes it: what this library understands of it.
struct TokenizerFile {
  /// The largest file that is read, in bytes; the largest vocabularies take a third of it.
  static let maximumSize = 64 << 20

  /// A step of the file that is told by its type, with what the types of this library have as settings.
  struct Component: Decodable {
    var type: String
    // Sequences.
    var normalizers: [Component]?
    var pretokenizers: [Component]?
    var processors: [Component]?
    // BertNormalizer.
    var clean_text: Bool?
    var handle_chinese_chars: Bool?
    var strip_accents: Bool?
    var lowercase: Bool?
    // ByteLevel and Split.
    var add_prefix_space: Bool?
    var use_regex: Bool?
    var individual_digits: Bool?
    var pattern: Pattern?
    var behavior: String?
    // TemplateProcessing.
    var single: [Piece]?
    var special_tokens: [String: SpecialTokens]?
    // BertProcessing and RobertaProcessing.
    var cls: NamedToken?
    var sep: NamedToken?

    struct Pattern: Decodable {
      var Regex: String?
    }
    struct Piece: Decodable {
      var SpecialToken: Name?
      var Sequence: Name?
      struct Name: Decodable {
        var id: String
      }
    }
    struct SpecialTokens: Decodable {
      var ids: [Int32]
    }
    struct NamedToken: Decodable {
      var name: String
      var id: Int32

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        name = try container.decode(String.self)
        id = try container.decode(Int32.self)
      }
    }

    /// The steps of a sequence, or the only one.
    var steps: [Component] { (normalizers ?? pretokenizers ?? processors)?.flatMap(\.steps) ?? [self] }
  }

  /// The settings of the model, besides its vocabulary.
  struct Model: Decodable {
    var type: String?
    var unk_token: String?
    var continuing_subword_prefix: String?
    var end_of_word_suffix: String?
    var max_input_chars_per_word: Int?
    var byte_fallback: Bool?
    var ignore_merges: Bool?
    var dropout: Double?
    var fuse_unk: Bool?
  }

  /// A token that is found as it is written, before the text is cut into words.
  struct AddedToken: Decodable {
    var id: Int32
    var content: String
    var single_word: Bool?
    var lstrip: Bool?
    var rstrip: Bool?
    var normalized: Bool?
    var special: Bool?
  }

  let path: String
  private(set) var model = Model()
  /// The UTF-8 of each token of the model, with its number.
  private(set) var vocabulary: [(token: [UInt8], id: Int32)] = []
  /// The pairs of tokens that are joined, the first ones first.
  private(set) var merges: [(left: [UInt8], right: [UInt8])] = []
  private(set) var addedTokens: [AddedToken] = []
  private(set) var normalizer: [Component] = []
  private(set) var preTokenizer: [Component] = []
  private(set) var postProcessor: [Component] = []

  /// Reads a file.
  ///
  /// - Throws: ``TokenizerError/cannotRead(path:reason:)``; ``TokenizerError/invalidFile(path:reason:)``.
  init(path: String) throws {
    self.path = path
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TokenizerError.cannotRead(path: path, reason: systemReason(of: error))
    }
    guard data.count <= Self.maximumSize else {
      throw TokenizerError.invalidFile(path: path, reason: "it is larger than \(Self.maximumSize) bytes")
    }
    do {
      try read([UInt8](data))
    } catch let problem as JSONCursor.Problem {
      throw TokenizerError.invalidFile(path: path, reason: "\(problem.reason) at byte \(problem.offset)")
    } catch let error as DecodingError {
      throw TokenizerError.invalidFile(path: path, reason: reason(of: error))
    }
  }

  private mutating func read(_ bytes: [UInt8]) throws {
    var members: [[UInt8]: Range<Int>] = [:]
    var cursor = JSONCursor(bytes)
    try cursor.forEachMember { name, cursor throws(JSONCursor.Problem) in members[name] = try cursor.skip() }
    func decoded<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
      guard let range = members[Array(name.utf8)] else { return nil }
      return try JSONDecoder().decode(Value?.self, from: Data(bytes[range]))
    }
    addedTokens = try decoded("added_tokens", as: [AddedToken].self) ?? []
    normalizer = try decoded("normalizer", as: Component.self)?.steps ?? []
    preTokenizer = try decoded("pre_tokenizer", as: Component.self)?.steps ?? []
    postProcessor = try decoded("post_processor", as: Component.self)?.steps ?? []
    guard let range = members[Array("model".utf8)] else {
      throw TokenizerError.invalidFile(path: path, reason: "it has no model")
    }
    try readModel(JSONCursor(bytes, at: range.lowerBound))
  }

  private mutating func readModel(_ start: JSONCursor) throws {
    var (cursor, settings) = (start, [String: Range<Int>]())
    var (vocabulary, merges) = (self.vocabulary, self.merges)
    try cursor.forEachMember { name, cursor throws(JSONCursor.Problem) in
      let name = String(decoding: name, as: UTF8.self)
      switch (name, try cursor.peek()) {
      case ("vocab", UInt8(ascii: "{")):
        try cursor.forEachMember { token, cursor throws(JSONCursor.Problem) in
          guard let id = Int32(exactly: try cursor.integer()), id >= 0 else { throw cursor.problem("no token number") }
          vocabulary.append((token, id))
        }
      case ("merges", UInt8(ascii: "[")):
        try cursor.forEachElement { cursor throws(JSONCursor.Problem) in merges.append(try merge(&cursor)) }
      default: settings[name] = try cursor.skip()
      }
    }
    (self.vocabulary, self.merges) = (vocabulary, merges)
    let pairs = settings.map { name, range in "\"\(name)\":" + String(decoding: cursor.bytes[range], as: UTF8.self) }
    model = try JSONDecoder().decode(Model.self, from: Data("{\(pairs.joined(separator: ","))}".utf8))
  }

  private func reason(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "a part of it has no `\(key.stringValue)`"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` is not what it should be"
    default: "it is no JSON"
    }
  }
}

/// A merge, which older files write as `"left right"` and newer ones as `["left", "right"]`.
private func merge(
  _ cursor: inout JSONCursor
) throws(JSONCursor.Problem) -> (left: [UInt8], right: [UInt8]) {
  var parts: [[UInt8]] = []
  if try cursor.peek() == UInt8(ascii: "[") {
    try cursor.forEachElement { cursor throws(JSONCursor.Problem) in parts.append(try cursor.string()) }
  } else {
    parts = try cursor.string().split(separator: UInt8(ascii: " ")).map(Array.init)
  }
  guard parts.count == 2 else { throw cursor.problem("a merge that is not of two tokens") }
  return (parts[0], parts[1])
}
