public import ArgumentParser
import Foundation
public import Pipelines

struct EmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Gives the vector of each line of standard input.",
    discussion: """
      One line of input, one line of output: a JSON object with the embedding, whose length is one. With --format npy all \
      vectors become one array of 32-bit floats, a row for each line, in NumPy's format. A line ends at a line feed only. \
      It must be UTF-8, at most 16 MiB; the first that is not ends the command.

      A model on a server is PROVIDER/NAME (openai, cohere, ollama, tei, huggingface), with its key in OPENAI_API_KEY, \
      CO_API_KEY or HF_TOKEN, or, of a server of one's own, --endpoint ADDRESS: --model ollama/nomic-embed-text.

      EXAMPLE
        twin embed --model hash < data/sample/notes/cron-habits.md
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case ndjson, npy }

  @OptionGroup var model: ModelOptions
  @Option(help: "What becomes of a line that is longer than the model reads.") var overLimit: OverLimit = .error
  @Option(help: "What the vectors are computed in: bf16 and int8 are faster where the processor has them.")
  var precision: Precision = .f32
  @Option(help: "The address of a model's server, if it is not its provider's own.") var endpoint: String?
  @Option(help: "What is written.") var format: Format = .ndjson
  @Option(help: "The file of `--format npy`.", completion: .file(extensions: ["npy"])) var output: String?

  func validate() throws {
    guard (format == .npy) == (output != nil) else {
      throw ValidationError("--format npy and --output FILE go together; JSON lines are written to standard output.")
    }
    if endpoint != nil, model.remote == nil {
      throw ValidationError("--endpoint is for a model on a server, such as --model openai/NAME.")
    }
  }

  func run() async throws {
    let embedder = try await model.embedder(
      precision: precision, overLimit: overLimit, endpoint: endpoint)
    if let output {
      var file = try ArrayFile(path: output, columns: embedder.model.dimension)
      var batches = try VectorBatches(embedder)
      while let vectors = try await batches.next() { try file.append(vectors) }
      try file.finish()
    } else {
      var batches = try VectorBatches(embedder)
      while let vectors = try await batches.next() { try await writeResult(lines(vectors)) }
    }
    let truncated = embedder.truncatedTexts
    if truncated > 0 {
      StandardStreams.printError(
        "Of \(counted(truncated, "line")) the end was left out, since the model reads no more.")
    }
  }

  private func lines(_ vectors: [[Float]]) -> String {
    var output = ""
    for vector in vectors {
      output += "{\"embedding\":["
      for (index, component) in vector.enumerated() {
        if index > 0 { output += "," }
        // The shortest number that reads back as the same float; a component is never infinite or no number.
        output += component.description
      }
      output += "]}\n"
    }
    return output
  }
}

/// The vectors of the lines of standard input.
private struct VectorBatches {
  private let embedder: any Embedder
  private var lines: LineReader
  private var count = 0

  init(_ embedder: any Embedder) throws {
    self.embedder = embedder
    lines = LineReader(try InputReader("-"))
  }

  /// The vectors of the next lines; nil at the end.
  mutating func next() async throws -> [[Float]]? {
    guard let batch = try await lines.next() else { return nil }
    do {
      let vectors = try await embedder.embed(batch)
      count += batch.count
      return vectors
    } catch EmbeddingError.tooLong(let index, let tokens, let limit) {
      throw InputError.overLimit(line: count + index + 1, tokens: tokens, limit: limit)
    }
  }
}

extension OverLimit: ExpressibleByArgument {}

extension Precision: ExpressibleByArgument {}
