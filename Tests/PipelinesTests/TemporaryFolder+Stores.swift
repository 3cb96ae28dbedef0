import Pipelines
import TestSupport

extension TemporaryFolder {
  /// The stores of a configuration in this folder, which no variable of the environment changes.
  func stores(_ yaml: String, file: String = "twin.yaml") throws -> Stores {
    Stores(try Configuration(path: try write(yaml, to: file), environment: [:]))
  }
}
