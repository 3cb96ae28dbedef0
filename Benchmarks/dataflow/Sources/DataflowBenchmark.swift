// Our half of the comparison: `DataflowBenchmark CASE COUNT [FOLDER]` runs one case and prints its seconds as a line of
// JSON. Each case that times itself first runs on ten steps or items, uncounted.

import Foundation

@main
struct DataflowBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard (3...4).contains(arguments.count), let benchmark = Case(rawValue: arguments[1]),
      let count = Int(arguments[2]), count > 0
    else {
      FileHandle.standardError.write(Data("usage: DataflowBenchmark CASE COUNT [FOLDER]\n".utf8))
      exit(2)
    }
    let folder = arguments.count == 4 ? URL(filePath: arguments[3]) : nil
    let seconds = try await benchmark.measure(count, folder: folder)
    print(String(decoding: try JSONEncoder().encode(seconds), as: UTF8.self))
  }
}
