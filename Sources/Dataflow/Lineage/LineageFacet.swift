/// What a facet tells, with the place of the schema that it follows.
protocol LineageFacetContent: Encodable {
  /// The schema's version and name, as the specification's folder `spec/facets` has them.
  static var schema: (version: String, name: String) { get }
}

/// A facet: its content, who made it, and the URL of its schema.
struct LineageFacet<Content: LineageFacetContent>: Encodable {
  var producer: String
  var content: Content

  enum CodingKeys: String, CodingKey {
    case producer = "_producer"
    case schemaURL = "_schemaURL"
  }

  func encode(to encoder: any Encoder) throws {
    try content.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(producer, forKey: .producer)
    let (version, name) = Content.schema
    try container.encode(
      "https://openlineage.io/spec/facets/\(version)/\(name).json#/$defs/\(name)", forKey: .schemaURL)
  }
}
