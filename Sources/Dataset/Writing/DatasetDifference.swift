public import Domain

/// What tells two written sets apart, by the identifiers of their samples and by what these say.
public struct DatasetDifference: Codable, Hashable, Sendable {
  /// A sample in a few words.
  public struct Entry: Codable, Hashable, Sendable {
    /// Its identifier.
    public var id: Identifier
    /// Its side, `train` or `test`.
    public var split: String
    /// What is asked.
    public var instruction: String
    /// The link of its document.
    public var link: String
  }

  /// A sample that is in both sets and not the same.
  public struct Change: Codable, Hashable, Sendable {
    /// Its identifier.
    public var id: Identifier
    /// What is asked, in the new set.
    public var instruction: String
    /// What differs: names of fields, and `split`.
    public var fields: [String]
  }

  /// A sample with another identifier than before that says the same.
  public struct Renaming: Codable, Hashable, Sendable {
    /// The identifier in the old set.
    public var old: Identifier
    /// The identifier in the new set.
    public var new: Identifier
    /// What is asked.
    public var instruction: String
  }

  /// Samples that only the new set has, by identifier and by content.
  public var added: [Entry]
  /// Samples that only the old set has.
  public var removed: [Entry]
  /// Samples that both have under one identifier with other texts, or on another side.
  public var changed: [Change]
  /// Samples that both have with the same texts under different identifiers, as after a change of the recipe.
  public var renamed: [Renaming]
  /// How many are the same.
  public var unchanged: Int

  /// Whether both sets have the same samples under the same identifiers.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && renamed.isEmpty }

  /// Compares two sets.
  public init(from old: BuiltDataset, to new: BuiltDataset) {
    let (before, after) = (Self.entries(of: old), Self.entries(of: new))
    var (changed, unchanged): ([Change], Int) = ([], 0)
    for (id, now) in after {
      guard let then = before[id] else { continue }
      let fields = Self.differences(then, now)
      if fields.isEmpty {
        unchanged += 1
      } else {
        changed.append(Change(id: id, instruction: now.sample.instruction, fields: fields))
      }
    }
    var gone = before.values.filter { after[$0.sample.id] == nil }.sorted { $0.sample.id < $1.sample.id }
    var (renamed, added): ([Renaming], [Entry]) = ([], [])
    for now in after.values.filter({ before[$0.sample.id] == nil }).sorted(by: { $0.sample.id < $1.sample.id }) {
      if let place = gone.firstIndex(where: { $0.content == now.content }) {
        let old = gone.remove(at: place)
        renamed.append(Renaming(old: old.sample.id, new: now.sample.id, instruction: now.sample.instruction))
      } else {
        added.append(now.entry)
      }
    }
    self.added = added
    self.renamed = renamed
    self.unchanged = unchanged
    removed = gone.map(\.entry)
    self.changed = changed.sorted { $0.id < $1.id }
  }

  private struct Placed {
    let sample: Sample
    let split: String
    let content: [String]

    var entry: Entry {
      Entry(id: sample.id, split: split, instruction: sample.instruction, link: sample.provenance.link)
    }
  }

  private static func entries(of dataset: BuiltDataset) -> [Identifier: Placed] {
    var entries: [Identifier: Placed] = [:]
    for (split, samples) in zip(sideNames, [dataset.train, dataset.test]) {
      for sample in samples {
        entries[sample.id] = Placed(
          sample: sample, split: split, content: [sample.system] + sample.fields.map(\.text))
      }
    }
    return entries
  }

  private static func differences(_ then: Placed, _ now: Placed) -> [String] {
    let names = ["system"] + now.sample.fields.map(\.name)
    var fields =
      then.content.count == now.content.count
      ? zip(names, zip(then.content, now.content)).filter { $0.1.0 != $0.1.1 }.map(\.0) : ["kind"]
    if then.split != now.split { fields.append("split") }
    return fields
  }
}
