/// A step in a run and in an earlier one, and what follows from both.
struct StepPair {
  private let step: StepRecord
  private let run: RunRecord
  private let earlier: (run: RunRecord, step: StepRecord)?

  init(_ step: StepRecord, _ run: RunRecord, _ previous: RunRecord?) {
    self.step = step
    self.run = run
    earlier = previous.flatMap { previous in
      previous.steps.first { $0.name == step.name }.map { (previous, $0) }
    }
  }

  /// Why it did not run.
  var skipped: ExplanationReason {
    let missing = run.steps.filter { step.needs.contains($0.name) && ($0.status == .failed || $0.status == .skipped) }
    guard let cause = missing.first(where: { $0.status == .failed }) ?? missing.first else {
      return ExplanationReason(.skipped, "the run ended before its turn")
    }
    let verb = cause.status == .failed ? "failed" : "did not run either"
    return ExplanationReason(.skipped, of: cause.name, "it needs '\(cause.name)', which \(verb)")
  }

  /// Why it did not have to run.
  var cached: ExplanationReason {
    guard let earlier, let key = step.key, earlier.step.key == key else {
      return ExplanationReason(.cached, "cached: an earlier run had made it from the same")
    }
    return ExplanationReason(.cached, "cached: same key as run \(earlier.run.runID)")
  }

  /// Why it ran.
  var computed: [ExplanationReason] {
    if let reason = uncached { return [reason] }
    if step.fan != nil, step.items == ItemCounts() {
      return [ExplanationReason(.items, of: step.fan, "there was nothing to do: '\(step.fan ?? "")' gave it no item")]
    }
    guard let earlier else {
      return [ExplanationReason(.firstRun, "first run: no earlier record of this pipeline has the step")]
    }
    let reasons = changed(since: earlier.step) + failure(in: earlier) + items
    if !reasons.isEmpty { return reasons }
    guard step.key != nil, earlier.step.key != nil else {
      return [ExplanationReason(.unknown, "the records do not say what it was made from; runs with a cache do")]
    }
    return [
      ExplanationReason(
        .missing, "an earlier result was missing from the cache: nothing changed since run \(earlier.run.runID)")
    ]
  }

  private var uncached: ExplanationReason? {
    if let reason = step.uncached { return ExplanationReason(.uncached, "never cached: \(reason)") }
    switch step.cache {
    case .recompute: return ExplanationReason(.uncached, "never cached: it was to be made anew")
    case .disable: return ExplanationReason(.uncached, "never cached: its cache is disabled")
    case .default, .ignore, nil: return nil
    }
  }

  private func failure(in earlier: (run: RunRecord, step: StepRecord)) -> [ExplanationReason] {
    let failed = earlier.run.failures.filter { $0.step == step.name }
    guard let first = failed.first else { return [] }
    let what = first.item == nil ? "it" : failed.count == 1 ? "an item of it" : "\(failed.count) items of it"
    let error = shortened(first.error, to: 200)
    return [ExplanationReason(.failure, of: first.item, "\(what) failed in run \(earlier.run.runID): \(error)")]
  }

  private var items: [ExplanationReason] {
    let counts = step.items
    guard step.fan != nil else { return [] }
    var reasons: [ExplanationReason] = []
    if counts.cached > 0, counts.computed > 0 {
      let verb = counts.computed == 1 ? "was" : "were"
      reasons.append(
        ExplanationReason(.items, of: step.fan, "\(counts.computed) of \(counts.in) items \(verb) new or changed"))
    }
    if counts.deleted > 0 {
      let (noun, verb) = counts.deleted == 1 ? ("item", "is") : ("items", "are")
      reasons.append(ExplanationReason(.items, of: step.fan, "\(counts.deleted) \(noun) of earlier runs \(verb) gone"))
    }
    return reasons
  }

  /// Which components of the key differ.
  private func changed(since earlier: StepRecord) -> [ExplanationReason] {
    let codes = (earlier.key?.code ?? earlier.code, step.key?.code ?? step.code)
    var reasons: [ExplanationReason] = []
    if let before = codes.0, let after = codes.1, before != after {
      reasons.append(
        ExplanationReason(
          .code, before: before, after: after, "code changed: \(shortVersion(before)) -> \(shortVersion(after))"))
    }
    guard let before = earlier.key, let after = step.key else { return reasons }
    if before.step != after.step {
      reasons.append(
        ExplanationReason(
          .name, before: before.step, after: after.step, "name changed: \(before.step) -> \(after.step)"))
    }
    return reasons + compare(.input, before.inputs, after.inputs) + compare(.product, before.products, after.products)
      + compare(.resource, before.resources, after.resources)
  }

  private func compare(
    _ kind: ExplanationReason.Kind, _ before: [String: String], _ after: [String: String]
  ) -> [ExplanationReason] {
    Set(before.keys).union(after.keys).sorted().compactMap { name in
      guard before[name] != after[name] else { return nil }
      let change = description(of: kind, name, before[name], after[name])
      return ExplanationReason(
        kind, of: name, before: before[name], after: after[name], "\(kind.rawValue) '\(name)' \(change)")
    }
  }

  private func description(
    of kind: ExplanationReason.Kind, _ name: String, _ before: String?, _ after: String?
  ) -> String {
    guard let before else { return "is new" }
    guard let after else { return "is gone" }
    if kind == .input, let old = earlier?.run.inputs[name], let new = run.inputs[name], old != new {
      return "changed: \(readable(old)) -> \(readable(new))"
    }
    let unit = kind == .product ? "sha " : ""
    return "changed (\(unit)\(shortVersion(before)) -> \(shortVersion(after)))"
  }
}

/// A version or digest as people compare it: its kind and eight digits.
private func shortVersion(_ text: String) -> String {
  let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  guard let last = parts.last, last.count > 8, last.allSatisfy(\.isHexDigit) else { return shortened(text, to: 80) }
  return (parts.count == 2 ? "\(parts[0]):" : "") + last.prefix(8) + "…"
}
