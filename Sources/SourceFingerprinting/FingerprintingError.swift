/// What can go wrong when a package's sources are fingerprinted.
public enum FingerprintingError: Error, CustomStringConvertible, Equatable {
  /// The tool was not called with a plan and an output.
  case usage
  /// A file of the plan cannot be read.
  case unreadable(path: String)
  /// The table cannot be written.
  case unwritable(path: String, reason: String)
  /// The plan has a line that says nothing, or says it of no module.
  case badPlan(line: String)
  /// The plan has no module of the name that it is for.
  case noTarget(name: String)

  /// One sentence on what failed and what to do about it.
  public var description: String {
    switch self {
    case .usage:
      "usage: SourceFingerprinter PLAN OUTPUT; the SourceFingerprints plug-in calls it so"
    case .unreadable(let path):
      "cannot read \(path) to fingerprint it; see that it exists and may be read, then build again"
    case .unwritable(let path, let reason):
      "cannot write the source fingerprints to \(path): \(reason); see that the build folder may be written"
    case .badPlan(let line):
      "the plan of the source fingerprints has the line '\(line)', which means nothing; clean the build folder"
    case .noTarget(let name):
      "the plan of the source fingerprints has no module '\(name)'; clean the build folder"
    }
  }
}
