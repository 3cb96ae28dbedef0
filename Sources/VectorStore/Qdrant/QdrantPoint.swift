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
    let keywords = KeywordVector(ofChunk: keywordTerms(of: chunk.keywordText))
    var json = Array("{\"id\":\"\(chunk.id.uuidString)\",\"vector\":{\"dense\":".utf8)
    json.appendJSON(embedded.vector)
    json += Array(",\"bm25\":{\"indices\":".utf8)
    json.appendJSON(keywords.indices)
    json += Array(",\"values\":".utf8)
    json.appendJSON(keywords.values)
    json += Array("}},\"payload\":".utf8)
    json += try encoder.encode(ChunkPayload(embedded))
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
    let start = Array("{\"points\":[".utf8)
    var body = start
    for point in points {
      if body.count > start.count {
        if body.count + point.count + 3 > maximumBodyLength {
          bodies.append(body + Array("]}".utf8))
          body = start
        } else {
          body.append(UInt8(ascii: ","))
        }
      }
      body += point
    }
    if body.count > start.count { bodies.append(body + Array("]}".utf8)) }
    return bodies
  }
}
