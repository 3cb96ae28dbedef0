import Foundation
import TestSupport
import Testing

/// Each file is checked by the compiler; a line that must be refused says so in a comment, and no other may be.
@Suite struct DiagnosticsTests {
  @Test func `a public pipeline can be used from another module`() throws {
    let library = """
      public import DataflowMacros

      public struct Page: Sendable { public init() {} }
      public enum Mode: String, Sendable { case fast }

      @Pipeline
      public struct Library {
        public init() {}
        @Step public func pages(count: Int = 1) -> [Page] { [] }
        @Step func titles(pages page: Each<Page>) -> String { "" }
        @Step("sum", when: Mode.fast) public func fastSum(titles: [String]) -> Int { 0 }
        @Step private func secret(sum: Int) -> Int { sum }
      }
      """
    let client = """
      import Dataflow
      import Library

      func use() async throws {
        let library = Library()
        let sum: Int = try await library(.sum, .init(mode: .fast), overrides: [.titles(["a"])])
        let run = try await library.run([.sum, .pages], .init(count: sum, mode: .fast))
        let _: [Page] = try run.value(.pages)
        print(run.record.status, Library.StepName.allCases, Library.steps.map(\\.signature.name))
        _ = try await library(.secret, .init(mode: .fast)) // refused
      }
      """
    let errors = try Typechecker.errors(in: ["Client.swift": client], with: ["Library": library])
    #expect(errors.map(\.line) == [10])
    #expect(errors.first?.text.contains("inaccessible") == true)
  }

  @Test func `the example of the documentation compiles`() throws {
    let page = try String(contentsOf: packageRoot.appending(path: "docs/dataflow.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(!blocks.isEmpty)
    #expect(try Typechecker.errors(in: ["Example.swift": blocks.joined(separator: "\n")]) == [])
  }

  @Test func `the compiler refuses what is wrong at the line where it is wrong`() throws {
    var unexpected = try Typechecker.errors(in: Self.corpus)
    #expect(!unexpected.isEmpty)
    for (file, source) in Self.corpus {
      for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let parts = line.split(separator: " // error: ")
        guard parts.count == 2, let expected = parts.last else { continue }
        let found = unexpected.filter { $0.file == file && $0.line == index + 1 }
        #expect(found.contains { $0.text.contains(expected) }, "\(file):\(index + 1) \(expected); found \(found)")
        unexpected.subtract(found)
      }
    }
    #expect(unexpected.isEmpty)
  }

  static let corpus = [
    "Edges.swift": """
    import DataflowMacros

    struct Page: Sendable {}
    struct Post: Sendable {}
    typealias Pages = [Page]

    @Pipeline
    struct Edges {
      @Step func pages(names: [String]) -> [Page] { [] }
      @Step func number() -> Int { 1 }
      @Step func optional() -> Int? { 1 }
      @Step func byAlias(pages: Pages) -> Int { 0 }
      @Step func wider(number: Int?) -> Int { 0 }
      @Step func wrong(pages: [Post]) -> Int { 0 } // error: '[Page]' to type '[Post]'
      @Step func wrongItem(pages page: Each<Post>) -> Int { 0 } // error: 'Page'
      @Step func narrower(optional: Int) -> Int { 0 } // error: 'Int?' must be unwrapped
      @Step func overOne(number: Each<Int>) -> Int { 0 } // error: conform to 'Collection'
      @Step func first(input: Int) -> Int { 0 }
      @Step func second(input: String) -> Int { 0 } // error: 'Int'
    }

    func run(_ edges: Edges) async throws {
      _ = try await edges(.number, .init(names: [], input: 1))
      _ = try await edges(.number, .init(name: [], input: 1)) // error: incorrect argument label
      _ = try await edges(.nomber, .init(names: [], input: 1)) // error: no member 'nomber'
    }
    """,
    "Sendable.swift": """
    import DataflowMacros

    final class Box { var value = 0 }

    @Pipeline
    struct Unsafe {
      @Step func box(size: Int) -> Box { Box() } // error: type 'Box' does not conform to the 'Sendable' protocol
      @Step func boxes(size: Int) -> [Box] { [Box()] } // error: type 'Box' does not conform to the 'Sendable' protocol
    }
    """,
    "Cycle.swift": """
    import DataflowMacros

    @Pipeline
    struct Cycle {
      @Step func first(third: Int) -> Int { 0 }
      @Step func second(first: Int) -> Int { 0 } // error: steps form a cycle: first -> third -> second -> first
      @Step func third(second: Int) -> Int { 0 }
    }
    """,
    "Shapes.swift": """
    import DataflowMacros

    @Pipeline
    struct Shapes {
      @Step static func a() -> Int { 0 } // error: a step cannot be static
      @Step mutating func b() -> Int { 0 } // error: a step cannot be mutating
      @Step func c(x: Int...) -> Int { 0 } // error: cannot be variadic
      @Step func d(x: inout Int) -> Int { 0 } // error: cannot be inout
      @Step func e(_: Int) -> Int { 0 } // error: has no name that says what the step needs
      @Step("a b") func f() -> Int { 0 } // error: a step's name must be a plain string
      @Step func g(x: Each<Int>, y: Each<Int>) -> Int { 0 } // error: fans out over one need
      @Step func h(x: Each<Each<Int>>) -> Int { 0 } // error: fans out over one list
      @Step func i() -> some Equatable { 0 } // error: result must be spelled out
      @Step func j<T>(x: T) -> Int { 0 } // error: cannot be generic
      #if true
        @Step func k() -> Int { 0 } // error: cannot stand inside #if
      #endif
      @Step func l() -> Int { 0 }
      @Step("l") func m() -> Int { 0 } // error: step 'l' is produced twice
    }

    struct Plain {
      @Step func a() -> Int { 0 } // error: must stand in the body of a struct marked @Pipeline
    }

    extension Shapes {
      @Step func n() -> Int { 0 } // error: must stand in the body of a struct marked @Pipeline
    }

    @Pipeline struct Empty {} // error: a pipeline has steps
    """,
    "Variants.swift": """
    import DataflowMacros

    enum Mode: String { case fast, slow }

    @Pipeline
    struct Variants {
      @Step("some", when: Mode.fast) func fast() -> Int { 0 } // error: switch must be exhaustive
      @Step("all", when: Mode.fast) func fastAll() -> Int { 0 }
      @Step("all", when: Mode.slow) func slowAll() -> String { "" } // error: 'String.Type'
    }

    @Pipeline
    struct TwoOfOne {
      @Step("one", when: Mode.fast) func first() -> Int { 0 }
      @Step("one", when: Mode.fast) func second() -> Int { 0 } // error: step 'one' is produced twice when mode is fast
    }
    """,
  ]
}
