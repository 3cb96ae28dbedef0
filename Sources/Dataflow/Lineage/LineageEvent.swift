import Foundation

/// A change of the state of a run or of one of its steps, in the shape of an OpenLineage run event.
///
/// The names are those of the specification: https://openlineage.io/spec/2-0-2/OpenLineage.json, `RunEvent`.
struct LineageEvent: Encodable {
  enum State: String, Encodable {
    case start = "START"
    case complete = "COMPLETE"
    case abort = "ABORT"
    case fail = "FAIL"
    /// Of what becomes known after the end.
    case other = "OTHER"
  }

  struct Run: Encodable {
    var runId: String
    var facets = RunFacets()
  }

  struct Job: Encodable {
    var namespace: String
    var name: String
    var facets = JobFacets()
  }

  var eventType: State
  var eventTime: Date
  var run: Run
  var job: Job
  var inputs: [LineageDataset] = []
  var outputs: [LineageDataset] = []
  var producer: String
  let schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
}

/// A product as the data set that it is to others.
struct LineageDataset: Encodable {
  struct Facets: Encodable {
    var schema: LineageFacet<SchemaFacet>?
    var version: LineageFacet<VersionFacet>?
    var dataSource: LineageFacet<DataSourceFacet>?
  }

  struct OutputFacets: Encodable {
    var outputStatistics: LineageFacet<OutputStatisticsFacet>?
  }

  var namespace: String
  var name: String
  var facets: Facets?
  /// Of an output only.
  var outputFacets: OutputFacets?
}
