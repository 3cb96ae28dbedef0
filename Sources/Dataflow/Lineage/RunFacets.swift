/// What an event tells of a run.
struct RunFacets: Encodable {
  var engine: LineageFacet<ProcessingEngineFacet>?
  var error: LineageFacet<ErrorMessageFacet>?
  var parent: LineageFacet<ParentFacet>?

  enum CodingKeys: String, CodingKey {
    case engine = "processing_engine"
    case error = "errorMessage"
    case parent
  }
}

/// What an event tells of a job.
struct JobFacets: Encodable {
  var jobType: LineageFacet<JobTypeFacet>?
}

/// Which program runs the job.
struct ProcessingEngineFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("1-1-1", "ProcessingEngineRunFacet") }

  var name: String
  var version: String
}

/// Why a run failed.
struct ErrorMessageFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("1-0-1", "ErrorMessageRunFacet") }

  var message: String
  var programmingLanguage = "Swift"
}

/// The run of the pipeline that a step belongs to.
struct ParentFacet: LineageFacetContent {
  struct Run: Encodable {
    var runId: String
  }

  struct Job: Encodable {
    var namespace: String
    var name: String
  }

  static var schema: (version: String, name: String) { ("1-2-0", "ParentRunFacet") }

  var run: Run
  var job: Job
}

/// Whether a job is a pipeline or a step of one.
struct JobTypeFacet: LineageFacetContent {
  static var schema: (version: String, name: String) { ("2-0-4", "JobTypeJobFacet") }

  var processingType = "BATCH"
  var integration = "DATAFLOW"
  var jobType: String
}
