import ArgumentParser
import Foundation
import Pipelines

struct TokenizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Gives the token numbers of each line of standard input.",
    discussion: """
      One line of input, one line of output: a JSON object with ids and offsets, which are UTF-8 byte offsets into the \
      line; those of special tokens are 0. A line ends at a line feed only. It must be UTF-8, at most 16 MiB; the first \
      that is not ends the command.

      The model is an embedding model by its name, or the path of any model's tokenizer: a tokenizer.json as Hugging Face's \
      tokenizers writes it (BERT without case; byte-level pairs with the patterns of GPT-2, Llama 3 and Qwen 2), a \
      vocab.txt, or a folder with one of them.

      EXAMPLE
        twin tokenize --model hash < data/sample/notes/cron-habits.md
      """)

  @Option(help: "An embedding model (\(EmbeddingModels.names.joined(separator: ", "))), or the path of a tokenizer.")
  var model = EmbeddingModels.miniLM
  @Option(help: "The most tokens of a line, special tokens included; what is over is left out.") var maxLength: Int?

  func run() async throws {
    let tokenizer = try tokenizer()
    if let maxLength, maxLength < tokenizer.specialTokenCount {
      throw ValidationError("--max-length must be at least \(tokenizer.specialTokenCount), the model's special tokens.")
    }
    var lines = LineReader(try InputReader("-"))
    while let batch = try await lines.next() {
      var output = ""
      for line in batch {
        try Task.checkCancellation()
        append(tokenizer.encode(line, maximumLength: maxLength), to: &output)
      }
      try await writeResult(output)
    }
  }

  private func tokenizer() throws -> any Tokenizer {
    let isPath = model.contains("/") || FileManager.default.fileExists(atPath: model)
    if isPath, !EmbeddingModels.names.contains(model) { return try loadTokenizer(at: model) }
    return try ModelOptions.tokenizer(of: model)
  }

  private func append(_ encoding: Encoding, to output: inout String) {
    output += "{\"ids\":["
    for (index, id) in encoding.ids.enumerated() {
      if index > 0 { output += "," }
      output += String(id)
    }
    output += "],\"offsets\":["
    for (index, range) in encoding.offsets.enumerated() {
      output += index > 0 ? ",[" : "["
      output += String(range.lowerBound)
      output += ","
      output += String(range.upperBound)
      output += "]"
    }
    output += "]}\n"
  }
}
