import Foundation
public import HTTP

extension VectorStore {
  /// Opens a store that must be there already: a misspelt path would make an empty one otherwise.
  ///
  /// - Throws: ``VectorStoreError/noSuchFile(path:)``; else as ``open(_:apiKey:http:prefix:)``.
  public static func open(
    existing url: String, apiKey: String? = nil, http: HTTPClient, prefix: String = ""
  ) async throws -> VectorStore {
    try requireFile(of: url)
    return try await open(url, apiKey: apiKey, http: http, prefix: prefix)
  }

  /// Makes sure that the file of a store is there; a server's address is none.
  ///
  /// - Throws: ``VectorStoreError/noSuchFile(path:)``.
  public static func requireFile(of url: String) throws {
    if let path = url.embeddedPath, access(path, F_OK) != 0 { throw VectorStoreError.noSuchFile(path: path) }
  }
}
