import Foundation

/// What `data.py` has made, read as it is asked for, so that it takes no memory of ours.
struct Corpus {
  let dimension: Int
  let queries: [[Float]]
  private let vectors: Data
  private let texts: Data
  /// Where each text ends.
  private let ends: [UInt64]

  private struct Shape: Decodable {
    var dimension: Int
  }

  init(folder: URL) throws {
    dimension = try JSONDecoder().decode(
      Shape.self, from: Data(contentsOf: folder.appending(path: "shape.json"))
    ).dimension
    vectors = try Data(contentsOf: folder.appending(path: "vectors.f32"), options: .alwaysMapped)
    texts = try Data(contentsOf: folder.appending(path: "texts.utf8"), options: .alwaysMapped)
    ends = try Self.values(Data(contentsOf: folder.appending(path: "ends.u64")))
    let all: [Float] = try Self.values(Data(contentsOf: folder.appending(path: "queries.f32")))
    let dimension = dimension
    queries = stride(from: 0, to: all.count, by: dimension).map { Array(all[$0..<$0 + dimension]) }
  }

  func vector(_ number: Int) -> [Float] {
    let size = dimension * MemoryLayout<Float>.size
    return Self.values(vectors[number * size..<(number + 1) * size])
  }

  func text(_ number: Int) throws -> String {
    let start = number == 0 ? 0 : Int(ends[number - 1])
    return String(decoding: texts[start..<Int(ends[number])], as: UTF8.self)
  }

  private static func values<Value: BitwiseCopyable>(_ data: Data) -> [Value] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<Value>.size).map {
        bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Value>.size, as: Value.self)
      }
    }
  }
}
