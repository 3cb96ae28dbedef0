import Foundation
import Synchronization

/// A model that answers from a recording (``RecordedModel``), and refuses what is not in it: tests with it need no server
/// and give the same every time.
///
/// The same request gives its replies in the order in which they were recorded, and the last one from then on.
public final class ReplayedModel: StreamingLanguageModel {
  /// The name of the model that was recorded.
  public let name: String
  private let file: String
  private let exchanges: [String: [RecordedExchange]]
  private let positions = Mutex<[String: Int]>([:])

  /// The largest recording that is read, in bytes.
  private static let largest = 1 << 30

  /// Reads a recording.
  ///
  /// - Throws: ``LanguageModelError/unusableRecording(file:reason:)``, naming the line that is no exchange.
  public init(file: String) throws {
    self.file = file
    guard let data = FileManager.default.contents(atPath: file), data.count <= Self.largest else {
      throw LanguageModelError.unusableRecording(file: file, reason: "it is missing, unreadable or larger than 1 GiB")
    }
    var exchanges: [String: [RecordedExchange]] = [:]
    var name = ""
    for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let exchange = try? JSONDecoder().decode(RecordedExchange.self, from: line) else {
        throw LanguageModelError.unusableRecording(file: file, reason: "line \(index + 1) is no recorded exchange")
      }
      name = exchange.model
      exchanges[exchange.key, default: []].append(exchange)
    }
    self.name = name
    self.exchanges = exchanges
  }

  /// Gives the recorded reply.
  /// - Throws: ``LanguageModelError/notRecorded(file:request:)``, or the recorded error.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let key = RecordedExchange.key(request, name)
    guard let recorded = exchanges[key], !recorded.isEmpty else {
      throw LanguageModelError.notRecorded(file: file, request: summary(of: request))
    }
    let position = positions.withLock { positions in
      defer { positions[key, default: 0] += 1 }
      return min(positions[key, default: 0], recorded.count - 1)
    }
    if let error = recorded[position].error { throw error }
    guard let reply = recorded[position].reply else {
      throw LanguageModelError.notRecorded(file: file, request: summary(of: request))
    }
    telling?(reply.text)
    return reply
  }
}
