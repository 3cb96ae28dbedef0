import Foundation

/// A Jupyter notebook, read for what its author wrote: the sources of its cells, without outputs (nbformat 4).
struct Notebook: Decodable {
  private struct Cell: Decodable {
    let kind: String
    let source: Source?
    enum CodingKeys: String, CodingKey {
      case kind = "cell_type"
      case source
    }
  }

  /// One string, or its lines.
  private struct Source: Decodable {
    let text: String
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      text = try (try? container.decode(String.self)) ?? container.decode([String].self).joined()
    }
  }

  private struct Metadata: Decodable {
    struct Language: Decodable { let name: String? }
    let languageInformation: Language?
    enum CodingKeys: String, CodingKey { case languageInformation = "language_info" }
  }

  private let cells: [Cell]
  private let metadata: Metadata?

  /// Reads a notebook file.
  init(_ bytes: [UInt8]) throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self = try JSONDecoder().decode(Notebook.self, from: Data(bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0)))
  }

  /// The cells as Markdown; code in fences with its language.
  var markdown: String {
    let language = metadata?.languageInformation?.name ?? "python"
    return cells.compactMap { cell -> String? in
      let source = cell.source?.text ?? ""
      guard source.utf8.contains(where: { $0 > 0x20 }) else { return nil }
      guard cell.kind == "code" else { return source }
      // A fence must be longer than any run of backticks inside (CommonMark, section 4.5).
      let longest = source.utf8.split(whereSeparator: { $0 != UInt8(ascii: "`") }).map(\.count).max() ?? 0
      let fence = String(repeating: "`", count: max(3, longest + 1))
      return "\(fence)\(language)\n\(source)\n\(fence)"
    }.joined(separator: "\n\n")
  }
}
