import Foundation

extension PipelineRunner {
  /// Does something under an observer that also tells an OpenLineage consumer, if the configuration names one.
  ///
  /// Events wait in a queue of bounded length, so that a slow consumer does not hold up the run; they are all delivered,
  /// or given up with a warning, before this returns. Nothing about them fails the run.
  func tellingLineage<Value>(
    _ work: ((any RunObserver)?) async throws -> Value
  ) async throws -> Value {
    guard let target = configuration.lineage else { return try await work(observer) }
    let (events, queue) = AsyncStream.makeStream(of: Data.self, bufferingPolicy: .bufferingOldest(10_000))
    let lineage = OpenLineageObserver(namespace: "twin", version: twinVersion) { queue.yield($0) }
    let delivery = LineageDelivery(target: target, http: stores.http)
    // Not a child task: what a cancelled run has to tell is delivered, too.
    let delivering = Task { await delivery.deliver(events) }
    let result: Result<Value, any Error>
    do {
      result = .success(try await work(CombinedObserver([observer, lineage].compactMap { $0 })))
    } catch {
      result = .failure(error)
    }
    queue.finish()
    if let problem = await delivering.value { observer?.observe(.warning(step: nil, message: problem)) }
    return try result.get()
  }
}

/// Where OpenLineage events go.
public enum LineageTarget: Sendable, Hashable {
  /// A file to which lines are appended.
  case file(String)
  /// A server that takes each event in a POST, such as `http://localhost:5000/api/v1/lineage`.
  case server(String)
}

/// Writes or sends events one by one.
struct LineageDelivery: Sendable {
  /// After so many failures in a row the server is given up.
  private static let mostFailures = 3
  private static let timeout = 10.0

  let target: LineageTarget
  let http: HTTPClient

  /// Delivers events until there are no more.
  ///
  /// - Returns: what went wrong; nil if nothing did.
  func deliver(_ events: AsyncStream<Data>) async -> String? {
    switch target {
    case .file(let path): await append(events, to: path)
    case .server(let url): await send(events, to: url)
    }
  }

  private func append(_ events: AsyncStream<Data>, to path: String) async -> String? {
    do {
      let file = try LineageFile(URL(fileURLWithPath: path))
      for await event in events { file.append(event) }
      return file.problem.map { "lineage was not written: \($0)" }
    } catch {
      return "lineage was not written: \(error)"
    }
  }

  private func send(_ events: AsyncStream<Data>, to url: String) async -> String? {
    var failures = 0
    var problem: String?
    for await event in events where failures < Self.mostFailures {
      do {
        var request = HTTPRequest(.post, url, trust: .configured)
        request.headers["Content-Type"] = "application/json"
        request.body = Array(event)
        request.totalTimeout = Self.timeout
        let response = try await http.send(request)
        guard (200...299).contains(response.status) else {
          failures += 1
          problem = "it answers with status \(response.status)"
          continue
        }
        failures = 0
      } catch {
        failures += 1
        problem = "\(error)"
      }
    }
    return problem.map { "lineage was not all taken by \(redactedURL(url)): \($0)" }
  }
}
