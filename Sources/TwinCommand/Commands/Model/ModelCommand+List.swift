import ArgumentParser
import Foundation
import Pipelines

extension ModelCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the installed models, and those that are known by name.",
      discussion: """
        EXAMPLE
          twin model list --json
        """)

    @Flag(help: "Print one JSON array.") var json = false

    private struct Row: Encodable {
      let name: String
      let isInstalled: Bool
      let license: String?
      let size: Int?
      let source: String
      let revision: String?

      enum CodingKeys: String, CodingKey {
        case name
        case isInstalled = "installed"
        case license, size, source, revision
      }
    }

    func run() async throws {
      let installed = InstalledModel.all(in: ModelCommand.folder)
      let names = Set(installed.map(\.name))
      let rows =
        installed.map { model in
          Row(
            name: model.name, isInstalled: true, license: model.license, size: model.size,
            source: model.manifest?.source ?? model.path, revision: model.manifest?.revision)
        }
        + ModelCatalog.models.filter { !names.contains($0.name) }.map {
          Row(
            name: $0.name, isInstalled: false, license: $0.license, size: nil, source: $0.repository, revision: nil)
        }
      if json { return try printJSON(rows) }
      let lines = rows.map { row in
        [row.name, row.size.map(megabytes) ?? "not installed", row.license ?? "licence unknown", row.source]
      }
      StandardStreams.printOutput(table(lines))
    }
  }
}
