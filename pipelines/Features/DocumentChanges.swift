/// What has become of documents since the last run, and so what there is to do.
public struct DocumentChanges: Sendable, Codable {
  /// What is to be made: it is new, has changed, or other code or parameters made it.
  public var changed: [DocumentReference] = []
  /// What cannot be read; what there is of it stays.
  public var unreadable: [CollectedDocument] = []
  /// How many are as they were.
  public var unchanged = 0
  /// What the warehouse no longer has, in a fixed order. A document that cannot be read is not gone.
  public var gone: [DocumentReference] = []
  /// The lines that many documents of an author repeat, which are left out of them.
  public var boilerplate = BoilerplateLines()
}
