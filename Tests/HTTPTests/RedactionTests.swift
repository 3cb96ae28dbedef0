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
    ("http://a:80/@b", "http://a:80/@b"),
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
