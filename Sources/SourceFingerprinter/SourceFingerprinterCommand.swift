import Foundation
import SourceFingerprinting

/// Writes the table of a plan as Swift, or explains it: `SourceFingerprinter PLAN OUTPUT`, and for people
/// `SourceFingerprinter PLAN --reach NAME…`.
@main
struct SourceFingerprinterCommand {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { throw FingerprintingError.usage }
    guard let plan = FileManager.default.contents(atPath: arguments[0]) else {
      throw FingerprintingError.unreadable(path: arguments[0])
    }
    let table = try FingerprintTable(plan: String(decoding: plan, as: UTF8.self))
    if arguments[1] == "--reach" {
      explain(table, Array(arguments.dropFirst(2)))
    } else {
      try write(table.swift(), to: arguments[1])
    }
  }

  /// Leaves a file alone that has the text already, so that nothing is compiled for it.
  private static func write(_ text: String, to path: String) throws {
    let bytes = Data(text.utf8)
    guard FileManager.default.contents(atPath: path) != bytes else { return }
    do {
      try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FingerprintingError.unwritable(path: path, reason: error.localizedDescription)
    }
  }

  private static func explain(_ table: FingerprintTable, _ names: [String]) {
    for name in names where table.names[name] == nil { print("'\(name)' leads to nothing") }
    let reached = table.reach(of: names)
    for (unit, from) in reached { print("\(unit)\tfrom \(from)") }
    print("\(reached.count) of \(table.count)")
  }
}
