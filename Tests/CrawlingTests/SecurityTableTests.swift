import Foundation
import TestSupport
import Testing

@Suite struct SecurityTableTests {
  @Test func `every test that the table of attacks names is there`() throws {
    let page = try String(contentsOf: packageRoot.appending(path: "docs/security.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter {
      $0.hasPrefix("|") && !$0.hasPrefix("|-") && !$0.hasPrefix("| attack")
    }
    #expect(rows.count > 30)
    var tests = ""
    for folder in ["HTTPTests", "CrawlingTests"] {
      let root = packageRoot.appending(path: "Tests/\(folder)").path
      for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".swift") {
        tests += try String(contentsOfFile: root + "/" + path, encoding: .utf8)
      }
    }
    for row in rows {
      let named = row.split(separator: "|").last?.split(separator: "`", omittingEmptySubsequences: false) ?? []
      let names = named.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
      #expect(!names.isEmpty, "\(row)")
      for name in names { #expect(tests.contains("func `\(name)`"), "\(name)") }
    }
  }
}
