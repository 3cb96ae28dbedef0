/// A place in a drawing, in pixels, from the upper left corner.
struct Point: Sendable, Hashable {
  var x: Double
  var y: Double
}

/// The width and height of something drawn, in pixels.
struct Extent: Sendable, Hashable {
  var width: Double
  var height: Double
}
