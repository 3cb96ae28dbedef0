import ArgumentParser
import Foundation
import Pipelines

extension DatasetCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows samples of a written set, or what was rejected and why.",
      discussion: """
        Without an identifier the first samples are shown; the beginning of an identifier is enough.

        EXAMPLE
          twin dataset show --limit 2 --config configs/sample.yaml
        """)

    @Argument(help: "The identifiers of samples.") var ids: [String] = []
    @Option(help: "Only this side: train or test.") var side: Side?
    @Flag(help: "What was rejected, instead of samples.") var rejected = false
    @Option(help: "Only what was rejected by this rule.") var rule: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("The most that is shown; 0 for all.", valueName: "n"))
    var limit = 5
    @OptionGroup var set: WrittenSetOptions
    @Flag(help: "Print one JSON array.") var json = false

    enum Side: String, ExpressibleByArgument, CaseIterable { case train, test }

    func validate() throws {
      if limit < 0 { throw ValidationError("--limit must be 0 or more.") }
      if rule != nil, !rejected { throw ValidationError("--rule is about --rejected.") }
    }

    func run() async throws {
      let written = try WrittenDataset(folder: set.url())
      if rejected {
        try show(try rejections(written), text)
      } else {
        try show(try samples(written), text)
      }
    }

    private func samples(_ written: WrittenDataset) throws -> [Origin] {
      let found = written.origins.filter { origin in
        (side == nil || origin.split == side?.rawValue) && isNamed(origin.sample.id)
      }
      try requireNamed(found.map(\.sample.id))
      return found
    }

    private func rejections(_ written: WrittenDataset) throws -> [Rejection] {
      let found = written.dataset.rejected.filter { rejection in
        (rule == nil || rejection.rule == rule) && (ids.isEmpty || rejection.sample.map { isNamed($0.id) } ?? false)
      }
      if found.isEmpty, let rule {
        let known = written.dataset.rejectionCounts.keys.sorted()
        let advice = nearestName(to: rule, in: known).map { "did you mean \($0)?" } ?? known.joined(separator: ", ")
        throw ValidationError("nothing was rejected by a rule `\(rule)`; \(advice)")
      }
      try requireNamed(found.compactMap { $0.sample?.id })
      return found
    }

    private func isNamed(_ id: Identifier) -> Bool {
      ids.isEmpty || ids.contains { id.uuidString.hasPrefix($0.lowercased()) }
    }

    private func requireNamed(_ found: [Identifier]) throws {
      for id in ids where !found.contains(where: { $0.uuidString.hasPrefix(id.lowercased()) }) {
        throw ValidationError("the set has no \(rejected ? "rejected sample" : "sample") \(id).")
      }
    }

    private func show<Value: Encodable>(_ values: [Value], _ text: (Value) -> String) throws {
      let shown = limit == 0 || !ids.isEmpty ? values[...] : values.prefix(limit)
      if json { return try printJSON(Array(shown)) }
      var parts = shown.map(text)
      if shown.count < values.count { parts.append("\(values.count - shown.count) more; --limit 0 shows all") }
      StandardStreams.printOutput(parts.isEmpty ? "nothing to show" : parts.joined(separator: "\n\n"))
    }

    private func text(_ origin: Origin) -> String {
      "\(origin.split) \(origin.row)  \(origin.sample.id)\n" + texts(of: origin.sample)
    }

    private func text(_ rejection: Rejection) -> String {
      let place = "\(rejection.link)#\(rejection.start)-\(rejection.end)"
      let head = "\(rejection.rule): \(rejection.evidence)\n  \(rejection.sample.map { "\($0.id)" } ?? place)"
      return rejection.sample.map { "\(head)\n\(texts(of: $0))" } ?? head
    }

    private func texts(of sample: Sample) -> String {
      var lines = sample.system.isEmpty ? [] : ["system: \(sample.system)"]
      lines += ["instruction: \(sample.instruction)", "answer: \(sample.answer)"]
      if let rejected = sample.rejectedAnswer { lines.append("rejected: \(rejected)") }
      let provenance = sample.provenance
      lines.append("from: \(provenance.link)#\(provenance.start)-\(provenance.end) by \(provenance.recipe)")
      return lines.map { "  " + $0.replacing("\n", with: "\n    ") }.joined(separator: "\n")
    }
  }
}
