/// A part of a text that stands on lines of its own.
indirect enum Block: Equatable {
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case list(ordered: Bool, start: Int, items: [[Block]])
  case quote([Block])
  case code(language: String?, text: String)
  /// Rows of cells; the first row is the header.
  case table([[[Inline]]])
  case image(alt: String, address: String, caption: [Inline])
  case math(String)
  case rule
  case footnote(label: String, [Block])

  /// Whether it is a picture.
  var isImage: Bool { if case .image = self { true } else { false } }
}
