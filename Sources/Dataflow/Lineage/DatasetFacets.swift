/// The type of a product, as a single field of the product's name.
struct SchemaFacet: LineageFacetContent {
  struct Field: Encodable {
    var name: String
    var type: String
  }

  static var schema: (version: String, name: String) { ("1-2-0", "SchemaDatasetFacet") }

  var fields: [Field]
}

/// The digest of a product.
struct VersionFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("1-0-1", "DatasetVersionDatasetFacet") }

  var datasetVersion: String
}

/// Where a product lies.
struct DataSourceFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("1-0-1", "DatasourceDatasetFacet") }

  var name: String
  var uri: String
}

/// How many elements a product has, and how many bytes.
struct OutputStatisticsFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("1-0-2", "OutputStatisticsOutputDatasetFacet") }

  var rowCount: Int?
  var size: Int?
}
