/// Lets an ``UnreadableDocument`` be the failure of a `Result`.
struct UnreadableDocumentError: Error {
  let document: UnreadableDocument
}
