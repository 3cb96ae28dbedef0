extension GraphPicture {
  /// The picture as a Scalable Vector Graphics file that stands alone: it names no other file, and its letters are those
  /// of the system. It is readable on a light and on a dark ground.
  public func svg(direction: LayoutDirection = .leftToRight) -> String {
    var markup = Markup()
    SVGDrawing(self, direction: direction).write(to: &markup, isAlone: true)
    return markup.text + "\n"
  }
}
