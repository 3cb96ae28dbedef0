/// What a deletion finds in the collections that are not the warehouse's: documents that say of themselves that they are
/// the person's, or at the link. One that only mentions them may be somebody else's, and stays.
struct OwnCollections {
  let warehouse: Warehouse

  /// Adds the documents whose `author_id` or `author_full_name` is the person's, or whose `link` is the link.
  func add(to targets: inout DeletionTargets, of subject: DeletionSubject) async throws {
    for name in try await warehouse.otherCollections() {
      do {
        try await add(warehouse.collection(OwnDocument.self, named: name), to: &targets, of: subject)
      } catch let error as WarehouseError {
        switch error {
        case .unknownCollection, .unreadable: targets.unsearched[name] = error.description
        default: throw error
        }
      }
    }
  }

  private func add(
    _ documents: DocumentCollection<OwnDocument>, to targets: inout DeletionTargets, of subject: DeletionSubject
  ) async throws {
    let filter: Filter<OwnDocument>
    switch subject {
    case .link(let link): filter = .link == link
    case .author:
      let names = try await documents.distinct(.authorFullName).filter(targets.isName)
      targets.names.formUnion(names)
      filter = Field.authorID.isIn(targets.authors.sorted()) || Field.authorFullName.isIn(names)
    }
    for try await batch in documents.find(as: OwnedDocument.self, filter).batches {
      targets.own[documents.name, default: []].formUnion(batch.documents.map(\.id) + batch.unreadable.map(\.id))
      targets.links.formUnion(batch.documents.compactMap(\.link))
    }
  }
}

/// A document of any type, as far as it may say whose it is.
struct OwnDocument: Document {
  static let collection = ""
  var id: Identifier
}

extension Field where D == OwnDocument, Value == Identifier {
  fileprivate static var authorID: Self { Field("author_id") }
}

extension Field where D == OwnDocument, Value == String {
  fileprivate static var authorFullName: Self { Field("author_full_name") }
  fileprivate static var link: Self { Field("link") }
}

/// What a deletion needs to know of such a document.
private struct OwnedDocument: Projection {
  static let fields: [ProjectedField<OwnDocument>] = [.init(.link)]

  let id: Identifier
  let link: String?

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case link
  }
}
