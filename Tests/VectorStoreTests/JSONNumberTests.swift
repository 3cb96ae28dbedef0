import Foundation
import TestSupport
import Testing

@testable import VectorStore

/// Numbers that are written fast are read back as the same ones.
@Suite struct JSONNumberTests {
  @Test func `any number is read back as the same one`() throws {
    var random = SeededGenerator(seed: 50)
    var numbers: [Float] = [
      0, -0.0, 1, -1, 0.5, 1.5, 2, 15.999_999, 16, 0.1, 1e-5, -1e-30, 3.4e38, .leastNonzeroMagnitude, .ulpOfOne,
      .greatestFiniteMagnitude, .leastNormalMagnitude, 7.62939453125e-06, 1.52587890625e-05, 9.999_999,
    ]
    for exponent in -20...6 {
      let base = Float(sign: .plus, exponent: exponent, significand: 1)
      numbers += [base, base.nextUp, base.nextDown, -base]
      numbers += (0..<500).map { _ in base * Float.random(in: 1..<2, using: &random) }
    }
    numbers += (0..<5000).map { _ in Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random)) }
      .filter(\.isFinite)
    var json: [UInt8] = []
    json.appendJSON(numbers)
    let texts = String(decoding: json, as: UTF8.self).dropFirst().dropLast().split(separator: ",")
    #expect(texts.count == numbers.count)
    for (text, number) in zip(texts, numbers) { #expect(Float(String(text)) == number, "\(text)") }
    #expect(try JSONDecoder().decode([Float].self, from: Data(json)) == numbers)
  }

  @Test func `numbers are short`() {
    var json: [UInt8] = []
    json.appendJSON([0, 1, -0.5, 0.25, 2.5] as [Float])
    json.appendJSON([0, 7, 4_294_967_295] as [UInt32])
    #expect(String(decoding: json, as: UTF8.self) == "[0,1.0,-0.5,0.25,2.5][0,7,4294967295]")
  }
}
