import Foundation
import HTTP

/// Sends large files to the hub's storage by Git LFS: whole, or in parts where the hub gives an address for each.
struct HubStorage {
  let connection: HubConnection

  private static let batchSize = 100

  /// Sends what the storage does not have.
  ///
  /// - Returns: how many files were sent.
  func store(_ contents: [HubPush.Content]) async throws -> Int {
    var sent = 0
    for start in stride(from: 0, to: contents.count, by: Self.batchSize) {
      let some = contents[start..<min(start + Self.batchSize, contents.count)]
      // Equal files are one object.
      let objects = Dictionary(some.map { ($0.oid, $0) }, uniquingKeysWith: { first, _ in first })
      for object in try await batch(objects.values.sorted { $0.oid < $1.oid }) {
        guard let content = objects[object.oid] else { continue }
        if let error = object.error {
          throw connection.failure("sending \(content.path)", error.message ?? "the storage refused it.")
        }
        guard let upload = object.actions?.upload else { continue }
        try await send(content, upload)
        if let verify = object.actions?.verify { try await check(content, verify) }
        sent += 1
      }
    }
    return sent
  }

  private func batch(_ contents: [HubPush.Content]) async throws -> [HubMessage.BatchAnswer.Object] {
    let step = "asking the storage"
    let destination = connection.destination
    let response = try await connection.post(
      step, "\(destination.endpoint)/datasets/\(destination.repository).git/info/lfs/objects/batch",
      HubMessage.Batch(objects: contents.map { .init(oid: $0.oid, size: $0.bytes.count) }),
      type: HubConnection.largeFileType)
    let answer = try connection.decoded(step, response, as: HubMessage.BatchAnswer.self)
    guard Set(answer.objects.map(\.oid)).isSuperset(of: contents.map(\.oid)) else {
      throw connection.failure(step, "it says nothing of some files. Check HF_ENDPOINT.")
    }
    return answer.objects
  }

  private func send(_ content: HubPush.Content, _ action: HubMessage.BatchAnswer.Action) async throws {
    let step = "sending \(content.path)"
    guard let size = action.header?["chunk_size"] else {
      var headers = HTTPHeaders()
      for (name, value) in action.header ?? [:] { headers[name] = value.text }
      let response = try await connection.transfer(step, .put, action.href, headers: headers, content.bytes)
      return try connection.require(step, response)
    }
    let parts = try addresses(of: content, action, partSize: Int(size.text) ?? 0, step)
    var done: [HubMessage.Completion.Part] = []
    for (index, part) in parts.enumerated() {
      let response = try await connection.transfer(
        step, .put, part.address, headers: [:], Array(content.bytes[part.range]))
      try connection.require(step, response)
      guard let tag = response.headers["ETag"], !tag.isEmpty else {
        throw connection.failure(step, "the storage gave part \(index + 1) no ETag.")
      }
      done.append(.init(partNumber: index + 1, etag: tag))
    }
    try await complete(HubMessage.Completion(oid: content.oid, parts: done), at: action.href, step)
  }

  /// The parts in their order, each with its address; their numbers are the names of header fields.
  private func addresses(
    of content: HubPush.Content, _ action: HubMessage.BatchAnswer.Action, partSize: Int, _ step: String
  ) throws -> [(address: String, range: Range<Int>)] {
    let numbered = (action.header ?? [:]).compactMap { name, value in Int(name).map { ($0, value.text) } }
      .sorted { $0.0 < $1.0 }
    let count = content.bytes.count
    guard partSize > 0, numbered.count == (count + partSize - 1) / partSize else {
      throw connection.failure(step, "the storage's parts do not add up to the file.")
    }
    return numbered.enumerated().map { index, part in
      (part.1, (index * partSize)..<min((index + 1) * partSize, count))
    }
  }

  private func complete(_ completion: HubMessage.Completion, at url: String, _ step: String) async throws {
    let body = [UInt8](try JSONEncoder.canonical.encode(completion))
    let response = try await connection.transfer(
      step, .post, url, headers: ["Content-Type": HubConnection.largeFileType, "Accept": HubConnection.largeFileType],
      body)
    try connection.require(step, response)
  }

  /// Tells the hub that a file is there, if it wants to know.
  private func check(_ content: HubPush.Content, _ action: HubMessage.BatchAnswer.Action) async throws {
    let step = "confirming \(content.path)"
    let object = HubMessage.Batch.Object(oid: content.oid, size: content.bytes.count)
    let isOwn = action.href.hasPrefix(connection.destination.endpoint + "/")
    guard isOwn else { throw connection.failure(step, "the hub wants it told to another host.") }
    try connection.require(
      step, try await connection.post(step, action.href, object, type: HubConnection.largeFileType))
  }
}
