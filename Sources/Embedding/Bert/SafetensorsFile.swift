import Foundation

/// Named arrays of numbers in one file, checked before any of them is read.
///
/// The layout (github.com/huggingface/safetensors, "Format"): 8 bytes, the header's length as a little-endian number;
/// the header, a JSON object of `{"name": {"dtype", "shape", "data_offsets": [begin, end]}}`, the offsets counting from the
/// header's end; the arrays, little-endian and in row-major order.
struct SafetensorsFile: Sendable {
  /// The longest header in bytes that is read: room for a hundred thousand tensors.
  static let maximumHeaderSize = 16 << 20

  /// Where it was read from.
  let path: String
  /// The mapping that the tensors' pointers lead into.
  let file: MappedFile
  private let entries: [String: Entry]
  private let dataStart: Int

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// The header as a whole; `__metadata__` is not an array and is left out.
  private struct Header: Decodable {
    var entries: [String: Entry] = [:]

    struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for name in container.allKeys where name.stringValue != "__metadata__" {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
    }
  }

  /// Maps the file and checks its header: every array must lie within the file.
  ///
  /// - Throws: ``EmbeddingError/cannotRead(path:reason:)`` or ``EmbeddingError/invalidFile(path:reason:)``.
  init(path: String) throws {
    self.path = path
    file = try MappedFile(path: path)
    func invalid(_ reason: String) -> EmbeddingError { .invalidFile(path: path, reason: reason) }
    guard file.count >= 8 else { throw invalid("it ends within the length of its header") }
    let length = UInt64(littleEndian: file.start.loadUnaligned(as: UInt64.self))
    guard length <= min(Self.maximumHeaderSize, file.count - 8) else {
      throw invalid(
        "it claims a header of \(length) bytes, but only \(min(Self.maximumHeaderSize, file.count - 8)) can be read")
    }
    dataStart = 8 + Int(length)
    do {
      let header = Data(bytes: file.start + 8, count: Int(length))
      entries = try JSONDecoder().decode(Header.self, from: header).entries
    } catch {
      throw invalid("its header is not the JSON of a safetensors file")
    }
    let dataSize = file.count - dataStart
    for (name, entry) in entries {
      guard entry.dataOffsets.count == 2, 0 <= entry.dataOffsets[0], entry.dataOffsets[0] <= entry.dataOffsets[1]
      else { throw invalid("the offsets of \(name) are no range") }
      guard entry.dataOffsets[1] <= dataSize else {
        throw invalid("\(name) ends at byte \(entry.dataOffsets[1]) of the data, which has only \(dataSize)")
      }
    }
  }

  /// Whether there is an array of that name.
  func hasTensor(_ name: String) -> Bool { entries[name] != nil }

  /// The numbers of an array of 32-bit floats; the pointer lives as long as ``file``.
  ///
  /// - Parameter shape: small enough that its product does not overflow, as ``BertConfiguration`` sees to.
  /// - Throws: ``EmbeddingError`` if there is no such array, or not of that type and shape.
  func floats(_ name: String, shape: [Int]) throws -> UnsafePointer<Float> {
    guard let entry = entries[name] else {
      throw EmbeddingError.unsupported(path: path, reason: "it has no tensor \(name)")
    }
    guard entry.dtype == "F32" else {
      throw EmbeddingError.unsupported(path: path, reason: "\(name) is of type \(entry.dtype), not F32")
    }
    guard entry.shape == shape else {
      throw EmbeddingError.unsupported(
        path: path, reason: "\(name) has the shape \(entry.shape), where \(shape) is expected")
    }
    let count = shape.reduce(1, *)
    guard entry.dataOffsets[1] - entry.dataOffsets[0] == count * MemoryLayout<Float>.stride else {
      throw EmbeddingError.invalidFile(path: path, reason: "\(name) has not as many bytes as its shape needs")
    }
    let start = dataStart + entry.dataOffsets[0]
    guard start.isMultiple(of: MemoryLayout<Float>.alignment) else {
      throw EmbeddingError.unsupported(path: path, reason: "\(name) is not aligned to four bytes")
    }
    return (file.start + start).assumingMemoryBound(to: Float.self)
  }
}
