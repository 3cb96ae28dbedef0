/// Names of the standard library and of the language that fingerprints know something of.
enum CommonNames {
  /// Protocols and raw types that nearly every type has: a conformance to one says nothing of whose code runs, as the
  /// values that are handled through it come from code that names their type.
  static func isCommonProtocol(_ name: String) -> Bool { protocols.contains(name) || name.hasPrefix("ExpressibleBy") }

  private static let protocols: Set<String> = markers.union([
    "Equatable", "Hashable", "Comparable", "Codable", "Encodable", "Decodable", "CodingKey", "Error", "LocalizedError",
    "CustomStringConvertible", "CustomDebugStringConvertible", "RawRepresentable", "CaseIterable", "Identifiable",
    "String", "Character", "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
    "Float", "Double",
    // The engine's own, of which it asks no more than a name for messages.
    "ItemNamed",
  ])

  /// Protocols of which values are only ever lent to code, by callers that have made them.
  static func isLentOnly(_ name: String) -> Bool {
    name == "Encoder" || name == "Decoder" || name.hasSuffix("EncodingContainer") || name.hasSuffix("DecodingContainer")
      || name.hasSuffix("ContainerProtocol")
  }

  /// Protocols without requirements, and the attributes that stand in inheritance clauses.
  static let markers: Set<String> = [
    "Sendable", "SendableMetatype", "BitwiseCopyable", "Copyable", "Escapable", "AnyObject", "Any", "unchecked",
    "retroactive", "preconcurrency", "nonisolated", "unsafe",
  ]

  /// Attributes that add no conformance to a type. Others may be macros, which may add any.
  static let plainAttributes: Set<String> = [
    "available", "frozen", "main", "MainActor", "usableFromInline", "propertyWrapper", "resultBuilder",
    "dynamicMemberLookup", "dynamicCallable", "Pipeline", "globalActor", "unchecked", "retroactive", "preconcurrency",
  ]
}
