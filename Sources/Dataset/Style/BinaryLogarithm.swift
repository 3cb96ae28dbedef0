import Foundation

extension Double {
  /// The logarithm to the base 2.
  var binaryLogarithm: Double { log2(self) }
}
