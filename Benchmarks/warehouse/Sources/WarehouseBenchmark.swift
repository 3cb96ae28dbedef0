// Our half of the comparison: `WarehouseBenchmark insert|read|verify COUNT URL [BATCH]` prints its figures as a line of
// JSON, as `mongo_peer.py` and `sqlite_peer.py` do. BATCH is how many documents are inserted by one call.

import BenchmarkClock
import Crypto
import Foundation
import Warehouse

@main
struct WarehouseBenchmark {
  enum Case: String { case insert, read, verify }

  struct Figures: Encodable {
    var count: Int
    var wall: Double?
    var cpu: Double?
    var digest: String?
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard (4...5).contains(arguments.count), let benchmark = Case(rawValue: arguments[1]),
      let count = Int(arguments[2]), count > 0, let batch = Int(arguments.count == 5 ? arguments[4] : "1000"), batch > 0
    else {
      FileHandle.standardError.write(
        Data("usage: WarehouseBenchmark insert|read|verify COUNT URL [BATCH]\n".utf8))
      exit(2)
    }
    let posts = try await Warehouse.open(arguments[3]).collection(Post.self)
    let figures =
      switch benchmark {
      case .insert: try await insert(count, batch: batch, into: posts)
      case .read: try await read(posts, count)
      case .verify: try await digest(of: posts)
      }
    print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
  }

  private static func insert(_ count: Int, batch: Int, into posts: DocumentCollection<Post>) async throws -> Figures {
    var clock = Clock()
    var inserted = 0
    for start in stride(from: 0, to: count, by: batch) {
      let some = (start..<min(start + batch, count)).map(Post.init)
      let outcomes = try await clock.time { try await posts.insert(some) }
      inserted += outcomes.count { $0 == .inserted }
    }
    return Figures(count: inserted, wall: clock.wall, cpu: clock.processor)
  }

  private static func read(_ posts: DocumentCollection<Post>, _ count: Int) async throws -> Figures {
    var clock = Clock()
    let (found, total) = try await clock.time {
      var (found, total) = (0, 0)
      for try await batch in posts.find().batches {
        precondition(batch.unreadable.isEmpty, "a document cannot be read")
        for post in batch.documents {
          found += 1
          total += post.likes
        }
      }
      return (found, total)
    }
    precondition(total == 3 * count * (count - 1) / 2, "what came back is not what was stored")
    return Figures(count: found, wall: clock.wall, cpu: clock.processor)
  }

  /// SHA-256 over every field of every document, in order.
  private static func digest(of posts: DocumentCollection<Post>) async throws -> Figures {
    var hash = SHA256()
    var found = 0
    for try await post in posts.find() {
      found += 1
      hash.update(data: Data(post.line.utf8))
    }
    let digits = hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return Figures(count: found, digest: digits.joined())
  }
}
