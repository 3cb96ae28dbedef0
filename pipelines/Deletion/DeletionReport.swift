/// What a deletion removed, or would remove.
public struct DeletionReport: Codable, Hashable, Sendable {
  /// One place of which something goes.
  public struct Place: Codable, Hashable, Sendable {
    /// The part of twin, such as `warehouse`.
    public var place: String
    /// Where it is, without credentials.
    public var location: String
    /// What is counted, in the singular, such as `chunk`.
    public var what: String
    /// How many.
    public var count: Int
  }

  /// The name or the link.
  public var subject: String
  /// Whether nothing was touched.
  public var isDryRun: Bool
  /// What goes, in the order in which it does.
  public var places: [Place] = []
  /// What people should know: what would bring it back, and what is left to them.
  public var notices: [String] = []

  enum CodingKeys: String, CodingKey {
    case subject
    case isDryRun = "dry_run"
    case places, notices
  }

  init(subject: String, isDryRun: Bool) {
    self.subject = subject
    self.isDryRun = isDryRun
  }

  mutating func add(_ place: String, at location: String, _ what: String, _ count: Int) {
    places.append(Place(place: place, location: location, what: what, count: count))
  }
}
