import Domain

/// Makes the documents of a clone.
struct RepositoryReader {
  let clone: RepositoryClone
  let location: RepositoryLocation
  let author: User
  let record: CrawlRecord
  let limits: CrawlLimits
  /// What the sink has not been told yet.
  private var events: [CrawlEvent] = []
  private var hasFailed = false

  private struct File {
    var path: String
    var object: String
    var size: Int
  }

  init(clone: RepositoryClone, location: RepositoryLocation, author: User, record: CrawlRecord, limits: CrawlLimits) {
    self.clone = clone
    self.location = location
    self.author = author
    self.record = record
    self.limits = limits
  }

  /// Reads all files that the rules let through, some megabytes at a time.
  ///
  /// - Returns: whether none of them failed.
  mutating func read(into sink: any CrawlSink) async throws -> Bool {
    let candidates = try await candidates()
    let files = withinBounds(candidates, sizes: try await clone.sizes(of: candidates.map(\.object)))
    try await flush(into: sink)
    for batch in batches(of: files) {
      let contents = try await clone.contents(
        of: batch.map(\.object), size: batch.reduce(0) { $0 + $1.size })
      for file in batch { add(file, contents: contents[file.object]) }
      try await flush(into: sink)
    }
    return !hasFailed
  }

  private mutating func flush(into sink: any CrawlSink) async throws {
    for event in events { try await sink.take(event) }
    events = []
  }

  private mutating func candidates() async throws -> [(path: String, object: String)] {
    let rules = RepositoryRules(limits: limits)
    let entries = try await clone.entries()
    var folders: [String: Skip] = [:]
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
      } else {
        candidates.append((path, entry.object))
      }
    }
    events += folders.values.sorted { $0.item < $1.item }.map { .skipped($0) }
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
    guard var text = decodedText(bytes) else { return skip(file.path, "binary") }
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
      text: text, language: sourceLanguage(ofPath: file.path), name: location.name, path: file.path, crawl: record)
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
