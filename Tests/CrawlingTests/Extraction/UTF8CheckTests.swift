import TestSupport
import Testing

@testable import Crawling

@Suite struct UTF8CheckTests {
  private func isValid(_ bytes: [UInt8]) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }

  @Test func `every pair of bytes is judged as the standard library judges it`() {
    for first in UInt8.min...UInt8.max {
      let wrong = (UInt8.min...UInt8.max).filter { UTF8Check.isValid([first, $0]) != isValid([first, $0]) }
      #expect(wrong == [])
    }
  }

  @Test(arguments: 0xE0...0xF7 as ClosedRange<UInt8>)
  func `longer sequences are judged as the standard library judges them`(lead: UInt8) {
    let others: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    for second in others {
      for third in others {
        for fourth in others {
          for bytes in [[lead, second, third], [lead, second, third, fourth]] {
            #expect(UTF8Check.isValid(bytes) == isValid(bytes))
          }
        }
      }
    }
  }

  @Test(arguments: 0..<40) func `one wrong byte is found wherever it stands`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = (0..<60).map { _ in ["word ", "é", "\u{6D77}", "\u{1F600}", "a"].randomElement(using: &random) ?? "" }
    var bytes = Array(text.joined().utf8)
    #expect(UTF8Check.isValid(bytes))
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    #expect(UTF8Check.isValid(bytes) == isValid(bytes))
    #expect(UTF8Check.isValid(Array(bytes.dropLast(3))) == isValid(Array(bytes.dropLast(3))))
  }
}
