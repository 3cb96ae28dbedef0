import Foundation
import TestSupport

/// A folder with a configuration over the sample data, whose stores are its own.
struct SampleRun: Sendable {
  let folder: TemporaryFolder
  let config: String

  /// - Parameter settings: YAML that is added to the configuration.
  init(sources: [String]? = nil, settings: String = "embedding: {model: hash}\n") throws {
    folder = try TemporaryFolder()
    let sample = packageRoot.appending(path: "data/sample").path
    let all =
      sources ?? [
        "\(sample)/tidelog.bundle", "\(sample)/articles", "\(sample)/Basic_LinkedInDataExport_11-02-2025.zip",
        "\(sample)/notes",
      ]
    let list = all.map { "  - \($0)\n" }.joined()
    config = try folder.write("author: Ada Example\nsources:\n\(list)\(settings)", to: "twin.yaml")
  }

  /// Runs a command of `twin` on it.
  func twin(_ arguments: String..., environment: [String: String] = [:]) async throws -> CommandResult {
    try await TwinCommandTests.twin(arguments + ["--config", config], environment: environment)
  }

  /// The lines of a file among its data.
  func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: folder.path("data/\(name)"), encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
