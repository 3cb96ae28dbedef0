import TestSupport

extension SeededGenerator {
  /// Components from -1 to 1.
  mutating func vector(_ dimension: Int) -> [Float] {
    (0..<dimension).map { _ in Float.random(in: -1...1, using: &self) }
  }
}
