// A crawler of one's own: `twin etl` with one more kind of source.
//
//   swift run OwnCrawler me.yaml
//
// It takes the links of a site that lists its recipes as JSON. Politeness, robots.txt, conditional requests, what is gone
// and what fails are the framework's.

import Foundation
import Pipelines

/// Makes a document of each recipe of a list.
struct RecipeCrawler: Crawler {
  private struct Recipe: Decodable {
    let name: String
    let address: String
    let method: String
  }

  func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    // Raise the version when the documents come out otherwise: then all lists are read again.
    let web = WebFetcher(source, producers: ["recipes/1"], context: context, sink: sink)
    try await web.visit(source.location, accept: "application/json") { response, record in
      try response.decode([Recipe].self).map { recipe in
        RawDocument(
          category: .articles, link: recipe.address, platform: "recipes", author: author, title: recipe.name,
          text: recipe.method, crawl: record)
      }
    }
    return .partial
  }
}

@main
struct OwnCrawler {
  static func main() async throws {
    var dispatcher = Dispatcher()
    // Any host, any host below it with `*.`, and the beginning of a path. The second one is for trying it here.
    dispatcher.register(
      RecipeCrawler(), as: CrawlerKind(rawValue: "recipes"), for: ["*.recipes.example", "localhost/recipes/"])
    guard CommandLine.arguments.count == 2 else {
      print("usage: OwnCrawler CONFIGURATION")
      exit(2)
    }
    do {
      let configuration = try Configuration(
        path: CommandLine.arguments[1], environment: ProcessInfo.processInfo.environment, dispatcher: dispatcher)
      let runner = PipelineRunner(Stores(configuration))
      let record = try await runner.run(.etl)
      print("\(record.pipeline): \(record.status.rawValue)")
      for failure in record.failures { print("failed: \(failure.item ?? failure.step): \(failure.error)") }
      let warehouse = try await runner.stores.warehouse()
      for try await document in warehouse.documents(in: .articles) {
        print("\(document.title ?? ""): \(document.link)")
      }
    } catch let error as ConfigurationError {
      print(error)
      exit(2)
    }
  }
}
