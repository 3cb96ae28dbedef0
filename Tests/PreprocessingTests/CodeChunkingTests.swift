import Domain
import Foundation
import Preprocessing
import TestSupport
import Testing

struct CodeChunkingTests {
  private func chunks(_ text: String, _ path: String, size: Int) throws -> [Chunk] {
    let configuration = ChunkingConfiguration(strategy: .code, size: size, overlap: 0, unit: .characters)
    return try Chunker(configuration, tokenizer: WordTokenizer())
      .chunks(of: cleanedDocument(text, category: .repositories, path: path))
  }

  /// A class with three methods of which two fit into 120 characters, in several languages: what opens it, its methods
  /// (each with what stands above it), and what closes it.
  private static let classes: [(path: String, open: String, methods: [String], close: String, title: String)] = [
    (
      "a/engine.py", "class Engine(Base):",
      [
        "    # Starts { it.\n    @property\n    def start(self):\n        s = \"def }\"\n\n        return s",
        "    def run(self, cards):\n        # it's {\n        for card in cards:\n            self.read(card)",
        "    async def stop(self):\n        \"\"\"Ends\n\nclass x:\n    {\n        \"\"\"\n        return None",
      ], "", "class Engine(…)"
    ),
    (
      "a/engine.ts", "export class Engine {",
      [
        "  /** Starts { it. */\n  @log()\n  start(): string {\n    return `{ ${'}'}`;\n  }",
        "  static run(cards: Card[]) {\n    for (const card of cards) {\n      read(card); // it's }\n    }\n  }",
        "  async stop() {\n    const x = '}';\n\n    return x;\n  }",
      ], "}", "export class Engine"
    ),
    (
      "a/Engine.java", "public final class Engine extends Base {",
      [
        "  /* Starts { it. */\n  @Override\n  public String start() {\n    return \"{\\\"\";\n  }",
        "  void run(List<Card> cards) {\n    for (Card card : cards) {\n      if (c == '}') { read(card); }\n    }\n  }",
        "  private void stop() {\n    // }\n\n    end();\n  }",
      ], "}", "public final class Engine extends Base"
    ),
    (
      "a/engine.rs", "impl<'a> Engine<'a> {",
      [
        "    /// Starts { it.\n    #[inline]\n    pub fn start(&'a self) -> char {\n        '{'\n    }",
        "    pub(crate) fn run(&self) {\n        let s = r#\"}\" }\"#;\n        read(s);\n    }",
        "    fn stop(self) {\n        /* { /* nested { */ */\n\n        end();\n    }",
      ], "}", "impl<'a> Engine<'a>"
    ),
    (
      "a/Engine.swift", "public struct Engine {",
      [
        "  /// Starts { it.\n  @inlinable\n  public func start() -> String {\n    \"{\"\n  }",
        "  func run(_ cards: [Card]) {\n    let s = #\"}\"}\"#\n    for card in cards { read(card) }\n  }",
        "  init?(x: Int) {\n    let s = \"\"\"\n      }\n      \"\"\"\n\n    y = x\n  }",
      ], "}", "public struct Engine"
    ),
    (
      "a/engine.cpp", "namespace engine {",
      [
        "/* Starts { it. */\ntemplate <typename T>\nint start(T x) {\n  return x == '{' ? 1'000 : 2;\n}",
        "class Mill {\n public:\n  int x;  // }\n};",
        "void Engine::stop(int a)\n{\n  puts(\"}\");\n\n  end();\n}",
      ], "}", "namespace engine"
    ),
    (
      "a/engine.rb", "class Engine < Base",
      [
        "  # Starts { it.\n  def start\n    \"}\"\n  end",
        "  def run(cards)\n    cards.each do |card|\n      read(card)\n    end\n  end",
        "  def stop\n    x = 1\n\n    x\n  end",
      ], "end", "class Engine < Base"
    ),
    (
      "a/engine.go", "type Engine struct {",
      ["\tName string // {", "\tCards []string `json:\"}\"`", "\tOther int"], "}", "type Engine struct"
    ),
  ]

  @Test(arguments: classes)
  func `a class that is too long is cut between its members, which stay whole`(
    path: String, open: String, methods: [String], close: String, title: String
  ) throws {
    let text = ([open] + methods.map { $0 + "\n" } + [close]).joined(separator: "\n")
    let longest = methods.map(\.unicodeScalars.count).max() ?? 0
    let size = max(longest, 16) + open.count + 8
    let found = try chunks(text, path, size: size)
    #expect(found.count > 1 || path.hasSuffix("go"), "\(found.map(\.text))")
    for method in methods {
      #expect(found.contains { $0.text.contains(method.trimmingCharacters(in: .whitespaces)) }, "\(found.map(\.text))")
    }
    #expect(found.first?.headings == [path])
    #expect(found.dropFirst().allSatisfy { $0.headings == [path, title] }, "\(found.map(\.headings))")
  }

  @Test(arguments: classes)
  func `a declaration that fits is never parted from another's middle`(
    path: String, open: String, methods: [String], close: String, title: String
  ) throws {
    let whole = ([open] + methods + [close]).joined(separator: "\n")
    let text = (0..<4).map { _ in whole }.joined(separator: "\n\n")
    let found = try chunks(text, path, size: whole.unicodeScalars.count + 30)
    #expect(found.count == 4, "\(found.map(\.text))")
    #expect(found.allSatisfy { $0.text.hasPrefix(open) && $0.headings == [path] })
  }

  @Test func `a method that is too long tells the class and itself`() throws {
    let lines = (0..<20).map { "    let value\($0) = read(\($0))" }
    let text = "struct Engine {\n  func run(_ a: Int, b: Int) {\n\(lines.joined(separator: "\n"))\n  }\n}\n"
    let found = try chunks(text, "Engine.swift", size: 120)
    #expect(found.count > 3)
    #expect(found.dropFirst().allSatisfy { $0.headings.prefix(2) == ["Engine.swift", "struct Engine"] })
    #expect(found[2].headings == ["Engine.swift", "struct Engine", "func run(…)"], "\(found.map(\.headings))")
    // Lines stay whole.
    let known = Set(text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    for line in found.flatMap({ $0.text.split(separator: "\n") }) {
      #expect(known.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }

  @Test func `a code fence that is too long is cut by the rules of its language`() throws {
    let function = "def name():\n    a = 1\n\n    return a"
    let fence = "```python\n\((0..<5).map { _ in function }.joined(separator: "\n\n\n"))\n```"
    let configuration = ChunkingConfiguration(size: 90, overlap: 0, unit: .characters)
    let found = try Chunker(configuration, tokenizer: WordTokenizer()).chunks(of: cleanedDocument("Text.\n\n\(fence)"))
    #expect(found.count > 2)
    for chunk in found {
      let lines = chunk.text.split(separator: "\n")
      #expect(lines.count { $0 == "def name():" } == lines.count { $0 == "    return a" }, "\(chunk.text)")
    }
  }

  @Test(arguments: [
    "{", "}", "\"", "'", "`", "/*", "*/", "#", "(\n", "{\n", "  {\n", "\\", "\"\"\"", "r#\"", "class A {\n",
    "def a:\n ",
    "// \n", "@a\n", "x\n\n", "\t",
  ])
  func `source of one thing over and over is cut in linear time`(unit: String) throws {
    for path in ["a.swift", "a.py", "a.ts", "a.rs", "a.sh", "a.txt"] {
      let text = String(repeating: unit, count: 4000)
      let found = try chunks(text, path, size: 256)
      #expect(found.allSatisfy { $0.text.unicodeScalars.count <= 256 })
      #expect(found.map(\.text).joined().count { !$0.isWhitespace } == text.count { !$0.isWhitespace }, "\(path)")
    }
  }
}
