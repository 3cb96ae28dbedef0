import Domain
import Foundation
import Testing

@Suite("Raw documents") struct RawDocumentTests {
  let full = RawDocument(
    category: .repositories, link: "https://example.com/ada/engine", platform: "github",
    author: User(fullName: "Ada Example"), title: "Engine", subtitle: "an engine", text: "# Engine", language: "en",
    name: "engine", path: "README.md", image: "https://example.com/e.png",
    publishedAt: Date(timeIntervalSince1970: 1_700_000_000), tags: ["a", "b"],
    crawl: CrawlRecord(
      source: "https://example.com/ada", url: "https://example.com/ada/engine",
      fetchedAt: Date(timeIntervalSince1970: 1_750_000_000), entityTag: "e", lastModified: "l", commit: "c"))

  @Test func `a document reads back as it was written`() throws {
    let sparse = RawDocument(
      category: .posts, link: "https://example.com/1", platform: "linkedin", author: User(fullName: "Ada"), text: "")
    for document in [full, sparse] {
      #expect(try JSONDecoder().decode(RawDocument.self, from: JSONEncoder().encode(document)) == document)
    }
  }

  @Test func `the fields have the Handbook's names`() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(full)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "_id", "category", "link", "platform", "author_id", "author_full_name", "content", "name", "path", "image",
        "published_at", "tags", "crawl", "content_hash",
      ])
    let content = try #require(object["content"] as? [String: String])
    #expect(content == ["Title": "Engine", "Subtitle": "an engine", "Content": "# Engine", "language": "en"])
    #expect(object["content_hash"] as? String == full.contentHash.hexadecimal)
  }

  @Test func `a document without a category takes the one that the decoder is told`() throws {
    let json = """
      {"_id": "0E6F0B5F-6C3E-4BD4-9B1A-000000000001", "content": {"Title": "", "Subtitle": null, "Content": "text"},
       "platform": "medium", "author_id": "eff74089-0271-4319-8543-745c087f4f61", "author_full_name": "Ada Example"}
      """
    let decoder = JSONDecoder()
    #expect(throws: DecodingError.self) { try decoder.decode(RawDocument.self, from: Data(json.utf8)) }
    decoder.userInfo[.dataCategory] = DataCategory.posts
    let document = try decoder.decode(RawDocument.self, from: Data(json.utf8))
    #expect(document.category == .posts)
    #expect(document.id.uuidString == "0e6f0b5f-6c3e-4bd4-9b1a-000000000001")
    #expect(document.link == "urn:uuid:0e6f0b5f-6c3e-4bd4-9b1a-000000000001")
    #expect((document.title, document.subtitle, document.text) == (nil, nil, "text"))
  }

  @Test func `a repository of the Handbook becomes one text, whatever the order of its files`() throws {
    let json = """
      {"_id": "1", "content": {"b.py": "two", "a.py": "one"}, "platform": "github", "category": "repositories",
       "author_id": "2", "author_full_name": "Ada Example", "link": "https://example.com/r", "name": "r"}
      """
    let document = try JSONDecoder().decode(RawDocument.self, from: Data(json.utf8))
    #expect(document.text == "## a.py\n\none\n\n## b.py\n\ntwo")
  }

  @Test func `a relation is part of the content where there is one, and reads back`() throws {
    var reply = full
    reply.relation = .reply(to: "https://example.com/post")
    var reshare = full
    reshare.relation = .reshare(of: nil)
    let hashes = [full, reply, reshare].map(\.contentHash)
    #expect(Set(hashes).count == 3)
    for document in [reply, reshare] {
      #expect(try JSONDecoder().decode(RawDocument.self, from: JSONEncoder().encode(document)) == document)
    }
    let json = String(decoding: try JSONEncoder().encode(reply.relation), as: UTF8.self)
    #expect(json.contains(#""kind":"reply""#) && json.contains(#""link":"#))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Relation.self, from: Data(#"{"kind": "quote"}"#.utf8))
    }
  }

  @Test func `a later crawl is news if it says something else than when it was`() throws {
    let record = try #require(full.crawl)
    var later = record
    later.fetchedAt += 60
    #expect(!later.isNews(since: record))
    later.commit = "d"
    #expect(later.isNews(since: record), "another commit may have another file")
    later.blob = "b"
    var known = record
    known.blob = "b"
    #expect(!later.isNews(since: known))
    later.entityTag = "f"
    #expect(later.isNews(since: known))
  }

  @Test func `the hash of a document without a relation is what it always was`() {
    let document = RawDocument(
      category: .posts, link: "https://example.com/1", platform: "linkedin", author: User(fullName: "Ada"), text: "x")
    let parts = [
      "posts", "https://example.com/1", "linkedin", document.authorID.uuidString, "Ada", "", "", "x", "", "", "", "",
      "", "",
    ]
    #expect(document.contentHash == ContentHash(ofParts: parts))
  }

  @Test func `the identifier comes from the link alone`() {
    #expect(
      RawDocument(
        category: .posts, link: full.link, platform: "", author: User(fullName: "Bob"), text: ""
      ).id == full.id)
  }

  @Test func `the content hash sees each field but how it was crawled`() {
    let changes: [(inout RawDocument) -> Void] = [
      { $0.category = .posts }, { $0.link += "x" }, { $0.platform += "x" }, { $0.authorFullName += "x" },
      { $0.authorID = Identifier(existing: "x") }, { $0.title = nil }, { $0.subtitle = "x" }, { $0.text += " " },
      { $0.language = "de" }, { $0.name = "x" }, { $0.path = nil }, { $0.image = nil }, { $0.publishedAt = nil },
      { $0.tags = ["b", "a"] },
    ]
    var hashes: Set<ContentHash> = [full.contentHash]
    for change in changes {
      var document = full
      change(&document)
      #expect(hashes.insert(document.contentHash).inserted)
    }
    var crawled = full
    crawled.crawl = nil
    crawled.id = Identifier(existing: "x")
    #expect(crawled.contentHash == full.contentHash)
  }
}
