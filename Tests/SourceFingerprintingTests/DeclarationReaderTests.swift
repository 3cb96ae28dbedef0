import Testing

@testable import SourceFingerprinting

@Suite struct DeclarationReaderTests {
  private func declarations(_ source: String) throws -> [Declaration] {
    DeclarationReader.declarations(of: try #require(TokenizedFile(Array(source.utf8)))).found
  }

  @Test(arguments: [
    ("let a: Int?\nlet b: [Int]!\nvar c = 1, d: Int { 2 }", ["a", "b", "c", "d"]),
    ("let (a, b) = (1, 2)\nfunc c() {}\nfunc d() -> [Int: String]? { nil }", ["a", "b", "c", "d"]),
    ("infix operator <+>: Sum\nprefix operator ++\nfunc <+> (a: Int, b: Int) {}", ["<+>", "++", "<+>"]),
    ("func ==<T>(a: T, b: T) {}", ["==<", "=="]),
    ("let x =\n  { $0 }\npublic let y = z\n  .map { $0 }", ["x", "y"]),
    ("@available(*, deprecated) public final class A<T: B>: C {}\nactor D {}", ["A", "D"]),
    ("typealias A = B?\nmacro m() = #externalMacro(module: \"M\", type: \"T\")\nstruct E {}", ["A", "m", "E"]),
    ("public extension A.B where T == C { func f() {} }", ["A", "B"]),
    ("func `default`() {}; func g() {}", ["default", "g"]),
  ])
  func `declared names are found`(source: String, names: [String]) throws {
    #expect(try declarations(source).flatMap(\.names) == names)
  }

  @Test func `members, inheritance and access are read`() throws {
    let found = try declarations(
      """
      @Pipeline public struct A<T: X>: B, @unchecked Sendable where T: Y {
        private let one: Int?
        public private(set) var two = 2
        class func three() {}
        init?(_ four: Int) {}
        subscript(safe five: Int) -> Int { 5 }
        private struct Six: Z {}
      }
      """)
    let type = try #require(found.first)
    #expect(type.attributes == ["Pipeline"])
    #expect(type.inherited == ["B", "unchecked", "Sendable"])
    #expect(type.access == .everywhere)
    #expect(type.members.flatMap(\.names) == ["one", "two", "three", "Six"])
    #expect(type.members.map(\.access) == [.file, .everywhere, .module, .module, .module, .file])
    #expect(type.members.map(\.label) == [nil, nil, nil, nil, "safe", nil])
  }

  @Test(
    arguments: [
      ("init(hex: Int) {}", "hex"), ("init(_ hex: Int) {}", nil), ("init(hex: Int = 1) {}", nil),
      ("subscript(hex: Int) -> Int { 1 }", nil), ("init<T>(hex text: T) where T: P {}", "hex"),
    ] as [(String, String?)])
  func `a label counts if every call must write it`(member: String, label: String?) throws {
    #expect(try declarations("extension Int { \(member) }").first?.members.first?.label == label)
  }

  @Test func `conditions are seen where they stand`() throws {
    let file = try #require(TokenizedFile(Array("struct A {\n#if X\nlet a = 1\n#endif\n}".utf8)))
    let (found, hasConditions) = DeclarationReader.declarations(of: file)
    #expect(!hasConditions)
    #expect(found.first?.hasConditions == true)
  }
}
