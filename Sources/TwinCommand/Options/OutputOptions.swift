import ArgumentParser
import Foundation

/// The options that say what is shown, and how.
struct OutputOptions: ParsableArguments {
  enum Progress: String, ExpressibleByArgument, CaseIterable {
    case auto, bar, plain, none
  }

  @Flag(help: "Print one JSON document on standard output, and nothing else there.")
  var json = false

  @Option(help: "How progress is shown on standard error.")
  var progress: Progress = .auto

  @Flag(name: .shortAndLong, help: "Say more on standard error.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Print nothing when nothing changed and nothing failed.")
  var quiet = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// Whether standard error shows colours: a terminal, and no NO_COLOR (no-color.org).
  var showsColor: Bool {
    StandardStreams.errorIsTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// `auto` resolved: a bar on a terminal, lines elsewhere, and nothing when asked to be quiet.
  var resolvedProgress: Progress {
    if quiet { return .none }
    guard progress == .auto else { return progress }
    return StandardStreams.errorIsTerminal ? .bar : .plain
  }
}
