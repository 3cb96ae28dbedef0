import Domain
import Foundation
import Testing

@Suite("Users") struct UserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let fullName: String
    let first: String
    let last: String
    var testDescription: String { fullName.debugDescription }
  }

  @Test(arguments: [
    Case(fullName: "Ada Example", first: "Ada", last: "Example"),
    Case(fullName: "  Ada \t Mary\nExample ", first: "Ada Mary", last: "Example"),
    Case(fullName: "Plato", first: "Plato", last: ""), Case(fullName: "", first: "", last: ""),
    Case(fullName: "Åsa Öberg", first: "Åsa", last: "Öberg"),
  ])
  func `a full name has all names but the last, and the last`(example: Case) {
    let user = User(fullName: example.fullName)
    #expect((user.firstName, user.lastName) == (example.first, example.last))
    #expect(User(fullName: user.fullName) == user)
  }

  @Test func `white space and letter case do not make another user`() {
    #expect(User(fullName: "ada  EXAMPLE").id == User(fullName: "Ada Example").id)
    #expect(User(fullName: "Ada Exemple").id != User(fullName: "Ada Example").id)
  }

  @Test func `a user is coded as the Handbook does`() throws {
    let user = User(
      id: Identifier(existing: "eff74089-0271-4319-8543-745c087f4f61"), firstName: "Ada", lastName: "Example")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(user)
    #expect(
      String(decoding: data, as: UTF8.self)
        == #"{"_id":"eff74089-0271-4319-8543-745c087f4f61","first_name":"Ada","last_name":"Example"}"#)
    #expect(try JSONDecoder().decode(User.self, from: data) == user)
  }
}
