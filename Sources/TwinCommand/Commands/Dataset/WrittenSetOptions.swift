public import ArgumentParser
import Foundation
public import Pipelines

/// The options that say which written set is meant.
struct WrittenSetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of a set; else that of the configuration.", valueName: "dir"))
  var folder: String?
  @Option(help: "The kind of set; else dataset.kind.") var kind: DatasetKind?
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  /// The set's folder.
  func url() throws -> URL {
    if let folder { return URL(fileURLWithPath: folder) }
    let dataset = try configuration.load().dataset
    return URL(fileURLWithPath: dataset.output).appending(path: kind?.rawValue ?? dataset.kind)
  }
}

extension DatasetKind: ExpressibleByArgument {}
