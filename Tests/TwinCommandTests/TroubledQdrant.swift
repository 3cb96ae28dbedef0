import Foundation
import TestSupport
import Testing

/// A Qdrant peer that is asked and troubled from outside of the tests' process, which has no HTTP client of its own.
struct TroubledQdrant: Sendable {
  let server: PeerServer

  init(arguments: [String] = []) throws {
    server = try PeerServer("qdrant_server.py", arguments: arguments)
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  /// Lets `changes` pass and troubles the next `count`; see the peer for the kinds.
  func trouble(_ kind: String, after changes: Int = 0, count: Int = 1) async throws {
    _ = try await ask(
      "order({'kind': '\(kind)', 'after': \(changes), 'count': \(count), 'seconds': 1})")
  }

  /// Makes no trouble any more, and waits until what was held is done.
  func calm() async throws {
    _ = try await ask("order({'kind': 'drop', 'after': 0, 'count': 0})\nwhile state()['held']: time.sleep(0.01)")
  }

  /// Waits until so many requests are held.
  func waitUntilHeld(_ count: Int) async throws {
    _ = try await ask("while state()['held'] < \(count): time.sleep(0.01)")
  }

  /// How many requests are still to be troubled.
  func left() async throws -> Int? {
    Int(try await ask("print(state()['left'])").trimmingCharacters(in: .newlines))
  }

  /// How often points were stored.
  func upserts() async throws -> Int? {
    let count = "sum(n for name, n in get('/test/requests').items() if name.startswith('PUT') and '/points' in name)"
    return Int(try await ask("print(\(count))").trimmingCharacters(in: .newlines))
  }

  private func ask(_ script: String) async throws -> String {
    let functions = """
      import json, sys, time, urllib.request as web
      def get(path):
          return json.load(web.urlopen(sys.argv[1] + path))
      def state():
          return get('/test/fault')
      def order(value):
          web.urlopen(web.Request(sys.argv[1] + '/test/fault', json.dumps(value).encode(), method='POST')).read()

      """
    let result = try await run(testPython, ["-c", functions + script, url])
    #expect(result.status == 0, "\(result)")
    return result.output
  }
}
