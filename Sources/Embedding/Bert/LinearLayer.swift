/// A linear layer as the file has it, or several one below the other: a row of weights per output.
struct LinearLayer {
  /// A matrix, what is added to its outputs, and what both are multiplied by.
  struct Part {
    var weights: UnsafePointer<Float>
    var bias: UnsafePointer<Float>
    var scale: Float = 1
  }

  var parts: [Part]
  var inputs: Int
  /// The outputs of each part.
  var outputsOfPart: Int
  /// The outputs of all parts.
  var outputs: Int { parts.count * outputsOfPart }

  /// Calls `body` with all rows, scaled: where the file has them if nothing has to be done to them, else a copy.
  func withWeights(_ body: (UnsafePointer<Float>) -> Void) {
    if parts.count == 1, parts[0].scale == 1 { return body(parts[0].weights) }
    let copied = AlignedMemory(byteCount: inputs * outputs * 4)
    copy(\.weights, count: inputs * outputsOfPart, to: copied.numbers(Float.self))
    body(copied.numbers(Float.self))
  }

  /// Copies what is added, scaled.
  func copyBias(to target: UnsafeMutablePointer<Float>) {
    copy(\.bias, count: outputsOfPart, to: target)
  }

  private func copy(
    _ numbers: KeyPath<Part, UnsafePointer<Float>>, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    for (index, part) in parts.enumerated() {
      let source = part[keyPath: numbers]
      let scale = part.scale
      let start = target + index * count
      for number in 0..<count { (start + number).initialize(to: source[number] * scale) }
    }
  }
}
