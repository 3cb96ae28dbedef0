import ArgumentParser
import Foundation
import Pipelines

struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draws the dataflow of a pipeline; no other program is needed.",
    discussion: """
      Needs neither a configuration nor a store, unless --run asks for how a run went. --upstream and --downstream draw \
      only what a step is made of, or what is made of it; --path picks out the ways between two.

      EXAMPLE
        twin graph features --output features.svg
      """)

  enum Direction: String, ExpressibleByArgument, CaseIterable {
    case lr, td

    var layout: LayoutDirection { self == .lr ? .leftToRight : .topDown }
  }

  @Argument(help: "The pipeline: \(PipelineName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var pipeline: String
  @Option(help: "The format; else what the file's name ends in says, else svg.") var format: PictureFormat?
  @Option(help: ArgumentHelp("Show how this run went: an identifier or `latest`.", valueName: "id")) var run: String?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only this step and what it is made of; repeatable.", valueName: "step"))
  var upstream: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only this step or input and what is made of it; repeatable.", valueName: "step"))
  var downstream: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Pick out the ways from the first step or input to the second.", valueName: "from> <to"))
  var path: [String] = []
  @Option(help: "Where it runs to: left to right, or top down.") var direction: Direction = .lr
  @Option(
    help: ArgumentHelp("The file, which is replaced as a whole; else standard output.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  func validate() throws {
    guard path.isEmpty || path.count == 2 else {
      throw ValidationError("--path takes two names, such as --path rawDocuments chunks; write the pipeline before it.")
    }
    let selections = [!upstream.isEmpty, !downstream.isEmpty, !path.isEmpty].filter { $0 }
    if selections.count > 1 { throw ValidationError("give one of --upstream, --downstream and --path.") }
    _ = try PipelineName(named: pipeline)
  }

  func run() async throws {
    let name = try PipelineName(named: pipeline)
    let record = try run.map { try recordedRun($0, of: name) }
    let picture = try GraphPicture(
      name.signatures, title: name.rawValue, requested: record == nil ? name.products : [], selection: selection,
      record: record)
    try await writeResult(try picture.text(as: resolvedFormat, direction: direction.layout), to: output)
  }

  private var selection: GraphSelection {
    if !upstream.isEmpty { return .upstream(of: upstream) }
    if !downstream.isEmpty { return .downstream(of: downstream) }
    return path.count == 2 ? .path(from: path[0], to: path[1]) : .all
  }

  private var resolvedFormat: PictureFormat {
    if let format { return format }
    switch output.map({ URL(fileURLWithPath: $0).pathExtension.lowercased() }) {
    case "dot", "gv": return .dot
    case "mmd", "mermaid": return .mermaid
    case "json": return .json
    default: return .svg
    }
  }

  /// The run; `latest` is that of this pipeline.
  private func recordedRun(_ id: String, of pipeline: PipelineName) throws -> RunRecord {
    let isPlace = id == "previous" || id.hasPrefix("latest")
    let record = try configuration.load().runStore.run(
      named: isPlace && !id.contains(":") ? "\(id):\(pipeline.rawValue)" : id)
    guard record.pipeline == pipeline.rawValue else {
      throw ValidationError("run \(record.runID) is one of \(record.pipeline), not of \(pipeline.rawValue).")
    }
    return record
  }
}
