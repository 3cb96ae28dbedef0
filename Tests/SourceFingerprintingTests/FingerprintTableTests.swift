import SourceFingerprinting
import TestSupport
import Testing

@Suite struct FingerprintTableTests {
  private let files = [
    "App/Steps.swift": "import Text\nfunc summary(_ text: String) -> String { clean(text) }\nfunc total() -> Int { 1 }",
    "Text/Clean.swift": """
    import Base
    /// Cleans.
    public func clean(_ text: String) -> String { trim(text) + "x" }
    public func count(_ text: String) -> Int { text.utf8.count }
    """,
    "Text/Trim.swift": "func trim(_ text: String) -> String { squeeze(text) }",
    "Base/Squeeze.swift": "public func squeeze(_ text: String) -> String { text }",
    "Other/Other.swift": "public func other() -> Int { 7 }",
  ]

  @Test func `an edited helper changes just the names that reach it`() throws {
    var fixture = try Fixture(files)
    let changed = try fixture.namesChanged {
      try $0.write("public func squeeze(_ text: String) -> String { text + \"\" }", to: "Base/Squeeze.swift")
    }
    // `trim` is no name that another module's code can mention.
    #expect(changed == ["squeeze", "clean", "summary"])
  }

  @Test func `what no name leads to changes nothing but everything`() throws {
    var fixture = try Fixture(files)
    let before = try fixture.table()
    try fixture.write("public func other() -> Int { 8 }", to: "Other/Other.swift")
    let after = try fixture.table()
    #expect(after.names["summary"] == before.names["summary"])
    #expect(after.names["other"] != before.names["other"])
    #expect(after.everything != before.everything)
    #expect(after.common == before.common)
  }

  @Test func `comments and layout change nothing`() throws {
    var fixture = try Fixture(files)
    let before = try fixture.table()
    try fixture.write(
      """
      import Base // a comment

      /// Cleans well.
      public func clean( _ text : String ) -> String {
        /* first /* nested */ */
        trim(text) + "x"
      }
      public func count(_ text: String)  -> Int { text.utf8.count }
      """, to: "Text/Clean.swift")
    let after = try fixture.table()
    #expect(after.names == before.names)
    #expect(after.everything == before.everything)
  }

  @Test(arguments: [
    ("\"x\"", "\"y\""), ("trim(text) +", "-trim(text) +"), ("+ \"x\"", "\n  + \"x\""), ("clean", "cleaned"),
  ])
  func `text, operators and line ends count`(edit: (old: String, new: String)) throws {
    var fixture = try Fixture(files)
    let before = try fixture.table()
    try fixture.write(
      try #require(files["Text/Clean.swift"]).replacing(edit.old, with: edit.new), to: "Text/Clean.swift")
    #expect(try fixture.table().names["summary"] != before.names["summary"])
    #expect(try fixture.table().names["count"] == before.names["count"])
  }

  @Test func `a file that comes or goes changes what reaches it`() throws {
    var fixture = try Fixture(files)
    let added = try fixture.namesChanged {
      try $0.write("func trim(_ text: Substring) -> String { \"\" }", to: "Text/More.swift")
    }
    #expect(added == ["clean", "summary"])
    let removed = try fixture.namesChanged { $0.remove("Text/More.swift") }
    #expect(removed == ["clean", "summary"])
  }

  @Test func `a member of somebody else's type is reached by its name`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first() -> String { \"a\".slug() }\nfunc second() -> String { \"slug\".lowercased() }",
      "Text/Slug.swift": "extension String { public func slug() -> String { self } }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("extension String { public func slug() -> String { self + self } }", to: "Text/Slug.swift")
    }
    #expect(changed == ["slug", "first"])
  }

  @Test func `a member in an extension of our own type is reached without naming the type`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first() -> Int { made().size() }\nfunc second() -> Int { made().count }",
      "Text/Make.swift": "import Base\npublic func made() -> Thing { Thing() }",
      "Base/Thing.swift": "public struct Thing { public init() {}\n public let count = 1 }",
      "Other/Size.swift": "", "App/Size.swift": "extension Thing { func size() -> Int { 1 } }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("extension Thing { func size() -> Int { 2 } }", to: "App/Size.swift")
    }
    #expect(changed == ["size", "first"])
  }

  @Test func `who reaches a protocol reaches its conformers, in any module`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first(_ box: Box) -> Int { box.run() }\nfunc second() -> Int { 2 }",
      "App/Worker.swift": "struct Worker: Runner { func work() -> Int { 1 } }",
      "Text/Box.swift":
        "import Base\npublic struct Box { let runner: any Runner; public func run() -> Int { runner.work() } }",
      "Base/Runner.swift": "public protocol Runner { func work() -> Int }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("struct Worker: Runner { func work() -> Int { 2 } }", to: "App/Worker.swift")
    }
    #expect(changed == ["Worker", "first", "Box", "Runner"])
  }

  @Test func `a witness in an extension of a conformer is reached, too`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first(_ runner: any Runner) -> Int { go(runner) }",
      "App/Worker.swift": "struct Worker: Runner {}",
      "App/More.swift": "extension Worker { func work() -> Int { 1 } }",
      "Text/Go.swift": "import Base\npublic func go(_ runner: any Runner) -> Int { runner.work() }",
      "Base/Runner.swift": "public protocol Runner { func work() -> Int }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("extension Worker { func work() -> Int { 2 } }", to: "App/More.swift")
    }
    #expect(changed.isSuperset(of: ["first", "go", "Runner", "Worker"]))
  }

  @Test func `what a protocol brings to a type is reached without naming the protocol`() throws {
    var fixture = try Fixture([
      "App/A.swift":
        "func first(_ thing: Thing) -> Int { thing.named() }\nfunc second(_ thing: Thing) -> String { \"\\(thing)\" }",
      "App/Conform.swift": "extension Thing: Named {}",
      "Text/Named.swift": "public protocol Named: CustomStringConvertible {}",
      "Text/Defaults.swift":
        "extension Named { public func named() -> Int { 1 }\n public var description: String { \"\" } }",
      "Base/Thing.swift": "public struct Thing {}",
    ])
    let changed = try fixture.namesChanged {
      try $0.write(
        "extension Named { public func named() -> Int { 1 }\n public var description: String { \"x\" } }",
        to: "Text/Defaults.swift")
    }
    #expect(changed.isSuperset(of: ["first", "second"]))
  }

  @Test func `an operator is reached where it stands`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first() -> Int { 1 <+> 2 }\nfunc second() -> Int { 1 + 2 }",
      "Text/Plus.swift": "infix operator <+>\npublic func <+> (left: Int, right: Int) -> Int { left + right }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("infix operator <+>\npublic func <+> (left: Int, right: Int) -> Int { left }", to: "Text/Plus.swift")
    }
    #expect(changed == ["<+>", "first"])
  }

  @Test func `private names of another file lead nowhere`() throws {
    var fixture = try Fixture([
      "App/A.swift": "func first() -> Int { helper() }\nfunc helper() -> Int { 1 }",
      "App/B.swift": "func second() -> Int { helper() }\nprivate func helper() -> Int { 1 }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("func second() -> Int { helper() }\nprivate func helper() -> Int { 2 }", to: "App/B.swift")
    }
    #expect(changed == ["second", "helper"])
  }

  @Test func `one member of a pipeline does not reach the others`() throws {
    let pipeline = """
      @Pipeline struct Words {
        let cleaner: Cleaner
        let store: Store
        init(cleaner: Cleaner, store: Store) { self.cleaner = cleaner; self.store = store }
        @Step func cleaned(texts: [String]) -> [String] { texts.map(cleaner.clean) }
        @Step func saved(cleaned: [String]) -> Int { store.save(cleaned) }
        func helper() -> Int { 1 }
      }
      """
    var fixture = try Fixture([
      "App/Words.swift": pipeline.replacing("; self", with: "\n    self"),
      "Text/Cleaner.swift": "public struct Cleaner { public func clean(_ text: String) -> String { text } }",
      "Other/Store.swift": "public struct Store { public func save(_ texts: [String]) -> Int { 1 } }",
    ])
    let changed = try fixture.namesChanged {
      try $0.write("public struct Store { public func save(_ texts: [String]) -> Int { 2 } }", to: "Other/Store.swift")
    }
    #expect(changed == ["Store", "store", "saved"])
  }

  @Test func `code under a condition goes with all of its file`() throws {
    var fixture = try Fixture([
      "App/A.swift":
        "#if FAST\nfunc first() -> Int { 1 }\nfunc second() -> Int { 2 }\n#endif\nfunc third() -> Int { 3 }"
    ])
    let changed = try fixture.namesChanged {
      try $0.write(
        "#if SLOW\nfunc first() -> Int { 1 }\nfunc second() -> Int { 2 }\n#endif\nfunc third() -> Int { 3 }",
        to: "App/A.swift")
    }
    #expect(changed == ["first", "second", "third"])
  }

  @Test func `compilation conditions and resources count`() throws {
    var fixture = try Fixture(files)
    let before = try fixture.table().names
    let after = try FingerprintTable(plan: fixture.plan(facts: ["Text": ["condition FAST"]])).names
    #expect(after["clean"] != before["clean"])
    #expect(after["squeeze"] == before["squeeze"])
    try fixture.write("[1]", to: "Base/table.json")
    #expect(try fixture.table().names["clean"] != before["clean"])
    #expect(try fixture.table().names["other"] == before["other"])
  }

  @Test func `what a macro writes is code of its users`() throws {
    var fixture = try Fixture([
      "App/A.swift": "import Other\nfunc first() -> Int { #doubled }",
      "Other/Macro.swift": "struct Doubled { let text = \"helper() * 2\" }",
      "Text/Helper.swift": "public func helper() -> Int { 1 }",
    ])
    fixture.set("Other", kind: "macro")
    let changed = try fixture.namesChanged {
      try $0.write("public func helper() -> Int { 2 }", to: "Text/Helper.swift")
    }
    #expect(changed == ["helper", "first"])
  }

  @Test func `a file that does not read as Swift is reached by all, and reaches what it may mention`() throws {
    var fixture = try Fixture(files)
    let before = try fixture.table().common
    try fixture.write("func broken() { \"open", to: "Other/Broken.swift")
    let broken = try fixture.table().common
    try fixture.write("func broken() { /* \"open", to: "Other/Broken.swift")
    #expect(broken != before)
    #expect(try fixture.table().common != broken)
  }

  @Test func `the same sources elsewhere have the same digests`() throws {
    #expect(try Fixture(files).table().names == Fixture(files).table().names)
  }

  @Test func `the table explains what a name reaches`() throws {
    let reached = try Fixture(files).table().reach(of: ["clean"]).map(\.unit)
    #expect(reached.contains("Base/Squeeze.swift#squeeze"))
    #expect(!reached.contains("Other/Other.swift#other"))
  }

  @Test func `a plan that makes no sense is refused`() throws {
    #expect(throws: FingerprintingError.badPlan(line: "colour red")) { try FingerprintTable(plan: "colour red") }
    #expect(throws: FingerprintingError.noTarget(name: "App")) { try FingerprintTable(plan: "target App") }
    #expect(throws: FingerprintingError.unreadable(path: "/nowhere.swift")) {
      try FingerprintTable(plan: "target App\nmodule swift App\nfile /nowhere.swift")
    }
  }
}
