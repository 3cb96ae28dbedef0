import HTTP
import Testing
import TestSupport

struct RedactionTests {
  @Test(arguments: [
    ("https://example.com/a?b=c", "https://example.com/a?b=c"),
    ("https://user:pass@example.com/a", "https://example.com/a"),
    ("https://user:p@ss@example.com/a", "https://example.com/a"),
    ("https://token@example.com", "https://example.com"),
    ("https://example.com/@user/post", "https://example.com/@user/post"),
    ("mongodb://ada:pw@db:27017/twin", "mongodb://db:27017/twin"),
    ("https://ada:pa/ss?w#rd@example.com/a", "https://example.com/a"),
    ("http://[::1]:80/@a", "http://[::1]:80/@a"), ("http://[2001:db8::a]/@a", "http://[2001:db8::a]/@a"),
    ("http://a:80/@b", "http://b"), ("http://a:80/b", "http://a:80/b"),
    ("mongodb://bob:123/456S3cretX@h:27017/db", "mongodb://h:27017/db"),
    ("mongodb+srv://bob:123?456S3cretX@h/db", "mongodb+srv://h/db"), ("http://bob:/S3cretX@h/", "http://h/"),
    ("https://bob:p@S3/cretX@h/", "https://h/"), ("http://[x:S3/cretX@h/", "http://h/"),
    ("mongodb://h/db?authMechanismProperties=AWS_SESSION_TOKEN:S3cretX", "mongodb://h/db?…"),
    ("MongoDB+SRV://h/?tls=true#S3cretX", "MongoDB+SRV://h/?…"), ("mongodb://h/db?…", "mongodb://h/db?…"),
    ("file:///a%20b/@c?d=e", "file:///a%20b/@c?d=e"),
    ("user:pass@example.com/a", "example.com/a"),
    ("//user:pass@example.com/a", "//user:pass@example.com/a"),
    ("https://a/?token=x&page=2", "https://a/?token=***&page=2"),
    ("https://a/?page=2&access_token=x", "https://a/?page=2&access_token=***"),
    ("https://a/?api_key=x&apikey=y&API-KEY=z&key=k", "https://a/?api_key=***&apikey=***&API-KEY=***&key=***"),
    (
      "https://a/?X-Amz-Signature=x&X-Amz-Credential=y&sig=z",
      "https://a/?X-Amz-Signature=***&X-Amz-Credential=***&sig=***"
    ),
    ("https://a/?api%5Fkey=x", "https://a/?api%5Fkey=***"),
    ("https://a/?password=x#frag", "https://a/?password=***#frag"),
    ("https://a/#access_token=x&b=c", "https://a/#access_token=***&b=c"),
    ("https://a/?q=a=b&keyword=swift&monkey=1", "https://a/?q=a=b&keyword=swift&monkey=1"),
    ("https://a/?token=a=b", "https://a/?token=***"),
    ("https://a?secret=x;b=c", "https://a?secret=***;b=c"),
    ("", ""), ("not a url", "not a url"), ("https://", "https://"),
  ])
  func `secrets leave a URL`(url: String, expected: String) {
    #expect(redactedURL(url) == expected)
    #expect(redactedURL(redactedURL(url)) == expected)
  }

  @Test(arguments: [
    ("http://ada:pw@h:6333/p?key=x", "http://h:6333/p?…"), ("http://h:6333#x", "http://h:6333?…"),
    ("mongodb://h/db?tls=true", "mongodb://h/db?…"), ("http://h:6333", "http://h:6333"),
    ("sqlite:data/twin.sqlite", "sqlite:data/twin.sqlite"), ("mongodb:/ada:pw@h/db", "h/db"),
  ])
  func `an address of a store is shown without its options`(url: String, expected: String) {
    #expect(redactedAddress(url) == expected)
    #expect(redactedAddress(redactedAddress(url)) == expected)
  }

  @Test func `no password is ever shown, whatever characters nobody encoded`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<4000 {
      let characters: [UInt8] = Bool.random(using: &random) ? Array(0x21...0x7e) : Array("0123456789@/:?#[]\\S".utf8)
      let length = Int.random(in: 4...12, using: &random)
      let password = String(
        decoding: (0..<length).map { _ in characters.randomElement(using: &random) ?? 0x21 }, as: UTF8.self)
      let scheme = ["http", "https", "mongodb", "mongodb+srv"].randomElement(using: &random) ?? "http"
      let host = ["host.example", "host.example:27017", "[fe80::1]:80"].randomElement(using: &random) ?? ""
      let url = "\(scheme)://bob:\(password)@\(host)/name"
      for shown in [redactedURL(url), redactedAddress(url), redactedURL(url + "?tls=true")] {
        #expect(shown.hasPrefix("\(scheme)://\(host)/name"), "\(url): \(shown)")
      }
    }
  }

  @Test func `errors and logs do not tell secrets`() async throws {
    let counted = AttemptCounter()
    let client = HTTPClient(configuration: .quick, logger: counted.logger)
    let url = "http://ada:hunter2@127.0.0.1:1/?api_key=hunter2"
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .configured)) }
    let text = try #require(error).description
    #expect(text.hasPrefix("cannot connect to http://127.0.0.1:1/?api_key=***: "))
    #expect(!text.contains("hunter2"))
    #expect(counted.repetitions > 0)
    #expect(!counted.text.contains("hunter2"))
  }
}
