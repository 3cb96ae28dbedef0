import Concurrency
import Foundation
import HTTP

/// A model whose replies are written into a file, one JSON document per line, for ``ReplayedModel``.
///
/// The file holds the prompts and the replies, and no key or address.
public struct RecordedModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let file: RecordingFile

  /// Records what a model answers; the file is begun anew.
  ///
  /// - Throws: ``LanguageModelError/unusableRecording(file:reason:)``.
  public init(_ model: any LanguageModel, file: String) throws {
    self.model = model
    self.file = try RecordingFile(path: file)
  }

  /// Generates one reply and records it; so are errors that are about the reply.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    var exchange = RecordedExchange(
      key: RecordedExchange.key(request, name), model: name, request: request, reply: nil, error: nil)
    do {
      let reply = try await model.generate(request, telling: telling)
      exchange.reply = reply
      try await file.append(exchange)
      return reply
    } catch let error as LanguageModelError where error.isAboutReply {
      exchange.error = error
      try await file.append(exchange)
      throw error
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }
}

/// A file of lines that several tasks add to.
private final class RecordingFile: Sendable {
  private let path: String
  private let handle: FileHandle
  private let turn = AsyncSemaphore(1)

  init(path: String) throws {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw LanguageModelError.unusableRecording(file: path, reason: "it cannot be written") }
    self.handle = handle
  }

  deinit { try? handle.close() }

  func append(_ exchange: RecordedExchange) async throws {
    try await turn.withPlace {
      do {
        try handle.write(contentsOf: try JSONEncoder.canonical.encode(exchange) + Data("\n".utf8))
      } catch {
        throw LanguageModelError.unusableRecording(file: path, reason: "it could not be written to its end")
      }
    }
  }
}
