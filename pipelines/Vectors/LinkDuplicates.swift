import Dataflow
import VectorStore

/// Links the chunks of a store that say the same, as the work of the step that is running: it tells how far it is, and
/// counts the chunks that were compared.
@discardableResult
func linkDuplicates(in vectors: VectorStore) async throws -> DuplicateReport {
  let context = StepContext.current
  let report = try await vectors.linkDuplicates { context.progress(completed: $0, total: $1) }
  context.count(computed: report.checked)
  return report
}
