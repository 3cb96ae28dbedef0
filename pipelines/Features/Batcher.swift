/// Puts requests that come at the same time together, for what does many at once for little more than one.
///
/// While one call of the work goes on, others wait, and the first of them then takes the requests of all with it.
actor Batcher<Request: Sendable, Response: Sendable> {
  private enum Turn {
    /// The request was answered along with another's.
    case done(Result<Response, any Error>)
    /// Nobody works.
    case lead
  }

  private struct Waiting {
    let request: Request
    let continuation: CheckedContinuation<Turn, Never>
  }

  private let work: @Sendable ([Request]) async throws -> [Result<Response, any Error>]
  private let isForAll: @Sendable (any Error) -> Bool
  private var isBusy = false
  private var waiting: [Waiting] = []

  /// Makes one.
  ///
  /// - Parameters:
  ///   - isForAll: whether an error of the work holds for each of the requests that were together. After any other
  ///     error each is tried alone, so that one which is refused holds up none but itself.
  ///   - work: gives a result for each request, in order.
  init(
    isForAll: @Sendable @escaping (any Error) -> Bool = { _ in false },
    _ work: @Sendable @escaping ([Request]) async throws -> [Result<Response, any Error>]
  ) {
    self.isForAll = isForAll
    self.work = work
  }

  /// Answers one request.
  ///
  /// - Throws: what the work throws for it.
  func callAsFunction(_ request: Request) async throws -> Response {
    if isBusy {
      let turn = await withCheckedContinuation { waiting.append(Waiting(request: request, continuation: $0)) }
      if case .done(let result) = turn { return try result.get() }
    }
    isBusy = true
    let others = waiting
    waiting = []
    let results = await results(of: [request] + others.map(\.request))
    for (other, result) in zip(others, results.dropFirst()) { other.continuation.resume(returning: .done(result)) }
    if waiting.isEmpty {
      isBusy = false
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
    return try results[0].get()
  }

  private func results(of requests: [Request]) async -> [Result<Response, any Error>] {
    do {
      return try await work(requests)
    } catch {
      if requests.count == 1 || isForAll(error) { return requests.map { _ in .failure(error) } }
    }
    var results: [Result<Response, any Error>] = []
    for request in requests {
      do {
        results += try await work([request])
      } catch {
        results.append(.failure(error))
      }
    }
    return results
  }
}
