public import Foundation

extension GraphPicture {
  /// The picture as one JSON object with sorted keys, described by `docs/schemas/graph.schema.json`.
  public func json(pretty: Bool = true) throws -> Data {
    try recordEncoder(pretty: pretty).encode(self)
  }
}
