import Foundation
import TestSupport
import Testing

/// Files in the shapes of the LLM Engineers Handbook, used as they are.
@Suite struct HandbookTests {
  @Test func `its pipeline files run, and its raw data is imported, searched and made into a set`() async throws {
    let folder = try TemporaryFolder()
    let page = packageRoot.appending(path: "data/sample/articles/blog-small-data.html").path
    let settings = "settings:\n  docker:\n    parent_image: registry.example/image\n    skip_build: True\n\n"
    let etl = try folder.write(
      settings + "parameters:\n  user_full_name: Ada Example # [First Name(s)] [Last Name]\n  links:\n    - \(page)\n",
      to: "etl.yaml")
    let features = try folder.write(
      settings + "parameters:\n  author_full_names:\n    - Ada Example\n    - Bob Writer\n", to: "features.yaml")
    let dataset = try folder.write(
      settings
        + """
        parameters:
          test_split_size: 0.5
          dataset_type: "instruction"
          push_to_huggingface: true
          dataset_id: ada/twin
          mock: false
        """, to: "dataset.yaml")
    let author = "b5fa1f08-75f0-402d-8e88-d1357e346d9e"
    let users = try folder.write(
      #"[{"first_name": "Bob", "last_name": "Writer", "_id": "\#(author)"}]"#, to: "UserDocument.json")
    let text =
      "What is a loom?\\n\\nA loom is a machine that holds threads apart so that another can pass between them. "
    let articles = try folder.write(
      """
      [{"_id": "a964f3ac-e92f-4fcb-847a-a46da3d697d9", "platform": "medium", "author_id": "\(author)",
        "author_full_name": "Bob Writer", "link": "https://medium.com/p/looms", "content": {"Title": "On looms",
        "Subtitle": "", "Content": "\(String(repeating: text, count: 8))", "language": "en"}}]
      """, to: "ArticleDocument.json")
    let environment = ["TWIN_EMBEDDING_MODEL": "hash"]
    func twin(_ config: String, _ arguments: String...) async throws -> CommandResult {
      try await TwinCommandTests.twin(arguments + ["--config", config], environment: environment)
    }

    let crawled = try await twin(etl, "etl")
    #expect(crawled.status == 0, "\(crawled)")
    #expect(crawled.error.contains("are ignored"), "\(crawled)")
    let imported = try await twin(etl, "warehouse", "import", users, articles)
    #expect(imported.status == 0, "\(imported)")
    #expect(try await twin(etl, "warehouse", "import", users, articles, "-v").output.contains("1 unchanged"))
    let made = try await twin(features, "features")
    #expect(made.status == 0, "\(made)")
    let written = try await twin(dataset, "dataset")
    #expect(written.status == 0, "\(written)")
    #expect(written.error.contains("nothing is pushed"), "\(written)")
    let hits = try await twin(features, "search", "threads of a loom", "--author", "Bob Writer", "--json")
    #expect(hits.output.contains("a964f3ac-e92f-4fcb-847a-a46da3d697d9"), "\(hits)")
    #expect(!hits.output.contains("Ada Example"), "\(hits)")
  }

  @Test func `a bad row is named with its place, and the others are imported`() async throws {
    let sample = try SampleRun()
    let rows = try sample.folder.write(
      #"[{"first_name": "Bob", "last_name": "Writer", "_id": "b5fa1f08-75f0-402d-8e88-d1357e346d9e"}, {"x": 1}]"#,
      to: "UserDocument.json")
    let result = try await sample.twin("warehouse", "import", rows)
    #expect(result.status == 3, "\(result)")
    #expect(result.output.contains("1 new"), "\(result)")
    #expect(result.error.contains("UserDocument.json"), "\(result)")
  }

  @Test func `an export is read back as it was`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    let backup = sample.folder.path("backup")
    #expect(try await sample.twin("warehouse", "export", "--output", backup).status == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: backup).map { "\(backup)/\($0)" }
    let other = try SampleRun()
    let result = try await twin(["warehouse", "import"] + files.sorted() + ["--config", other.config])
    #expect(result.status == 0, "\(result)")
    let again = sample.folder.path("again")
    #expect(try await other.twin("warehouse", "export", "--output", again).status == 0)
    for file in files {
      let name = URL(fileURLWithPath: file).lastPathComponent
      #expect(
        try String(contentsOfFile: file, encoding: .utf8)
          == String(contentsOfFile: "\(again)/\(name)", encoding: .utf8), "\(name)")
    }
  }
}
