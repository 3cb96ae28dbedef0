import Domain

/// What a server has of the collections of one prefix.
///
/// Collections have names of their own. The names that twin and others know them by, such as `embedded_posts`, are
/// aliases: that of the active generation, and the same with ``pendingSuffix`` for the pending one. A change of the model
/// is ended by one request that leads the first where the second led, which Qdrant does atomically.
struct QdrantCatalog: Sendable {
  /// What follows the name of an active collection in that of the pending one.
  static let pendingSuffix = "-pending"

  /// What the names of the store's collections begin with.
  var prefix: String
  /// The server's collections, of all prefixes.
  var collections: Set<String> = []
  /// The collection that each alias leads to.
  var aliases: [String: String] = [:]
  /// What is recorded of the collections that twin made, by their names.
  var records: [String: QdrantRecord] = [:]
  /// What those are like that the names of the store lead to, as far as they were asked for.
  var descriptions: [String: QdrantReply.Collection] = [:]

  /// The name that a collection is known by.
  static func name(of reference: CollectionReference, prefix: String) -> String {
    let name = reference.kind.collection(of: reference.category, prefix: prefix)
    return reference.generation == .active ? name : name + pendingSuffix
  }

  /// The names of all collections that there may be.
  var names: [String] {
    Generation.allCases.flatMap { generation in
      DataCategory.allCases.flatMap { names(of: $0, generation) }
    }
  }

  /// The names of a category's collections.
  func names(of category: DataCategory, _ generation: Generation) -> [String] {
    CollectionKind.allCases.map {
      Self.name(of: CollectionReference(kind: $0, category: category, generation: generation), prefix: prefix)
    }
  }

  /// The collection that is known by a name; nil if there is none. One of an earlier version of twin has that name
  /// itself.
  func collection(_ name: String) -> String? {
    aliases[name] ?? (collections.contains(name) ? name : nil)
  }

  /// The records of the categories of which both collections are there, by the collection of the chunks.
  func whole(_ generation: Generation) -> [DataCategory: QdrantRecord] {
    var whole: [DataCategory: QdrantRecord] = [:]
    for category in DataCategory.allCases where names(of: category, generation).allSatisfy({ collection($0) != nil }) {
      let chunks = CollectionReference(kind: .embedded, category: category, generation: generation)
      whole[category] = collection(Self.name(of: chunks, prefix: prefix)).flatMap { records[$0] }
    }
    return whole
  }

  /// The categories of which both collections are there, and one is not as it would be made now: it is of an earlier
  /// version of twin, or others have changed it or made it anew.
  func outdated(_ generation: Generation) -> Set<DataCategory> {
    let outdated = whole(generation).keys.filter { category in
      collections(of: [category], generation).contains { collection in
        guard let record = records[collection], record.schema == QdrantRecord.currentSchema else { return true }
        return descriptions[collection].map { !$0.hasForm(of: record) } ?? false
      }
    }
    return Set(outdated)
  }

  /// Whether the collections of a generation hold what would be stored for `model`, in the form of now.
  func fits(_ model: EmbeddingModelInfo, _ generation: Generation) -> Bool {
    let records = whole(generation).values
    return outdated(generation).isEmpty && records.allSatisfy { $0.model?.makesSameVectors(as: model) == true }
  }

  /// The categories of which only one collection is there: the other was removed by hand.
  func halves(_ generation: Generation) -> [DataCategory] {
    DataCategory.allCases.filter { category in
      names(of: category, generation).count { collection($0) != nil } == 1
    }
  }

  /// The collections of some categories.
  func collections(of categories: some Sequence<DataCategory>, _ generation: Generation) -> [String] {
    categories.flatMap { names(of: $0, generation).compactMap(collection) }
  }

  /// Whether pending collections were being put into the place of those of an earlier version when an interruption came:
  /// some of these may be gone.
  var isActivating: Bool {
    collections(of: DataCategory.allCases, .pending).contains { records[$0]?.isActivating == true }
  }

  /// What twin made and no name leads to: what an interruption left.
  var leftovers: [String] {
    let known = Set(names.compactMap(collection))
    return records.keys.filter { collections.contains($0) && !known.contains($0) }.sorted()
  }
}

extension QdrantReply.Collection {
  /// Whether the collection is as twin makes one for such a record.
  fileprivate func hasForm(of record: QdrantRecord) -> Bool {
    let wanted = QdrantRequest.Create(for: record.model)
    let vectors = wanted.vectors.mapValues { Vector(size: $0.size, distance: $0.distance) }
    let hasSparse = (wanted.sparseVectors ?? [:]).allSatisfy {
      config.params.sparseVectors?[$0.key]?.modifier == $0.value.modifier
    }
    return namedVectors == vectors && hasSparse && config.params.keepsPayloadOnDisk != false
  }
}
