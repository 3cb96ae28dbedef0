import Foundation

/// Seconds and processor seconds of the parts that count, of all threads of the process.
package struct Clock {
  package private(set) var wall = 0.0
  package private(set) var processor = 0.0

  package init() {}

  package mutating func time<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    let start = (ContinuousClock.now, processorSeconds())
    defer {
      wall += (ContinuousClock.now - start.0) / .seconds(1)
      processor += processorSeconds() - start.1
    }
    return try await body()
  }
}

private func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(thisProcess, &usage)
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}

#if canImport(Glibc)
  private let thisProcess = RUSAGE_SELF.rawValue
#else
  private let thisProcess = RUSAGE_SELF
#endif
