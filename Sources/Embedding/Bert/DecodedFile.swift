import Domain
import Foundation

/// The value of a JSON file with keys in snake case; nil if there is no such file.
func decodedFile<Value: Decodable>(path: String, of type: Value.Type) throws -> Value? {
  guard FileManager.default.fileExists(atPath: path) else { return nil }
  let data: Data
  do {
    data = try Data(contentsOf: URL(fileURLWithPath: path))
  } catch {
    throw EmbeddingError.cannotRead(path: path, reason: systemReason(of: error))
  }
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  do {
    return try decoder.decode(type, from: data)
  } catch {
    throw EmbeddingError.invalidFile(path: path, reason: "it is not the JSON of a model's configuration")
  }
}
