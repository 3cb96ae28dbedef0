import Domain
import Foundation
import HTTP

/// Points as JSON: each is written by itself, so that requests are filled up to a number of bytes.
enum QdrantPoint {
  /// A request's body stays below this many bytes, unless one point alone is longer; Qdrant takes 32 MiB.
  static let maximumBodyLength = 8 << 20

  /// The point of a chunk. The vectors, which are most of it, are written by hand: `JSONEncoder` takes ten times as long.
  static func json(of embedded: EmbeddedChunk, encoder: JSONEncoder) throws -> [UInt8] {
    let chunk = embedded.chunk
    let keywords = KeywordVector(ofChunk: keywordTermText(of: chunk.keywordText))
    let payload = try encoder.encode(ChunkPayload(embedded))
    var json: [UInt8] = []
    json.reserveCapacity(
      (embedded.vector.count + keywords.indices.count * 2) * [UInt8].longestNumber + payload.count + 200)
    json += "{\"id\":\"\(chunk.id.uuidString)\",\"vector\":{\"dense\":".utf8
    json.appendJSON(embedded.vector)
    json += ",\"bm25\":{\"indices\":".utf8
    json.appendJSON(keywords.indices)
    json += ",\"values\":".utf8
    json.appendJSON(keywords.values)
    json += "}},\"payload\":".utf8
    json += payload
    json.append(UInt8(ascii: "}"))
    return json
  }

  /// A point without vectors.
  static func json(id: Identifier, payload: some Encodable, encoder: JSONEncoder) throws -> [UInt8] {
    var json = Array("{\"id\":\"\(id.uuidString)\",\"vector\":{},\"payload\":".utf8)
    json += try encoder.encode(payload)
    json.append(UInt8(ascii: "}"))
    return json
  }

  /// The bodies of the upserts of `points`.
  static func bodies(of points: [[UInt8]]) -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    var start = 0
    while start < points.count {
      var (end, length) = (start, 0)
      repeat {
        length += points[end].count + 1
        end += 1
      } while end < points.count && length + points[end].count < maximumBodyLength - 20
      bodies.append(body(of: points[start..<end], length: length))
      start = end
    }
    return bodies
  }

  /// - Parameter length: of the points, in bytes, with the commas between them.
  private static func body(of points: ArraySlice<[UInt8]>, length: Int) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(length + 20)
    body += "{\"points\":[".utf8
    for (index, point) in zip(points.indices, points) {
      if index > points.startIndex { body.append(UInt8(ascii: ",")) }
      body += point
    }
    body += "]}".utf8
    return body
  }
}
