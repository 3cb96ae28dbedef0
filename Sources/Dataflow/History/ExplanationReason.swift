/// One reason why a step ran, or did not.
public struct ExplanationReason: Codable, Sendable, Hashable, CustomStringConvertible {
  /// What kind of reason it is.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// No earlier run of the pipeline ran the step.
    case firstRun = "first_run"
    /// The version of the step's code is another.
    case code
    /// An input has another value.
    case input
    /// The product of a step that it needs is another.
    case product
    /// A resource that its code can reach is another.
    case resource
    /// The step was renamed, or its pipeline.
    case name
    /// It fans out, and some of its items are new or changed, or are gone.
    case items
    /// Its results are not looked up in the cache.
    case uncached
    /// It failed the last time, as a whole or in some items.
    case failure
    /// Nothing differs, but the result was not in the cache.
    case missing
    /// The result of an earlier run was there.
    case cached
    /// It did not run, since something that it needs was missing or the run ended.
    case skipped
    /// The records do not say what it was made from.
    case unknown
  }

  /// What kind of reason it is.
  public var kind: Kind
  /// The name of what changed, if it has one.
  public var name: String?
  /// What it was before: a value, a version or a digest.
  public var before: String?
  /// What it is now.
  public var after: String?
  /// The reason as words.
  public var description: String

  init(_ kind: Kind, of name: String? = nil, before: String? = nil, after: String? = nil, _ description: String) {
    self.kind = kind
    self.name = name
    self.before = before
    self.after = after
    self.description = description
  }
}
