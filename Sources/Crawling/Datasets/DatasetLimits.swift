/// The bounds on what is read of a dataset. Sizes are in bytes.
public struct DatasetLimits: Sendable, Hashable, Codable {
  /// The largest file; a larger one is an error. 256 MiB.
  public var fileBytes = 256 << 20
  /// The largest row; a larger one is a failure. 8 MiB.
  public var rowBytes = 8 << 20
  /// The most rows; those after them are left out, and then nothing counts as gone. 200,000.
  public var rows = 200_000
  /// The most rows that are asked for one hundred at a time, where the Hub has no file that can be read. 10,000.
  public var servedRows = 10_000
  /// The most rows that are reported one by one as failed. 100.
  public var failures = 100
  /// The most files of a dataset on the Hub. 1,000.
  public var files = 1_000

  /// The defaults.
  public init() {}
}
