import ArgumentParser
import Foundation
import Pipelines

/// The options that say which configuration is meant.
struct ConfigurationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration; else TWIN_CONFIG, else ./twin.yaml.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Override one value, such as chunking.size=128; repeatable.", valueName: "key=value"))
  var overrides: [String] = []

  /// The configuration.
  ///
  /// - Parameter extra: further values, which `--set` overrides.
  func load(extra: [(path: String, value: String)] = []) throws -> Configuration {
    try Configuration(
      path: config, environment: ProcessInfo.processInfo.environment, overrides: extra + parsedOverrides())
  }

  /// The configuration if there is one, for commands that need none.
  ///
  /// - Parameter extra: further values, which `--set` overrides.
  func loadIfAny(extra: [(path: String, value: String)] = []) throws -> Configuration {
    try .ifAny(path: config, environment: ProcessInfo.processInfo.environment, overrides: extra + parsedOverrides())
  }

  private func parsedOverrides() throws -> [(path: String, value: String)] {
    try overrides.map { override in
      guard let equals = override.firstIndex(of: "="), equals != override.startIndex else {
        throw ValidationError("--set takes key=value, such as chunking.size=128, not `\(override)`.")
      }
      return (path: String(override[..<equals]), value: String(override[override.index(after: equals)...]))
    }
  }
}
