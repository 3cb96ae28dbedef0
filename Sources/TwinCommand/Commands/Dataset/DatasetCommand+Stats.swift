import ArgumentParser
import Foundation
import Pipelines

extension DatasetCommand {
  struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells how many samples a written set has, how varied they are, and what was left out.",
      discussion: """
        EXAMPLE
          twin dataset stats --config configs/sample.yaml
        """)

    @OptionGroup var set: WrittenSetOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let written = try WrittenDataset(folder: set.url())
      let description = written.description
      if json { return try printJSON(description) }
      StandardStreams.printOutput(text(description, written.folder.path))
    }

    private func text(_ description: DatasetDescription, _ folder: String) -> String {
      let statistics = description.statistics
      var rows = [
        [
          "samples",
          "\(statistics.train) train, \(statistics.test) test, of \(counted(statistics.documents, "document"))",
        ],
        ["formats", description.formats.map(\.rawValue).joined(separator: ", ")],
        ["training on", description.settings.trainOn.rawValue],
        ["categories", list(statistics.categories)], ["languages", list(statistics.languages)],
        ["characters of instructions", spread(statistics.instructionLength)],
        ["characters of answers", spread(statistics.answerLength)],
        ["reading ease", spread(statistics.readingEase)],
        ["different words, pairs, triples of instructions", shares(statistics.distinctInstructionGrams)],
        ["the same of answers", shares(statistics.distinctAnswerGrams)],
        ["words shared with the most similar instruction", share(statistics.instructionSimilarity)],
        ["answers that are the author's bytes", share(statistics.verbatim)],
        ["rejected", list(description.rejected)],
      ]
      for gate in description.gates ?? [] {
        rows.append(["gate: \(gate.gate)", "\(gate.leftOut) of \(gate.lookedAt) left out"])
      }
      for style in description.style {
        let delta = style.scores.delta.map { "Delta \($0), " } ?? ""
        rows.append(["style of \(style.author)", "\(delta)cosine of characters \(style.scores.characters)"])
      }
      return "\(folder)\n" + table(rows.map { ["  " + $0[0], $0[1]] })
    }

    private func list(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private func spread(_ spread: DatasetStatistics.Spread) -> String {
      let parts = spread.quartiles.map { String(Int($0.rounded())) }
      guard parts.count == 5 else { return "" }
      return "\(parts[0]) to \(parts[4]), half of them \(parts[1]) to \(parts[3])"
    }

    private func shares(_ values: [Double]) -> String { values.map(share).joined(separator: ", ") }

    private func share(_ value: Double) -> String { "\((value * 1000).rounded() / 10) %" }
  }
}
