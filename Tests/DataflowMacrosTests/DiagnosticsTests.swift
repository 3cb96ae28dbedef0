import Foundation
import TestSupport
import Testing

/// Each file is checked by the compiler; a line that must be refused says so in a comment, and no other may be.
@Suite struct DiagnosticsTests {
  @Test func `a public pipeline can be used from another module`() throws {
    let library = """
      public import DataflowMacros

      public struct Page: Codable, Sendable { public init() {} }
      public enum Mode: String, Sendable { case fast }

      @Pipeline
      public struct Library {
        public init() {}
        @Step public func pages(count: Int = 1) -> [Page] { [] }
        @Step func titles(pages page: Each<Page>) -> String { "" }
        @Check func some(pages: [Page]) -> Bool { !pages.isEmpty }
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

    struct Page: Codable, Sendable {}
    struct Post: Codable, Sendable {}
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
      @Step func deep(pages page: Each<Each<Page>>) -> Int { 0 } // error: 'Page') conform to 'Collection'
      @Step func tables() -> [[Page]] { [] }
      @Step func wrongDeep(tables page: Each<Each<Post>>) -> Int { 0 } // error: 'Page'
      @Step func parts(tables page: Each<Each<Page>>) -> Flat<Int> { [] }
      @Step func wrongParts(parts: [Int]) -> Int { 0 } // error: '[[Int]]' to type '[Int]'
      @Step func lines() -> ItemStream<String> { ItemStream([""]) }
      @Step func wrongLines(lines: ItemStream<String>) -> Int { 0 } // error: '[String]' to specified type 'ItemStream<String>'
      @Step func wrongResults(parts: Results<Post>) -> Int { 0 } // error: 'Results<Post>'
      @Step func wrongRemoved(parts: Removed<Int>) -> Int { 0 } // error: '[[Int]]' to type 'Removed<Int>'
      @Step func nothing(number: Int) {}
      @Step func wrongNothing(nothing: Int) -> Int { 0 } // error: 'Completion' to specified type 'Int'
    }

    func run(_ edges: Edges) async throws {
      _ = try await edges(.number, .init(names: [], input: 1))
      _ = try await edges(.number, .init(name: [], input: 1)) // error: incorrect argument label
      _ = try await edges(.nomber, .init(names: [], input: 1)) // error: no member 'nomber'
      let _: String = try await edges(.pages, .init(names: [], input: 1)) // error: produces another type than is expected
      let _: Int? = try await edges(.number, .init(names: [], input: 1))
      let run = try await edges.run([.pages], .init(names: [], input: 1))
      let _: [Post] = try run.value(.pages) // error: produces another type than is expected
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
    "Codable.swift": """
    import DataflowMacros

    struct Raw: Sendable {}

    @Pipeline
    struct Unstorable {
      @Step func one() -> Raw { Raw() } // error: type 'Raw' does not conform to protocol 'Decodable'
      @Step func list() -> [Raw] { [] } // error: a step's result must be Codable and Sendable
      @Step func each(names name: Each<String>) -> Raw { Raw() } // error: type 'Raw' does not conform to protocol 'Decodable'
      @Step func flat(names name: Each<String>) -> Flat<Raw> { [] } // error: a step's result must be Codable and Sendable
      @Step func stream() -> ItemStream<Raw> { ItemStream([]) } // error: requires that 'Raw' conform to 'Encodable'
      @Step func pair() -> (Int, Int) { (1, 2) } // error: type '(Int, Int)' does not conform to protocol 'Decodable'
    }

    @Pipeline
    struct Generic<Value: Sendable> {
      let value: Value
      @Step func same() -> Value { value } // error: type 'Value' does not conform to protocol 'Decodable'
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
      @Step func h(x: Each<Int>) -> ItemStream<Int> { ItemStream([x]) } // error: an ItemStream comes from a step that runs once
      @Step func i() -> some Equatable { 0 } // error: result must be spelled out
      @Step func j<T>(x: T) -> Int { 0 } // error: cannot be generic
      #if true
        @Step func k() -> Int { 0 } // error: cannot stand inside #if
      #endif
      @Step func l() -> Int { 0 }
      @Step("l") func m() -> Int { 0 } // error: step 'l' is produced twice
      @Step func n(x: Each<Int> = 3) -> Int { 0 } // error: taken item by item has no default
    }

    @Pipeline
    struct Options {
      @Step(timeout: .seconds(1)) func a() -> Int { 0 } // error: only an async step can have a timeout
      @Step(timeout: nil, maximumFailures: nil) func b() -> Int { 0 }
      @Step(concurrency: 2) func c(a: Int) -> Int { 0 } // error: 'concurrency' is about the items
      @Step(maximumFailures: .count(1)) func d(a: Int) -> Int { 0 } // error: 'maximumFailures' is about the items
      @Step(retry: .sometimes) func e(a: Int) -> Int { 0 } // error: has no member 'sometimes'
    }

    @Pipeline
    struct Items {
      @Step func whole() -> [Int] { [] }
      @Step func results(whole: Results<Int>) -> Int { 0 } // error: 'whole' is not made item by item
      @Step func removed(whole: Dataflow.Removed<Int>) -> Int { 0 } // error: 'whole' is not made item by item
      @Check func fine(whole: [Int]) throws {}
      @Check func each(whole: Each<Int>) throws {} // error: 'whole' is not made item by item
    }

    struct Plain {
      @Step func a() -> Int { 0 } // error: must stand in the body of a struct marked @Pipeline
    }

    extension Shapes {
      @Step func o() -> Int { 0 } // error: must stand in the body of a struct marked @Pipeline
    }

    @Pipeline struct Empty {} // error: a pipeline has steps
    """,
    "Checks.swift": """
    import DataflowMacros

    @Pipeline
    struct Shaped {
      @Step func words(names name: Each<String>) -> Flat<Int> { [] }
      @Check static func a(words: [Int]) {} // error: a check cannot be static
      @Check func b<T>(words: T) {} // error: a check cannot be generic
      @Check func c(words: [Int], names: [String]) {} // error: a check takes one thing
      @Check func d() -> Bool { true } // error: a check takes one thing
      @Check func e(words: [Int]) -> Int { 0 } // error: throws what is wrong, or answers with a Bool
      @Check func f(words: Results<Int>) {} // error: a check takes the product
      @Check func g(_: [Int]) {} // error: has no name that says what the check needs
      @Check @Step func h(words: [Int]) -> Bool { true } // error: a method is a step or a check, not both
      @Check func i(words: Each<Each<Int>>) {} // error: one item of the outermost list
      #if true
        @Check func j(words: [Int]) {} // error: a check cannot stand inside #if
      #endif
    }

    @Pipeline
    struct Named {
      @Step func words(names name: Each<String>) -> Flat<Int> { [] }
      @Check func near(wrods: [Int]) {} // error: there is no step 'wrods' to check; did you mean 'words'?
      @Check func far(names: [String]) {} // error: there is no step 'names' to check
    }

    @Pipeline
    struct Typed {
      @Step func words(names name: Each<String>) -> Flat<Int> { [] }
      @Check func whole(words: [Int]) throws {}
      @Check(.warn) func item(words: Each<[Int]>) async throws -> Bool { true }
      @Check func wrong(words: [String]) {} // error: '[Int]' to type '[String]'
      @Check func wrongItem(words: Each<Int>) {} // error: '[Int]' to specified type 'Each<Int>'
    }

    struct Unmarked {
      @Check func a(words: [Int]) {} // error: must stand in the body of a struct marked @Pipeline
    }
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

    enum Size: String { case small, middle, large }

    @Pipeline
    struct Fine {
      @Step("a", whenNot: Size.small) func others() -> Int { 0 }
      @Step("a", when: Size.small) func small() -> Int { 0 }
      @Step("b", whenIn: [Size.small, .middle]) func most() -> Int { 0 }
      @Step("b", when: Size.large) func large() -> Int { 0 }
      @Step("c", whenNot: Size.large) func notLarge() -> Int { 0 }
      @Step("c", whenIn: [Size.large]) func onlyLarge() -> Int { 0 }
    }

    @Pipeline
    struct Uncovered {
      @Step("a", whenIn: [Size.small, .middle]) func most() -> Int { 0 } // error: switch must be exhaustive
      @Step("b", when: Size.small, retry: .attempts(2)) func small() -> Int { 0 } // error: switch must be exhaustive
    }

    @Pipeline
    struct Overlapping {
      @Step("a", whenIn: [Size.small, .middle]) func most() -> Int { 0 }
      @Step("a", whenIn: [Size.middle, .large]) func more() -> Int { 0 } // error: step 'a' is produced twice when size is middle
      @Step("b", whenNot: Size.small) func others() -> Int { 0 }
      @Step("b", whenIn: [Size.small, .large]) func some() -> Int { 0 } // error: step 'b' is produced twice when size is large
      @Step("c", whenNot: Size.small) func notSmall() -> Int { 0 }
      @Step("c", whenNot: Size.large) func notLarge() -> Int { 0 } // error: for all but small and for all but large
      @Step("d", whenNot: Size.small) func lone() -> Int { 0 } // error: no variant of step 'd' is for small; add one
      @Step("e", when: Size.small) func chosen() -> Int { 0 }
      @Step("e") func always() -> Int { 0 } // error: step 'e' is produced twice
      @Step("f", when: Size.small) func bySize() -> Int { 0 }
      @Step("f", when: Mode.fast) func byMode() -> Int { 0 } // error: step 'f' is produced twice
    }

    let chosen = [Size.small]

    @Pipeline
    struct Unspelled {
      @Step("a", whenIn: chosen) func some() -> Int { 0 } // error: write the choices as a list of cases
      @Step("b", when: Size(rawValue: "small") ?? .small) func one() -> Int { 0 } // error: write the choice with its type
    }
    """,
  ]
}
