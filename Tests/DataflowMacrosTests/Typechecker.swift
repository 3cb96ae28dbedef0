import Foundation
import TestSupport

/// Runs the compiler over small files with the macros that were just built.
enum Typechecker {
  struct Message: Hashable, CustomStringConvertible {
    let file: String
    let line: Int
    let text: String
    var description: String { "\(file):\(line): \(text)" }
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// The errors in `sources` (text by file name), which are checked as one module beside `libraries` (text by module
  /// name), which must compile.
  static func errors(in sources: [String: String], with libraries: [String: String] = [:]) throws -> Set<Message> {
    let folder = try TemporaryFolder()
    for (name, text) in libraries {
      try folder.write(text, to: "\(name)/\(name).swift")
      let found = try compile(
        ["\(name)/\(name).swift"], in: folder,
        ["-emit-module", "-parse-as-library", "-module-name", name, "-emit-module-path", "\(name).swiftmodule"])
      guard found.isEmpty else { throw Failed(description: "\(found)") }
    }
    for (name, text) in sources { try folder.write(text, to: name) }
    return try compile(sources.keys.sorted(), in: folder, ["-typecheck", "-continue-building-after-errors"])
  }

  private static func compile(
    _ files: [String], in folder: TemporaryFolder, _ arguments: [String]
  ) throws -> Set<Message> {
    let build = try buildFolder()
    let result = try runBlocking(
      "swiftc",
      arguments + [
        "-wmo", "-swift-version", "6", "-diagnostic-style", "llvm", "-warnings-as-errors", "-I", "\(build)/Modules",
        "-I", ".", "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature", "MemberImportVisibility",
        "-enable-upcoming-feature", "InternalImportsByDefault", "-load-plugin-executable",
        "\(build)/DataflowPlugin-tool#DataflowPlugin",
      ] + files, folder: folder.url.path)
    let text = result.error
    let messages = Set(text.split(separator: "\n").compactMap { message(in: $0) })
    if messages.isEmpty, result.status != 0 { throw Failed(description: text) }
    return messages
  }

  /// Where the build left its modules and the macros' program: beside the tests.
  private static func buildFolder() throws -> String {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates = [beside, packageRoot.appending(path: ".build/debug")].map(\.path)
    let found = candidates.first { FileManager.default.fileExists(atPath: "\($0)/DataflowPlugin-tool") }
    guard let found else { throw Failed(description: "no DataflowPlugin-tool in \(candidates)") }
    return found
  }

  /// Reads `file:line:column: error: text`.
  private static func message(in line: Substring) -> Message? {
    let parts = line.split(separator: ":", maxSplits: 4).map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 5, parts[3] == "error", let number = Int(parts[1]) else { return nil }
    return Message(file: parts[0].components(separatedBy: "/").last ?? "", line: number, text: parts[4])
  }
}
