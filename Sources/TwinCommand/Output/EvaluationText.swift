import Foundation
import Pipelines

/// An evaluation as tables: one of all queries, and one of each kind of them if there are several.
func evaluationText(_ evaluation: SearchEvaluation) -> String {
  let limit = evaluation.limit
  let header = ["", "recall@\(limit)", "MRR@\(limit)", "nDCG@\(limit)", "p50"]
  let queries = evaluation.queries == 1 ? "1 query" : "\(evaluation.queries) queries"
  let embedding = milliseconds(evaluation.embeddingMilliseconds)
  var text = "\(queries), \(evaluation.model); p50 of the store alone, embedding takes \(embedding)\n\n"
  text += table(
    evaluation.modes.map { [$0.mode.rawValue] + figures($0.quality) + [milliseconds($0.milliseconds)] }, header: header)
  let kinds = evaluation.kinds.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
  guard !kinds.isEmpty else { return text }
  let rows = kinds.map { kind, count in
    [printable(kind), "\(count)"] + evaluation.modes.map { fixed($0.kinds[kind]?.ndcg ?? 0) }
  }
  let names = evaluation.modes.map(\.mode.rawValue)
  return text + "\n\nnDCG@\(limit) by kind\n\n" + table(rows, header: ["", "queries"] + names)
}

private func figures(_ quality: RankingQuality) -> [String] {
  [quality.recall, quality.reciprocalRank, quality.ndcg].map(fixed)
}

private func fixed(_ value: Double) -> String { String(format: "%.3f", value) }

private func milliseconds(_ value: Double) -> String { String(format: "%.1f ms", value) }
