/// Something that happened in a run.
public enum RunEvent: Sendable {
  /// A run began; the steps that it will run, in one order that they may run in.
  case runStarted(id: String, pipeline: String, steps: [String])
  /// A step began; of how many items, if it fans out.
  case stepStarted(String, items: Int?)
  /// The cache did not have what a step makes, or makes of one of its items: the run is not one in which nothing changed.
  /// Once for each step.
  case cacheMissed(step: String)
  /// A step came some way.
  case progress(step: String, completed: Int, total: Int?)
  /// A step used something, or made something that is worth a count; how much of it so far.
  case used(step: String, name: String, amount: Double)
  /// An item was put aside, or a step failed.
  case failed(Failure)
  /// A call is going to be tried again; the item, if it is about one, and how often it was tried.
  case retrying(step: String, item: String?, attempt: Int, error: String)
  /// A check, or the engine, found something that people should know.
  case warning(step: String?, message: String)
  /// A step ended, in whatever way.
  case stepEnded(StepRecord)
  /// The run ended, in whatever way.
  case runEnded(RunRecord)
}
