/// One write of a bulk: the document that the filter means becomes what `update` says, and is made if it is missing.
struct MongoUpsert {
  enum Update {
    /// The whole document is replaced.
    case replace(BSONDocument)
    /// Nothing changes unless it is missing.
    case insert(BSONDocument)
  }

  let filter: BSONDocument
  let update: Update
}
