import Domain
import Foundation
public import HTTP

/// A model file that a server of llama.cpp's, started here, answers from.
///
/// The first request starts the server and waits until it has loaded the model. A server that went away is started again
/// by the next request. It ends with ``stop()``, when this value goes, and with this process.
public actor LlamaServerModel: StreamingLanguageModel {
  /// `llama_cpp/` and the file's name.
  public nonisolated let name: String
  private let configuration: LlamaServerConfiguration
  private let timeout: Double
  private let client: HTTPClient
  private var server: LlamaServer?
  /// The start that is under way.
  private var starting: Task<LlamaServer, any Error>?

  /// Makes a model; nothing is started yet.
  ///
  /// - Parameter timeout: the most seconds for one reply.
  public init(_ configuration: LlamaServerConfiguration, timeout: Double = 600, client: HTTPClient) {
    name = "llama_cpp/\(configuration.alias)"
    self.configuration = configuration
    self.timeout = timeout
    self.client = client
  }

  /// Generates one reply; the server is started if it does not run.
  /// - Throws: ``LanguageModelError``, among others ``LanguageModelError/serverFailed(model:program:reason:output:)``;
  ///   `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let server = try await running()
    let driver = OpenAICompatibleModel(
      model: configuration.alias, endpoint: "http://127.0.0.1:\(server.port)/v1", provider: "llama_cpp",
      dialect: configuration.dialect, timeout: timeout, client: client)
    do {
      return try await driver.generate(request, telling: telling)
    } catch let error as LanguageModelError where error.isAboutServer {
      guard let ending = await server.endingSoon() else { throw error }
      throw serverFailed("went away (\(ending))", server.lastWords)
    }
  }

  /// The name, and a hash over samples of the file: training moves nearly every weight.
  public func digest() async throws -> String {
    let path = configuration.modelPath
    let hash = await offPool { sampleHash(ofFile: path) }
    return hash.map { "\(name)@\($0)" } ?? name
  }

  /// Ends the server, if it runs, and waits until it has ended.
  public func stop() async {
    starting?.cancel()
    await server?.stop()
    server = nil
  }

  private func running() async throws -> LlamaServer {
    while true {
      if let server, server.ending == nil { return server }
      do {
        if let starting { return try await starting.value }
        let task = Task { try await start() }
        starting = task
        defer { starting = nil }
        let started = try await withTaskCancellationHandler {
          try await task.value
        } onCancel: {
          task.cancel()
        }
        server = started
        return started
      } catch is CancellationError where !Task.isCancelled {
        // Who had begun to start it went away.
        continue
      }
    }
  }

  private func start() async throws -> LlamaServer {
    guard FileManager.default.isReadableFile(atPath: configuration.modelPath) else {
      throw serverFailed("was not started: there is no model file \(configuration.modelPath)", "")
    }
    guard let port = freePort() else { throw serverFailed("was not started: no port of this machine is free", "") }
    let server = LlamaServer(configuration, port: port)
    let deadline = ContinuousClock.now + .seconds(configuration.loadTimeout)
    do {
      var pause = 0.02
      while try await !isReady(port) {
        if let ending = server.ending {
          throw serverFailed("ended while it loaded the model (\(ending))", server.lastWords)
        }
        guard ContinuousClock.now < deadline else {
          throw serverFailed("did not load the model within \(Int(configuration.loadTimeout)) s", server.lastWords)
        }
        try await Task.sleep(for: .seconds(pause))
        pause = min(0.5, pause * 1.5)
      }
    } catch {
      await server.stop()
      throw error
    }
    return server
  }

  /// Whether it has loaded the model. llama.cpp's own says so at `/health`, with 503 until then; the Python module has no
  /// such page and lists its models once it is ready.
  private func isReady(_ port: Int) async throws -> Bool {
    let path = configuration.isPython ? "/v1/models" : "/health"
    let request = HTTPRequest(
      .get, "http://127.0.0.1:\(port)\(path)", trust: .configured, totalTimeout: 5, maximumAttempts: 1)
    do {
      return try await client.send(request).isSuccess
    } catch is HTTPError {
      return false
    }
  }

  private func serverFailed(_ reason: String, _ output: String) -> LanguageModelError {
    .serverFailed(model: name, program: configuration.program, reason: reason, output: output)
  }
}

/// Does what blocks for a short while on a thread that is none of Swift's cooperative ones.
private func offPool<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: work()) }
  }
}

/// A hash over the size, the first 64 KiB and 64 bytes of every 4 MiB of a file; nil if it cannot be read.
private func sampleHash(ofFile path: String) -> String? {
  guard let file = FileHandle(forReadingAtPath: path) else { return nil }
  defer { try? file.close() }
  guard let size = try? file.seekToEnd() else { return nil }
  var hasher = ContentHasher()
  hasher.update(Array(String(size).utf8))
  for (offset, length) in [(0, 1 << 16)] + stride(from: 0, to: Int(size), by: 4 << 20).map({ ($0, 64) }) {
    guard (try? file.seek(toOffset: UInt64(offset))) != nil, let bytes = try? file.read(upToCount: length) else {
      return nil
    }
    hasher.update([UInt8](bytes))
  }
  return String(hasher.hash.hexadecimal.prefix(16))
}

/// A port that nobody listens at now.
private func freePort() -> Int? {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
}
