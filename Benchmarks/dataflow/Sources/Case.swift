import Foundation

/// What is measured. The peers' programs have cases of the same names that do the same work.
enum Case: String {
  /// A linear chain of steps, of which the last is asked for.
  case chain
  /// Steps that do not need each other, all asked for.
  case independent
  /// A list, a step for each of its items, and a step that takes all results.
  case fan
  /// A stream of items, a step for each, and a step that keeps one item in a thousand.
  case stream
  /// A chain with a cache: cold, then warm in the same process.
  case cache
  /// Four steps with a cache in `folder`, or without one: timed from outside, from the process's start to its exit.
  case four

  /// The seconds of each part; nothing for a case that is timed from outside.
  func measure(_ count: Int, folder: URL?) async throws -> [String: Double] {
    switch self {
    case .chain:
      _ = try await measureChain(10)
      return try await measureChain(count)
    case .independent:
      _ = try await measureIndependent(10)
      return try await measureIndependent(count)
    case .fan:
      _ = try await measureFan(10)
      return try await measureFan(count)
    case .stream:
      _ = try await measureStream(10)
      return try await measureStream(count)
    case .cache:
      _ = try await measureCache(10)
      return try await measureCache(count)
    case .four:
      try await runFour(folder: folder)
      return [:]
    }
  }
}
