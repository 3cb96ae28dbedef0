import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct ConcurrencyTests {
  @Test func `two hundred requests at a window of thirty-two all get their own answer`() async throws {
    let server = try PeerServer("http_server.py")
    let client = HTTPClient(configuration: .quick)
    let address = "http://127.0.0.1:\(server.port)"
    @Sendable func ask(_ number: Int) async throws -> (Int, String) {
      (number, try await client.send(HTTPRequest(.get, "\(address)/work?number=\(number)", trust: .configured)).text)
    }
    var answers: [Int: String] = [:]
    try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<32 { group.addTask { try await ask(number) } }
      var next = 32
      for try await (number, text) in group {
        answers[number] = text
        if next < 200 { group.addTask { [next] in try await ask(next) } }
        next += 1
      }
    }
    #expect(answers == Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, "\($0)") }))
    let state = try await ServerState.of("\(address)/state", client)
    #expect(state.connections <= 16)
    #expect(state.most_running <= 16)
    #expect(state.most_running > 1)
  }

  @Test func `connections to one host are bounded by the configuration`() async throws {
    let server = try PeerServer("http_server.py")
    let client = HTTPClient(configuration: .quick.with { $0.maximumConnectionsPerHost = 2 })
    let address = "http://127.0.0.1:\(server.port)"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          _ = try await client.send(HTTPRequest(.get, "\(address)/work?number=\(number)", trust: .configured))
        }
      }
      try await group.waitForAll()
    }
    let state = try await ServerState.of("\(address)/state", client)
    #expect(state.connections <= 2)
    #expect(state.most_running <= 2)
  }

  @Test func `a cancelled task ends its transfer at once`() async throws {
    let client = HTTPClient(configuration: .quick)
    let url = try Peers.url("/slow?seconds=600")
    // The time limit of the suite is a tenth of the server's.
    let task = Task {
      try await client.send(HTTPRequest(.get, url, trust: .configured, totalTimeout: 600))
    }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `a task that is cancelled before it begins sends nothing`() async throws {
    let client = HTTPClient(configuration: .quick)
    let key = freshKey()
    let url = try Peers.url("/flaky?key=\(key)&failures=0")
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await requestCount(of: key, client) == 0)
  }

  @Test func `a pause between attempts is cancelled too`() async throws {
    let client = HTTPClient(configuration: .quick)
    let url = try Peers.url("/flaky?key=\(freshKey())&failures=1&retry_after=500")
    let task = Task {
      try await client.send(HTTPRequest(.get, url, trust: .configured, totalTimeout: 600))
    }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `a cancelled transfer frees its place`() async throws {
    let client = HTTPClient(configuration: .quick.with { $0.maximumConnectionsPerHost = 1 })
    let slow = try Peers.url("/slow?seconds=600")
    let task = Task { try await client.send(HTTPRequest(.get, slow, trust: .configured, totalTimeout: 600)) }
    try await Task.sleep(for: .milliseconds(50))
    let waiting = Task {
      try await client.send(HTTPRequest(.get, try Peers.url("/status/200"), trust: .configured))
    }
    task.cancel()
    #expect(try await waiting.value.status == 200)
  }

  @Test func `requests that are cancelled at any moment leave the client whole`() async throws {
    let client = HTTPClient(configuration: .quick.with { $0.maximumConnectionsPerHost = 4 })
    let paths = ["/work?number=1", "/large?bytes=200000", "/hops?left=3", "/endless", "/slow?seconds=600"]
    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        let request = HTTPRequest(.get, try Peers.url(paths[number % paths.count]), trust: .configured)
        group.addTask {
          let task = Task {
            if number.isMultiple(of: 2) { return try await client.send(request).status }
            let (head, body) = try await client.stream(request)
            for try await _ in body {}
            return head.status
          }
          try await Task.sleep(for: .microseconds(number * 200))
          task.cancel()
          switch await task.result {
          case .success(let status): return status == 200
          case .failure(let error): return error is CancellationError || error is HTTPError
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: true, count: 200))
    for _ in 0..<20 {
      let request = HTTPRequest(.get, try Peers.url("/work?number=7"), trust: .configured)
      #expect(try await client.send(request).text == "7")
    }
  }

  @Test func `the thread ends with its client`() async throws {
    // In a process of its own, where no other test's clients come and go.
    await #expect(processExitsWith: .success) {
      let most = try await useTenClients()
      // Ten threads end; two may have begun meanwhile for reasons of their own.
      while threadCount() > most - 8 { try await Task.sleep(for: .milliseconds(10)) }
    }
  }
}

/// Uses ten clients, each of which has a thread, and gives the number of all threads while they live.
private func useTenClients() async throws -> Int {
  let url = try Peers.url("/status/200")
  let clients = (0..<10).map { _ in HTTPClient(configuration: .quick) }
  for client in clients { _ = try await client.send(HTTPRequest(.get, url, trust: .configured)) }
  return withExtendedLifetime(clients) { threadCount() }
}
