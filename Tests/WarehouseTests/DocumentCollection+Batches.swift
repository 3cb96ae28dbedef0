@testable import Warehouse

extension DocumentCollection {
  /// The documents that the filter means, fetched so many at a time: few documents are then many batches.
  func find(
    _ filter: Filter<D> = .all, sortedBy order: Order<D>..., limit: Int? = nil, batchSize: Int
  ) -> DocumentSequence<D> {
    let query = Query(
      collection: name, condition: filter.condition, order: order.map(\.key), limit: limit, batchSize: batchSize)
    return DocumentSequence(batches: DocumentBatches(of: self, query: query))
  }
}
