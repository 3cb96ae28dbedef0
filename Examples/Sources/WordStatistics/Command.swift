// Statistics of the words in a folder of text files.
//
//   swift run WordStatistics Texts             the most frequent words first
//   swift run WordStatistics Texts alphabet    in the order of the alphabet
//
// What is known is kept in ./.word-statistics: results (a second run computes nothing, a changed file is the only one
// to be read again), a record of each run, and the files that could not be read.
//
// Ends with 0 if all is well, 1 if there is no result, 2 for a wrong call, 3 if some files were put aside.

import Dataflow
import Foundation

@main
struct Command {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    let order = arguments.count == 2 ? Order(rawValue: arguments.last ?? "") : .frequency
    guard (1...2).contains(arguments.count), let folder = arguments.first, let order else {
      say("usage: WordStatistics FOLDER [\(Order.allCases.map(\.rawValue).joined(separator: "|"))]")
      exit(2)
    }
    do {
      exit(try await run(folder: folder, order: order))
    } catch {
      // The graph is wrong, or the record cannot be written; what steps threw is in the record.
      say("\(error)")
      exit(1)
    }
  }

  private static func run(folder: String, order: Order) async throws -> Int32 {
    let statistics = Statistics(ignored: ["and", "the", "was", "with"])
    let state = URL(filePath: ".word-statistics")
    let run = try await statistics.run(
      [.ranking, .summary], Statistics.Inputs(folder: folder, order: order),
      options: RunOptions(
        pipeline: "words", store: RunStore(state.appending(path: "runs")),
        quarantine: Quarantine(state.appending(path: "quarantine"), scope: folder),
        cache: ResultCache(state.appending(path: "cache")), scope: folder, observer: Progress()))
    switch run.record.status {
    case .succeeded, .unchanged, .partial:
      printTable(try run.value(.ranking), try run.value(.summary))
      return run.record.status == .partial ? 3 : 0
    default: return 1
    }
  }

  private static func printTable(_ ranking: [WordCount], _ summary: Summary) {
    let top = ranking.prefix(10)
    let width = top.map(\.word.count).max() ?? 0
    for entry in top {
      let padding = String(repeating: " ", count: width - entry.word.count)
      print("\(entry.word)\(padding)  \(entry.count)")
    }
    print("\(summary.texts) texts, \(summary.words) words, \(summary.distinct) different ones")
  }
}
