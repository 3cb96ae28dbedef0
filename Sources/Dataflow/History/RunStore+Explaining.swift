extension RunStore {
  /// The newest run before another one, of the same pipeline, that ran a step or found its result in the cache; nil if
  /// there is none.
  public func previous(of run: RunRecord, running step: String) -> RunRecord? {
    for name in entryNames() where name < run.runID {
      guard let earlier = try? read(name), earlier.pipeline == run.pipeline else { continue }
      if earlier.steps.contains(where: { $0.name == step && $0.status != .skipped }) { return earlier }
    }
    return nil
  }

  /// Why a step of a run ran, or did not.
  ///
  /// - Throws: ``DataflowError/unknownRecord(_:named:folder:nearest:)`` if the run has no such step.
  public func explain(_ step: String, in run: RunRecord) throws -> RunExplanation {
    try RunExplanation(step, in: run, against: previous(of: run, running: step))
  }
}
