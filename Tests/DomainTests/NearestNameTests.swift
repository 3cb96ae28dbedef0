import Domain
import Testing

@Suite("Nearest names") struct NearestNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let nearest: String?
    var testDescription: String { "\(name) -> \(nearest ?? "nothing")" }
  }

  @Test(arguments: [
    Case(name: "articels", nearest: "articles"), Case(name: "ARTICLES", nearest: "articles"),
    Case(name: "post", nearest: "posts"), Case(name: "reposistories", nearest: "repositories"),
    Case(name: "articlesss", nearest: "articles"), Case(name: "articlessss", nearest: nil),
    Case(name: "x", nearest: nil), Case(name: "", nearest: nil), Case(name: "books", nearest: nil),
  ])
  func `a misspelt name finds the one that was meant`(example: Case) {
    #expect(nearestName(to: example.name, in: DataCategory.allCases.map(\.rawValue)) == example.nearest)
  }

  @Test func `the nearest of several near ones wins`() {
    #expect(nearestName(to: "tsl", in: ["w", "tls"]) == "tls")
    #expect(nearestName(to: "chunkin", in: ["chunks", "chunking", "chunked"]) == "chunking")
  }
}
