public import Domain

/// Counts in how many documents each line occurs, and tells which lines are boilerplate.
///
/// It keeps hashes of lines and no more of them than a limit, whatever comes: what is rare is forgotten first (Misra and
/// Gries, Finding repeated elements, 1982). If anything was forgotten, counts are too low, and what may be boilerplate is
/// to be counted again in a ``secondPass``, which is exact.
public struct BoilerplateCounter: Sendable {
  private struct Entry {
    var count: Int32
    /// The last document that had it, so that it counts once in each.
    var document: Int32
  }

  private struct Group {
    var author = ""
    var category = DataCategory.articles
    var platform = ""
    var documents = 0
    var entries: [UInt64: Entry] = [:]
    /// By how much counts may be too low.
    var forgotten: Int32 = 0
    /// What lines say that may be boilerplate, and the keys of their first words.
    var texts: [UInt64: (text: String, firstWord: UInt64)] = [:]
  }

  private let rule: BoilerplateRule
  private let limit: Int
  private let only: [String: Set<UInt64>]?
  private var groups: [String: Group] = [:]
  private var count = 0

  /// Makes one.
  ///
  /// - Parameters:
  ///   - rule: what counts as boilerplate.
  ///   - limit: how many lines are remembered at most.
  public init(_ rule: BoilerplateRule, limit: Int = 1 << 20) {
    self.init(rule, limit: limit, only: nil)
  }

  private init(_ rule: BoilerplateRule, limit: Int, only: [String: Set<UInt64>]?) {
    self.rule = rule
    self.limit = limit
    self.only = only
  }

  /// Counts the lines of a document.
  public mutating func add(_ document: RawDocument) {
    let name = boilerplateGroup(of: document)
    guard !name.isEmpty else { return }
    var group = groups.removeValue(forKey: name) ?? Group()
    if group.documents == 0 {
      (group.author, group.category) = (document.authorFullName, document.category)
      group.platform = document.platform
    }
    group.documents += 1
    let (known, number, before) = (only?[name], Int32(truncatingIfNeeded: group.documents), group.entries.count)
    let bytes = Array(document.text.utf8)
    forEachProseLine(in: bytes) { line in
      if only != nil, known?.contains(line.key) != true { return }
      var entry = group.entries[line.key] ?? Entry(count: 0, document: 0)
      guard entry.document != number else { return }
      entry.count += 1
      entry.document = number
      group.entries[line.key] = entry
      // Once something was forgotten, the second pass keeps what lines say.
      if group.forgotten == 0, Int(entry.count) >= max(2, rule.documents), group.texts[line.key] == nil {
        group.texts[line.key] = (excerpt(bytes, line.range), line.firstWord)
      }
    }
    count += group.entries.count - before
    groups[name] = group
    while count > limit { forget() }
  }

  /// Takes one off every count of the group that has the most lines, and drops those that come to nothing.
  private mutating func forget() {
    guard let (name, _) = groups.max(by: { ($0.value.entries.count, $0.key) < ($1.value.entries.count, $1.key) })
    else { return }
    var group = groups.removeValue(forKey: name) ?? Group()
    count -= group.entries.count
    var kept: [UInt64: Entry] = [:]
    for (key, entry) in group.entries where entry.count > 1 {
      kept[key] = Entry(count: entry.count - 1, document: entry.document)
    }
    group.entries = kept
    group.texts = [:]
    group.forgotten += 1
    count += kept.count
    groups[name] = group
  }

  /// What to count once more, over the same documents; nil if the counts are exact.
  public var secondPass: BoilerplateCounter? {
    guard groups.values.contains(where: { $0.forgotten > 0 }) else { return nil }
    let candidates = groups.mapValues { group in
      let threshold = rule.threshold(of: group.documents)
      return Set(group.entries.filter { Int($0.value.count + group.forgotten) >= threshold }.keys)
    }
    return BoilerplateCounter(rule, limit: limit, only: candidates)
  }

  /// The lines that are boilerplate.
  public var lines: BoilerplateLines {
    var found: [BoilerplateLine] = []
    for (name, group) in groups.sorted(by: { $0.key < $1.key }) {
      let threshold = rule.threshold(of: group.documents)
      let frequent = group.entries.filter { Int($0.value.count) >= threshold }
      for (key, entry) in frequent.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
        let (text, firstWord) = group.texts[key] ?? ("", 0)
        found.append(
          BoilerplateLine(
            text: text, documents: Int(entry.count), outOf: group.documents, author: group.author,
            category: group.category, platform: group.platform, group: name, key: key, firstWord: firstWord))
      }
    }
    return BoilerplateLines(found)
  }
}

/// The beginning of a line, for people.
private func excerpt(_ bytes: [UInt8], _ range: Range<Int>) -> String {
  String(String(decoding: bytes[range.prefix(1000)], as: UTF8.self).unicodeScalars.prefix(200))
}
