import Domain
import Foundation
import Storage

/// The vectors of texts that were embedded before, in an SQLite file: an unchanged text is never embedded twice by the same
/// weights, across documents, runs and pipelines.
///
/// A vector is kept under a hash of what decides it, with a checksum: one that is damaged is not found. What was not used
/// for longest goes first when there is more than `limit`.
public struct VectorCache: Sendable {
  private let vectors: KeptValues

  /// Opens the file, which is made if it does not exist.
  ///
  /// - Parameter limit: the most bytes of vectors that are kept; 1 GB are about 600,000 of 384 components.
  /// - Throws: `StorageError`.
  public init(path: String, limit: Int = 1_000_000_000) throws {
    let database = try EmbeddedDatabase(path: path, migrations: [KeptValues.migration(table: "vectors")])
    vectors = KeptValues(database, table: "vectors", limit: limit)
  }

  /// What the vector of a passage is kept under: the model, its weights and arithmetic, and the text.
  static func key(of text: String, by model: EmbeddingModelInfo) -> Data {
    let hash = ContentHash(ofParts: [model.name, model.digest, String(model.dimension), text])
    return Data(hash.hexadecimal.utf8.prefix(32))
  }

  /// The vectors that are kept under some keys, each of `dimension` components.
  ///
  /// - Throws: `StorageError`.
  func vectors(for keys: [Data], dimension: Int) async throws -> [Data: [Float]] {
    try await vectors.values(for: keys).reduce(into: [:]) { found, kept in
      found[kept.key] = vector(in: kept.value, under: kept.key, dimension: dimension)
    }
  }

  /// Keeps vectors.
  ///
  /// - Throws: `StorageError`.
  func store(_ found: [(key: Data, vector: [Float])]) async throws {
    try await vectors.store(
      found.map { key, vector in
        var value = vector.withUnsafeBytes { Data($0) }
        withUnsafeBytes(of: checksum(value, key)) { value.append(contentsOf: $0) }
        return KeptValues.Entry(key: key, value: value)
      })
  }

  /// Forgets all: nobody can tell any more whose texts they are of.
  ///
  /// - Returns: how many there were.
  /// - Throws: `StorageError`.
  @discardableResult
  public func forgetAll() async throws -> Int { try await vectors.forget(subjects: []) }

  /// How many vectors are kept, and how many bytes they have.
  ///
  /// - Throws: `StorageError`.
  public func size() async throws -> (count: Int, bytes: Int) { try await vectors.size() }

  private func vector(in value: Data, under key: Data, dimension: Int) -> [Float]? {
    let size = dimension * MemoryLayout<Float>.stride
    guard value.count == size + MemoryLayout<UInt64>.size else { return nil }
    let told = value.suffix(8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    guard told == checksum(value.prefix(size), key) else { return nil }
    return [Float](unsafeUninitializedCapacity: dimension) { buffer, count in
      _ = value.copyBytes(to: UnsafeMutableRawBufferPointer(buffer), count: size)
      count = dimension
    }
  }

  /// FNV-1a over eight bytes at a time (Fowler, Noll, Vo), of the vector and of its key: what is torn or stands in another
  /// row does not pass. It is no defence against somebody who writes into the file.
  private func checksum(_ value: Data, _ key: Data) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [key, value] {
      part.withUnsafeBytes { bytes in
        var offset = 0
        while offset + 8 <= bytes.count {
          hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x0000_0100_0000_01B3
          hash ^= hash >> 29
          offset += 8
        }
        for byte in bytes[offset...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      }
    }
    return hash
  }
}
