import Domain
import Foundation
public import HTTP

/// Pushes a written set to the Hugging Face hub in one commit.
///
/// The repository is made if need be; the hub says which files go into the commit and which into its storage; these are
/// sent, in parts where it wants that; then the commit names them all. What an earlier push left there and the set has
/// no more is deleted, other files of the repository stay. A push that was interrupted changed nothing that is seen, and
/// files that the storage has already are not sent again.
public struct HubPush: Sendable {
  /// What was pushed.
  public struct Report: Codable, Hashable, Sendable {
    /// Where to, for people.
    public var page: String
    /// The commit; nil if the hub did not say, or there was nothing to change.
    public var commit: String?
    /// How many files are in it, and of these how many had to be sent to the storage.
    public var files: Int
    /// How many files were sent to the storage.
    public var stored: Int
    /// The files that were deleted from the repository.
    public var deleted: [String]
  }

  private let plan: HubPushPlan
  private let connection: HubConnection

  /// - Parameters:
  ///   - token: what the hub gave its user; it is in no log, error or record.
  public init(_ plan: HubPushPlan, token: String, client: HTTPClient) {
    self.plan = plan
    connection = HubConnection(destination: plan.destination, token: token, client: client)
  }

  /// A file with its bytes.
  struct Content {
    let path: String
    let bytes: [UInt8]
    let oid: String

    init(_ path: String, _ bytes: [UInt8]) {
      (self.path, self.bytes) = (path, bytes)
      oid = ContentHash(of: bytes).hexadecimal
    }
  }

  /// Pushes.
  ///
  /// - Throws: ``DatasetError/pushFailed(repository:step:reason:)``; ``DatasetError/unreadable(path:reason:)`` for a file
  ///   that is gone meanwhile; `CancellationError`.
  public func perform() async throws -> Report {
    let contents = try plan.files.map { file in
      let path = URL(fileURLWithPath: plan.folder).appending(path: file.path).path
      guard let data = FileManager.default.contents(atPath: path) else {
        throw DatasetError.unreadable(path: path, reason: "it is gone")
      }
      return Content(file.path, [UInt8](data))
    }
    try await create()
    let (regular, large) = try await sides(of: contents)
    let stored = try await HubStorage(connection: connection).store(large)
    let deleted = try await leftovers(besides: Set(contents.map(\.path)))
    let commit = try await commit(regular, large, deleted)
    return Report(
      page: plan.destination.page, commit: commit, files: regular.count + large.count, stored: stored, deleted: deleted)
  }

  private func create() async throws {
    let step = "making the repository"
    let destination = plan.destination
    let response = try await connection.post(
      step, destination.endpoint + "/api/repos/create",
      HubMessage.Creation(
        name: destination.name, organization: destination.namespace, private: destination.isPrivate ? true : nil,
        visibility: destination.isPrivate ? "private" : nil))
    // It is there already.
    if response.status == 409 { return }
    try connection.require(step, response)
  }

  /// Which files go into the commit, and which into the storage; those that the repository ignores are left out.
  private func sides(of contents: [Content]) async throws -> (regular: [Content], large: [Content]) {
    let step = "asking how to send the files"
    let files = contents.map { content in
      HubMessage.Preupload.File(
        path: content.path, size: content.bytes.count,
        sample: Data(content.bytes.prefix(512)).base64EncodedString())
    }
    let response = try await connection.post(
      step, plan.destination.interface + "/preupload/main", HubMessage.Preupload(files: files))
    let answer = try connection.decoded(step, response, as: HubMessage.PreuploadAnswer.self)
    let modes = Dictionary(answer.files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    guard contents.allSatisfy({ modes[$0.path] != nil }) else {
      throw connection.failure(step, "it says nothing of some of them. Check HF_ENDPOINT.")
    }
    let sent = contents.filter { modes[$0.path]?.shouldIgnore != true }
    return (
      sent.filter { modes[$0.path]?.uploadMode != "lfs" }, sent.filter { modes[$0.path]?.uploadMode == "lfs" }
    )
  }

  /// The files of an earlier push that the set has no more.
  private func leftovers(besides kept: Set<String>) async throws -> [String] {
    let step = "listing the repository"
    let response = try await connection.get(step, plan.destination.interface + "/tree/main")
    // A new repository has no tree.
    if response.status == 404 { return [] }
    let entries = try connection.decoded(step, response, as: [HubMessage.TreeEntry].self)
    return entries.filter { $0.type == "file" && HubPushPlan.names.contains($0.path) && !kept.contains($0.path) }
      .map(\.path).sorted()
  }

  private func commit(_ regular: [Content], _ large: [Content], _ deleted: [String]) async throws -> String? {
    let step = "the commit"
    typealias Commit = HubMessage.Commit
    let header = Commit.Line(
      key: "header", value: Commit.Header(summary: "Update the dataset: \(plan.samples) samples"))
    let files = regular.map {
      Commit.Line(key: "file", value: Commit.File(path: $0.path, content: Data($0.bytes).base64EncodedString()))
    }
    let largeFiles = large.map {
      Commit.Line(key: "lfsFile", value: Commit.LargeFile(path: $0.path, oid: $0.oid, size: $0.bytes.count))
    }
    let deletions = deleted.map { Commit.Line(key: "deletedFile", value: Commit.Deletion(path: $0)) }
    let body = try lines([header]) + lines(files) + lines(largeFiles) + lines(deletions)
    let response = try await connection.postOnce(
      step, plan.destination.interface + "/commit/main", body, type: "application/x-ndjson")
    return try connection.decoded(step, response, as: HubMessage.CommitAnswer.self).commitOid
  }
}
