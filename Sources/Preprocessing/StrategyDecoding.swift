extension KeyedDecodingContainer {
  /// Reads an optional strategy by its name; the error names the key as the user spelled it, and what is allowed.
  func decodeStrategy<Strategy: RawRepresentable & CaseIterable>(
    forKey key: Key, named name: String
  ) throws -> Strategy? where Strategy.RawValue == String {
    guard let value = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let strategy = Strategy(rawValue: value) else {
      let allowed = Strategy.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
      throw PreprocessingError.invalidValue(key: name, value: "`\(value)`", expected: allowed)
    }
    return strategy
  }
}
