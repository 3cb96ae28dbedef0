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

  func load(extra: [(path: String, value: String)] = []) throws -> Configuration {
    let parsed = try overrides.map { override in
      guard let equals = override.firstIndex(of: "="), equals != override.startIndex else {
        throw ValidationError("--set takes key=value, such as chunking.size=128, not `\(override)`.")
      }
      return (path: String(override[..<equals]), value: String(override[override.index(after: equals)...]))
    }
    return try Configuration(
      path: config, environment: ProcessInfo.processInfo.environment, overrides: extra + parsed)
  }
}
