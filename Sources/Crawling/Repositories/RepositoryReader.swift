import Domain

/// Makes the documents of a clone.
struct RepositoryReader {
  let clone: RepositoryClone
  let location: RepositoryLocation
  let author: User
  let record: CrawlRecord
  let limits: CrawlLimits
  let selection: RepositorySelection
  /// The paths that the author touched, if only those are wanted.
  let touched: Set<String>?
  /// The stored documents of the source, by link, of which a file that is as it was gives the same.
  let known: [String: CrawledLink]
  /// The links of what was found, whether or not it is new.
  private(set) var links: Set<String> = []
  /// Whether a file failed.
  private(set) var hasFailed = false
  /// What the sink has not been told yet.
  private var events: [CrawlEvent] = []

  private struct File {
    var path: String
    var object: String
    var size: Int
  }

  init(
    clone: RepositoryClone, location: RepositoryLocation, author: User, record: CrawlRecord, limits: CrawlLimits,
    selection: RepositorySelection, touched: Set<String>?, known: [String: CrawledLink]
  ) {
    self.clone = clone
    self.location = location
    self.author = author
    self.record = record
    self.limits = limits
    self.selection = selection
    self.touched = touched
    self.known = known
  }

  /// Reads all files that the rules let through and that are not known, some megabytes at a time.
  mutating func read(into sink: any CrawlSink) async throws {
    let candidates = try await candidates()
    let files = withinBounds(candidates, sizes: try await clone.sizes(of: candidates.map(\.object)))
    let changed = files.filter { !takeUnchanged($0) }
    try await flush(into: sink)
    for batch in batches(of: changed) {
      let contents = try await clone.contents(
        of: batch.map(\.object), size: batch.reduce(0) { $0 + $1.size })
      for file in batch { add(file, contents: contents[file.object]) }
      try await flush(into: sink)
    }
  }

  /// Takes a file whose stored document was made of the same bytes.
  private mutating func takeUnchanged(_ file: File) -> Bool {
    let link = location.link(toFile: file.path)
    guard let crawl = known[link]?.crawl, crawl.blob == file.object, crawl.goneSince == nil else { return false }
    links.insert(link)
    events.append(.unchanged(link: link))
    return true
  }

  private mutating func flush(into sink: any CrawlSink) async throws {
    for event in events { try await sink.take(event) }
    events = []
  }

  private mutating func candidates() async throws -> [(path: String, object: String)] {
    let rules = RepositoryRules(limits: limits)
    let entries = try await clone.entries()
    var folders: [String: Skip] = [:]
    var unwanted: [String: Int] = [:]
    var candidates: [(path: String, object: String)] = []
    for entry in entries {
      guard let path = entry.path else {
        skip("a file", "its name is not UTF-8")
        continue
      }
      if entry.kind == .symbolicLink {
        skip(path, "a symbolic link")
      } else if entry.kind == .submodule {
        skip(path, "a submodule; name its repository in `sources` to crawl it")
      } else if let rule = rules.skip(ofPath: path) {
        // A folder of thousands of vendored files is one entry.
        folders[rule.item, default: Skip(item: rule.item, reason: rule.reason, count: 0)].count += 1
      } else if let reason = selection.reason(against: path, touched: touched) {
        unwanted[reason, default: 0] += 1
      } else {
        candidates.append((path, entry.object))
      }
    }
    events += folders.values.sorted { $0.item < $1.item }.map { .skipped($0) }
    for (reason, count) in unwanted.sorted(by: { $0.key < $1.key }) {
      events.append(.skipped(Skip(item: location.url, reason: reason, count: count)))
    }
    guard entries.contains(where: { $0.path.map { fileName($0) } == ".gitattributes" }) else { return candidates }
    let reasons = try await clone.attributeReasons(of: candidates.map(\.path))
    for (path, reason) in reasons.sorted(by: { $0.key < $1.key }) { skip(path, reason) }
    return candidates.filter { reasons[$0.path] == nil }
  }

  private mutating func withinBounds(
    _ candidates: [(path: String, object: String)], sizes: [String: Int]
  ) -> [File] {
    var files: [File] = []
    var total = 0
    for (path, object) in candidates {
      // An object that is missing was too large for the clone's filter.
      guard let size = sizes[object], size <= limits.repository.fileBytes else {
        skip(path, "larger than \(limits.repository.fileBytes) bytes")
        continue
      }
      guard files.count < limits.repository.files, total + size <= limits.repository.bytes else {
        skip(path, "the repository has more than \(limits.repository.files) files or \(limits.repository.bytes) bytes")
        continue
      }
      total += size
      files.append(File(path: path, object: object, size: size))
    }
    return files
  }

  private func batches(of files: [File]) -> [[File]] {
    var batches: [[File]] = []
    var room = 0
    for file in files {
      if batches.isEmpty || file.size > room {
        batches.append([])
        room = 16 << 20
      }
      batches[batches.count - 1].append(file)
      room -= file.size
    }
    return batches
  }

  private mutating func add(_ file: File, contents: [UInt8]?) {
    guard let bytes = contents else {
      fail(file.path, "git could not read it from the clone; crawl the repository again")
      return
    }
    if let reason = RepositoryRules(limits: limits).reason(ofContents: bytes, path: file.path) {
      return skip(file.path, reason)
    }
    guard var text = sourceText(bytes) else { return skip(file.path, "binary") }
    if fileSuffix(file.path) == "ipynb" {
      guard let notebook = try? Notebook(bytes) else {
        return fail(file.path, "it is not a Jupyter notebook of format 4; save it again with Jupyter")
      }
      text = notebook.markdown
      guard !text.isEmpty else { return skip(file.path, "a notebook without text") }
    }
    var record = record
    record.blob = file.object
    let document = RawDocument(
      category: .repositories, link: location.link(toFile: file.path), platform: location.platform, author: author,
      text: text, language: sourceLanguage(ofPath: file.path), name: location.name, path: file.path,
      tags: ["repository:\(location.group)"], crawl: record)
    links.insert(document.link)
    events.append(.document(document))
  }

  private mutating func skip(_ item: String, _ reason: String) {
    events.append(.skipped(Skip(item: item, reason: reason)))
  }

  private mutating func fail(_ path: String, _ message: String) {
    hasFailed = true
    events.append(.failed(CrawlFailure(item: location.link(toFile: path), message: message)))
  }
}

/// The text of a source file, or nil if it is binary: UTF-8 byte for byte, a byte order mark included, anything else
/// decoded.
private func sourceText(_ bytes: [UInt8]) -> String? {
  guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return decodedText(bytes) }
  return text
}
