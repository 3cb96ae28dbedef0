extension GraphPicture {
  /// The picture of steps.
  ///
  /// All inputs of one step stand in one table. Of a step with variants each one is drawn, unless `choices`, or the
  /// inputs of `record`, say which one takes part.
  ///
  /// - Parameters:
  ///   - steps: the signatures of the steps; they need not make a valid graph, since a wrong one is worth seeing, too.
  ///   - title: what is drawn, such as the name of the pipeline.
  ///   - requested: the steps asked for; if empty, those that the record says were asked for.
  ///   - overrides: the steps in whose place a value is given; what they need is not drawn as theirs.
  ///   - choices: the choice of variants, by the name of the input that chooses.
  ///   - selection: the part to be drawn.
  ///   - record: the run whose outcome is shown.
  /// - Throws: ``DataflowError/unknownNames(_:)`` if a name in `requested`, `overrides` or `selection` is unknown.
  public init(
    _ steps: [StepSignature], title: String, requested: [String] = [], overrides: [String] = [],
    choices: [String: String] = [:], selection: GraphSelection = .all, record: RunRecord? = nil
  ) throws {
    let lineage = Lineage(steps)
    try lineage.checkNames(requested + overrides)
    var builder = PictureBuilder(
      steps: steps.map(PictureStep.init), requested: Set(requested.isEmpty ? record?.requested ?? [] : requested),
      overrides: Set(overrides), choices: choices, record: record)
    switch selection {
    case .all: break
    case .upstream(let names): builder.shown = Set(try lineage.upstream(of: names))
    case .downstream(let names): builder.shown = Set(try lineage.downstream(of: names))
    case .path(let start, let end):
      builder.highlighted = Set(try lineage.path(from: start, to: end))
      builder.shown = Set(try lineage.upstream(of: [end])).union([start])
    }
    self = builder.picture(title: title)
  }

  /// The picture of what a run's record tells of its graph, for a pipeline that is not known here.
  public init(_ record: RunRecord) {
    let types = Dictionary(record.artifacts.map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
    self = PictureBuilder(
      steps: record.steps.map { PictureStep($0, type: types[$0.name] ?? "") }, requested: Set(record.requested),
      overrides: [], choices: [:], record: record
    ).picture(title: record.pipeline)
  }

  /// The picture of a graph; see ``init(_:title:requested:overrides:choices:selection:record:)`` for the parameters.
  ///
  /// - Throws: ``DataflowError/unknownNames(_:)`` if a name in `requested`, `overrides` or `selection` is unknown.
  public init(
    _ graph: Graph, title: String, requested: [String] = [], overrides: [String] = [],
    choices: [String: String] = [:], selection: GraphSelection = .all, record: RunRecord? = nil
  ) throws {
    try self.init(
      graph.steps.map(\.signature), title: title, requested: requested, overrides: overrides, choices: choices,
      selection: selection, record: record)
  }
}
