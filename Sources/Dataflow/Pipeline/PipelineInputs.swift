/// The inputs of a pipeline, each under the name by which steps need it.
public protocol PipelineInputs: Sendable {
  /// The values by name.
  var values: [String: any Sendable] { get }
}
