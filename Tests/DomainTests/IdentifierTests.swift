import Domain
import Foundation
import Testing

@Suite("Identifiers") struct IdentifierTests {
  @Test func `an identifier is a version 4 UUID of the RFC's variant in lower case`() throws {
    for number in 0..<500 {
      let id = Identifier("document", ["https://example.com/\(number)"])
      let characters = Array(id.uuidString)
      #expect(UUID(uuidString: id.uuidString) != nil)
      #expect(characters.count == 36)
      #expect(characters[14] == "4")
      #expect("89ab".contains(characters[19]))
      #expect(id.uuidString == id.uuidString.lowercased())
    }
  }

  // Computed independently (Python's hashlib): stored data names things by these, so they may never change.
  @Test func `identifiers never change`() {
    #expect(Identifier("document", ["https://example.com/a"]).uuidString == "39bba9df-c5b0-4800-ba96-1779c0ba62c5")
    #expect(Identifier("document", []).uuidString == "737fc97a-1a5b-4570-8b72-4c78954a2b3c")
    #expect(User(fullName: "Ada Example").id.uuidString == "75a0ae30-63d8-414e-ae46-93297500d0c1")
  }

  @Test func `equal parts of other kinds, and parts that only join to the same, differ`() {
    #expect(Identifier("document", ["a"]) != Identifier("chunk", ["a"]))
    #expect(Identifier("document", ["ab", "c"]) != Identifier("document", ["a", "bc"]))
    #expect(Identifier("document", ["a", ""]) != Identifier("document", ["a"]))
  }

  @Test func `an existing identifier is kept in lower case and coded as one string`() throws {
    let id = Identifier(existing: "EFF74089-0271-4319-8543-745C087F4F61")
    #expect(id.uuidString == "eff74089-0271-4319-8543-745c087f4f61")
    #expect(id.description == id.uuidString)
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == #"["eff74089-0271-4319-8543-745c087f4f61"]"#)
    #expect(try JSONDecoder().decode([Identifier].self, from: data) == [id])
    #expect(Identifier(existing: "a") < Identifier(existing: "b"))
  }
}
