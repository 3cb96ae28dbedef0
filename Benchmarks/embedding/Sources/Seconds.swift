import Foundation

/// Seconds by the clock, and those that the process computed on all cores.
struct Seconds: Encodable {
  var wall: Double
  var cpu: Double

  static func now() -> Seconds {
    Seconds(wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_PROCESS_CPUTIME_ID))
  }

  func since(_ earlier: Seconds) -> Seconds { Seconds(wall: wall - earlier.wall, cpu: cpu - earlier.cpu) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
