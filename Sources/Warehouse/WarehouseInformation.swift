/// What a warehouse is, for people: `twin doctor` prints it.
public struct WarehouseInformation: Codable, Hashable, Sendable {
  /// `SQLite` or `MongoDB`.
  public var kind: String
  /// The version of the library or server.
  public var version: String
  /// Where it is, without credentials and options.
  public var location: String

  /// Takes the parts; see the properties.
  public init(kind: String, version: String, location: String) {
    self.kind = kind
    self.version = version
    self.location = location
  }
}
