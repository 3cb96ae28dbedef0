import Foundation
import TestSupport
import Testing

/// A crawl that is killed.
@Suite struct CrawlResumingTests {
  @Test func `the next run fetches what the killed one had not stored, and asks for the rest only if it changed`()
    async throws
  {
    let server = try CrawlServer()
    let links = (0..<40).map { "\(server.origin)/p/\($0)" }
    let sample = try SampleRun(
      sources: links,
      settings: "embedding: {model: hash}\ncrawl: {allow_private_addresses: true, delay: 20ms}\n")
    let process = try ChildProcess(
      twinExecutable, ["etl", "--config", sample.config], environment: bareEnvironment,
      error: FileHandle.nullDevice)
    while try server.pageRequests().count < 15 { try await Task.sleep(for: .milliseconds(10)) }
    process.send(SIGKILL)
    process.wait()
    let killed = try server.pageRequests().count
    try server.forget()

    let next = try await sample.twin("etl", "--json")
    #expect(next.status == 0, "\(next)")
    let requests = try server.pageRequests()
    #expect(requests.count == 40)
    let known = requests.filter { $0.status == 304 }.count
    #expect(known > 0 && known <= killed, "\(known) of \(killed)")
    let stats = try await sample.twin("warehouse", "stats", "--json")
    #expect(stats.output.contains("\"count\" : 40"), "\(stats)")
  }
}
