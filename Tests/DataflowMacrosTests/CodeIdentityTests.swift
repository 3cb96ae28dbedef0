import SwiftParser
import SwiftSyntax
import Testing

@testable import DataflowPlugin

/// What the macro sees of the code of a step.
@Suite struct CodeIdentityTests {
  private static let words = """
    struct Words {
      let limit: Limit
      var cleaner: any Cleaner
      let cache = Cache(size: 3)
      static let separator = " "
      func step(texts: [String]) -> [String] {
        texts.flatMap { split($0) }.filter { $0.count < limit.most }
      }
      func split(_ text: String) -> [String] { text.components(separatedBy: Self.separator) }
      func other() -> Int { cleaner.level }
    }
    """

  /// The identity of the method `step` of the first struct in `source`.
  private func identity(_ source: String) throws -> CodeIdentity {
    let type = try #require(Parser.parse(source: source).statements.first?.item.as(StructDeclSyntax.self))
    let methods = type.memberBlock.members.compactMap { $0.decl.as(FunctionDeclSyntax.self) }
    let step = try #require(methods.first { $0.name.text == "step" })
    return PipelineCode(type).identity(of: step, checks: methods.filter { $0.attribute("Check") != nil })
  }

  /// The identity of a method with this body, in a pipeline with the resources `store` and `model`.
  private func identity(body: String, members: String = "") throws -> CodeIdentity {
    try identity(
      """
      struct Steps {
        let store: Store
        let model: Model
        \(members)
        func step(items: [Item], each other: Item) async throws -> Int {
          \(body)
        }
      }
      """)
  }

  @Test func `comments, white space and line breaks do not change the digest`() throws {
    let other = Self.words
      .replacing(
        "func step(texts: [String]) -> [String] {",
        with: "/// Steps.\n  func step(\n  texts: [String]\n) -> [String] { // now"
      )
      .replacing(".filter {", with: "\n      .filter   {")
      .replacing("let cleaner", with: "/* the */ let cleaner")
    #expect(other != Self.words)
    #expect(try identity(other) == identity(Self.words))
  }

  @Test func `the indentation of a text of several lines does not count, its words do`() throws {
    func digest(_ indentation: String, _ word: String) throws -> String {
      let body = ["return \"\"\"", "a \(word)", "b", "\"\"\".count"].joined(separator: "\n" + indentation)
      return try identity(body: body).digest
    }
    #expect(try digest("    ", "c") == digest("  ", "c"))
    #expect(try digest("    ", "c") != digest("    ", "d"))
  }

  @Test(arguments: [
    ("split($0)", "split($0 + \"\")"), ("Self.separator", "Self.separator + Self.separator"), ("\" \"", "\"  \""),
    ("< limit", "<= limit"),
  ])
  func `what the step or a member that it reaches says is in the digest`(old: String, new: String) throws {
    let other = Self.words.replacing(old, with: new)
    #expect(other != Self.words)
    #expect(try identity(other).digest != identity(Self.words).digest)
  }

  @Test func `a line break that ends a statement changes the digest`() throws {
    #expect(try identity(body: "work()\n(1)").digest != identity(body: "work() (1)").digest)
    #expect(try identity(body: "let a = b\n-c").digest != identity(body: "let a = b - c").digest)
  }

  @Test func `what the step does not reach is not in the digest`() throws {
    let other = Self.words.replacing("{ cleaner.level }", with: "{ cleaner.level + 1 }")
      .replacing("Cache(size: 3)", with: "Cache(size: 4)")
    #expect(try identity(other) == identity(Self.words))
  }

  @Test func `the order of the members does not count`() throws {
    let members = ["func a() -> Int { b() }", "func b() -> Int { 1 }"]
    #expect(
      try identity(body: "return a()", members: members.joined(separator: "\n"))
        == identity(body: "return a()", members: members.reversed().joined(separator: "\n")))
  }

  @Test func `options of the step do not count, checks of its product do`() throws {
    let text = Self.words.replacing("func step", with: "@Step(retry: .attempts(3)) func step")
    #expect(try identity(text) == identity(Self.words))
    let check = "@Check(.warn) func few(step: [String]) -> Bool { cleaner.accept(step) }"
    let checked = try identity(Self.words.replacing("static let", with: check + "\nstatic let"))
    #expect(try checked.digest != identity(Self.words).digest)
    #expect(checked.reach == ["cleaner", "limit"])
    let failing = try identity(
      Self.words.replacing("static let", with: check.replacing("(.warn)", with: "") + "\nstatic let"))
    #expect(failing.digest != checked.digest)
  }

  @Test func `names are what the code mentions and does not declare`() throws {
    #expect(
      try identity(Self.words).names == [
        "<", "Limit", "String", "Words", "components", "count", "filter", "flatMap", "limit", "most", "separatedBy",
        "separator", "split",
      ])
    let names = try identity(
      body: """
        let local = items.map { item in item.value }
        guard let store else { return -1 }
        return local.count ?? Table<Int>("\\(outer.inner)") |> .init(deep: \\Item.path, other)
        """
    ).names
    #expect(
      names == [
        "-", ".init", "??", "Int", "Item", "Model", "Steps", "Store", "Table", "Table(", "count", "deep", "inner",
        "map", "outer", "path", "store", "value", "|>",
      ])
  }

  private static let reaches: [(body: String, reach: [String]?)] = [
    ("return store.count", ["store"]),
    ("return self.store.count + model.size", ["model", "store"]),
    ("return items.count", []),
    ("return \"\\(store)\".count", ["store"]),
    ("let model = items.count; return model", []),
    ("let model = model; return model.size", ["model"]),
    ("return items.map { model in model.size }.count", []),
    ("return items.map { (model: Item) -> Int in model.size }.count", []),
    ("return items.map { $0.model }.count", []),
    ("return items.map { [model] item in item + model.size }.count", ["model"]),
    ("if let model = items.first { return model.size } else { return 1 }", []),
    ("if let model = items.first { return model.size } else { return model.size }", ["model"]),
    ("if let model { return model.size }; return 0", ["model"]),
    ("guard let model = items.first, model.isGood else { return 0 }; return model.size", []),
    ("guard let item = items.first else { return model.size }; return item.size", ["model"]),
    ("while let model = items.next() { print(model) }; return 0", []),
    ("for model in items where model.isGood { print(model) }; return 0", []),
    ("for item in model.items { print(item) }; return 0", ["model"]),
    ("switch items { case .one(let model): return model.size; default: return 0 }", []),
    ("switch items { case let .one(model) where model.isGood: return 0; default: return model.size }", ["model"]),
    ("do { return 1 } catch { print(error) }", []),
    ("do { return 1 } catch let model as Failure { return model.size }", []),
    ("func model() -> Int { store.size }; return model()", ["store"]),
    ("return twice(items, model: 1)", nil),
    ("return self.twice(items)", nil),
    ("return twice(self)", nil),
    ("return twice { [self] in store.count }", nil),
    ("return zip(items, items).map { max($0, $1) }.count", []),
    ("return items.map { [self] in store.size($0) }.count", ["store"]),
    ("return Helper.run(items)", []),
    ("return Steps.helper(items)", []),
    ("return Helper.run(Self.self)", nil),
    ("return 0 + other.size", []),
    ("return $model.size", nil),
  ]

  @Test(arguments: reaches)
  func `reach is the resources that the code can name, or all`(body: String, reach: [String]?) throws {
    #expect(try identity(body: body).reach == reach)
  }

  @Test func `reach goes through the members`() throws {
    let members = """
      var size: Int { total(of: 2) }
      func total(of count: Int) -> Int { model.size * count }
      func unused() -> Int { store.size }
      init(store: Store, model: Model) { self.store = store; self.model = model }
      """
    #expect(try identity(body: "return size", members: members).reach == ["model"])
    #expect(try identity(body: "return items.size", members: members).reach == [])
    #expect(try identity(body: "return hand(self)", members: members).reach == nil)
    let conditional = "#if A\n\(members)\n#else\n\(members)\n#endif"
    #expect(try identity(body: "return size", members: conditional).reach == ["model"])
  }

  @Test func `a pipeline that is handed over brings all its members with it`() throws {
    let members = "func hidden() -> Int { 1 }"
    let before = try identity(body: "return hand(self)", members: members)
    let after = try identity(body: "return hand(self)", members: "func hidden() -> Int { 2 }")
    #expect(before.digest != after.digest)
    let other = try identity(body: "return items.count", members: members)
    #expect(try other.digest == identity(body: "return items.count", members: "").digest)
  }

  @Test func `code that makes another pipeline reaches the initializers`() throws {
    func digest(_ body: String, _ size: Int) throws -> String {
      let members = "init(size: Int) { store = Store(\(size)); model = Model() }"
      return try identity(body: body, members: members).digest
    }
    #expect(
      try digest("return try await Self(size: 1).step(items)", 1)
        != digest("return try await Self(size: 1).step(items)", 2))
    #expect(try digest("return items.count", 1) == digest("return items.count", 2))
  }

  @Test func `macros may add what no name tells`() throws {
    #expect(try identity(body: "return #magic(items)").reachesAll)
    #expect(try !identity(body: "print(#line, #fileID); return 0").reachesAll)
    #expect(try identity(Self.words.replacing("func split", with: "@Logged func split")).reachesAll)
    #expect(try !identity(Self.words.replacing("func split", with: "@inlinable func split")).reachesAll)
  }

  @Test func `the functions of the standard library are known`() throws {
    for name in standardFunctions {
      #expect(try identity(body: "return \(name)(items)").reach == [], "\(name)")
    }
  }
}
