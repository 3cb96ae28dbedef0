import ArgumentParser
import Foundation
import Pipelines

struct ModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Lists, installs, checks and removes embedding models.",
    discussion: """
      Models lie in TWIN_MODELS, else in $XDG_DATA_HOME/twin/models, else in ~/.local/share/twin/models.

      EXAMPLE
        twin model list
      """,
    subcommands: [List.self, Pull.self, Verify.self, Remove.self],
    defaultSubcommand: List.self)

  /// The folder of models.
  static var folder: String { EmbeddingModels.folder(environment: ProcessInfo.processInfo.environment) }

  /// The installed model of a name.
  ///
  /// - Throws: ``EmbeddingError/unknownModel(name:nearest:known:)``.
  static func installed(_ name: String) throws -> InstalledModel {
    if let model = InstalledModel(name: name, in: folder) { return model }
    let known = InstalledModel.all(in: folder).map(\.name)
    throw InputError.notInstalled(name: name, nearest: nearestName(to: name, in: known), folder: folder)
  }
}

/// A number of bytes for people, in powers of 1,000.
func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 100_000).rounded() / 10) MB" }
