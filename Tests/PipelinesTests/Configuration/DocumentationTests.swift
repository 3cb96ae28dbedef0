import Foundation
import Pipelines
import TestSupport
import Testing

@Suite struct DocumentationTests {
  @Test func `every setting is documented with its built-in value`() throws {
    let page = try String(contentsOf: packageRoot.appending(path: "docs/configuration.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == SettingKey.all.count)
    for (row, key) in zip(rows, SettingKey.all) {
      #expect(row.hasPrefix("| `\(key.path)` |"), "\(row)")
      if let builtIn = key.builtIn { #expect(row.contains("`\(builtIn)`"), "\(row)") }
    }
  }

  @Test func `the file for new users is a configuration that holds the built-in values`() throws {
    let folder = try TemporaryFolder()
    let file = try #require(ConfigurationTemplate.files.first { $0.name == "twin.yaml" })
    let commented = try Configuration(path: try folder.write(file.contents, to: "twin.yaml"), environment: [:])
    // The same with every comment taken away must still be a configuration: keys, values and all.
    let keys = file.contents.split(separator: "\n").filter { $0.hasPrefix("# ") && !$0.hasPrefix("# Whose") }
      .map { $0.dropFirst(2).prefix { $0 != "#" } }.filter { !$0.contains("…") }
    let text = "author: Your Name\n" + keys.joined(separator: "\n") + "\n"
    let plain = try Configuration(path: try folder.write(text, to: "plain.yaml"), environment: [:])
    let values = { (configuration: Configuration) in
      configuration.resolved.filter { $0.key != "sources" }.map { "\($0.key)=\($0.value)" }
    }
    #expect(values(plain) == values(commented))
  }
}
