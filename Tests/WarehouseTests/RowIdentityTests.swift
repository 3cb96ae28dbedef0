import Testing

@testable import Warehouse

@Suite("What a row says of itself") struct RowIdentityTests {
  @Test func `identifiers are read as an import reads them`() {
    let row = RowIdentity(
      of: Array(
        #"""
        {"_id": {"$uuid": "0e6f0b5f-6c3e-4bd4-9b1a-000000000001"}, "author_id": {"$oid": "0123456789abcdef01234567"},
         "author_full_name": "Zo\u00e9 Example", "link": "https:\/\/zoe.example\/1", "content": 5,
         "comments": [{"author_full_name": "Ada Example"}]}
        """#.utf8))
    #expect(row.id == "0e6f0b5f-6c3e-4bd4-9b1a-000000000001" && row.authorID == "0123456789abcdef01234567")
    #expect(row.authorFullName == "Zoé Example" && row.link == "https://zoe.example/1" && row.fullName == nil)
    let user = RowIdentity(of: Array(#"{"first_name": "Ada", "last_name": "Example", "_id": 5}"#.utf8))
    #expect(user.fullName == "Ada Example" && user.id == nil)
  }

  @Test(arguments: [
    (#"{"author_full_name": "Zo\u00e9 Example", "content": {"Con"#, "Zoé Example"),
    (#""link": "l", "author_full_name" : "Zo\ud83d\ude42"}"#, "Zo🙂"),
    (#"{"author_full_name": "Zo\"e", "author_full_name": "Second", torn"#, "Zo\"e"),
    (#"{"content": {"author_full_name": "Ada Example"}, torn"#, nil),
    (#"{"title": "\"author_full_name\": \"Ada Example\"", torn"#, nil),
    (#"{"title": "author_full_name", "Ada Example": 1, torn"#, nil),
    (#"{"author_full_name": ["Ada Example"], torn"#, nil), (#"{"author_full_name": "#, nil), ("", nil),
    (#"{"author_full_name": "Zo\u00e"#, "Zou00e"), (#"{"author_full_name": "Zo\"#, "Zo\\"),
  ])
  func `a torn row still says whose it is`(row: String, author: String?) {
    #expect(RowIdentity(of: Array(row.utf8)).authorFullName == author)
  }

  @Test func `text is found however it was escaped`() {
    #expect(TornJSON(Array(#"{"a": "Zo\u00e9\tExample\/\ud83d\ude42 \q"#.utf8)).text == "{\"a\": \"Zoé\tExample/🙂 q")
    #expect(TornJSON([0xff, 0x5c]).text == "\u{fffd}\\")
  }
}
