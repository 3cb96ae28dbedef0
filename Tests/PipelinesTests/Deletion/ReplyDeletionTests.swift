import Foundation
import LanguageModel
import Pipelines
import TestSupport
import Testing

/// What language models have answered goes with the documents that they were asked about.
@Suite struct ReplyDeletionTests {
  @Test func `replies about a person's documents go, and those about others stay`() async throws {
    let folder = try TemporaryFolder()
    for author in ["ada", "bob"] {
      try folder.write(
        "# Tides\n\nThe tide of \(author) comes in twice a day, and so it does here.\n", to: "\(author)/1.md")
    }
    let stores = try folder.stores(
      """
      authors:
        - {name: Ada Example, sources: [ada]}
        - {name: Bob Builder, sources: [bob]}
      embedding: {model: hash}
      """)
    #expect(try await PipelineRunner(stores).run(.etl).status == .succeeded)
    let collection = try await stores.warehouse().collection(.articles)
    let replies = try await stores.replyCache()
    var keys: [String: ReplyKey] = [:]
    for author in ["ada", "bob"] {
      let link = try #require(try await collection.distinct(.link).first { $0.hasSuffix("\(author)/1.md") })
      let document = try #require(try await stores.warehouse().document(link: link))
      let key = ReplyKey(GenerationRequest(messages: [Message(.user, author)]), digest: "m")
      try await replies.store(GenerationReply(text: "of \(author)"), for: key, subject: document.id.description)
      keys[author] = key
    }
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    #expect(report.places.first { $0.place == "replies" }?.count == 1)
    let ada = try #require(keys["ada"])
    let bob = try #require(keys["bob"])
    #expect(try await replies.contains([ada, bob]) == [bob])
  }
}
