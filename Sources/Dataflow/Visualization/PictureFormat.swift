/// The formats in which a picture can be written.
public enum PictureFormat: String, Sendable, CaseIterable {
  /// Scalable Vector Graphics, laid out here.
  case svg
  /// The language of Graphviz.
  case dot
  /// The flowcharts of Mermaid, which GitHub and many editors draw in Markdown.
  case mermaid
  /// What `docs/schemas/graph.schema.json` describes.
  case json
}

extension GraphPicture {
  /// The picture as text that ends in a line feed.
  ///
  /// - Parameter direction: where the graph runs to; JSON has none.
  public func text(as format: PictureFormat, direction: LayoutDirection = .leftToRight) throws -> String {
    switch format {
    case .svg: svg(direction: direction)
    case .dot: dot(direction: direction)
    case .mermaid: mermaid(direction: direction)
    case .json: String(decoding: try json(), as: UTF8.self) + "\n"
    }
  }
}
