/// Which part of a graph is drawn.
public enum GraphSelection: Sendable, Hashable {
  /// All of it.
  case all
  /// The steps named and what they are made of.
  case upstream(of: [String])
  /// The steps or inputs named and what is made of them.
  case downstream(of: [String])
  /// What the last one is made of, with the ways from the first one to it picked out.
  case path(from: String, to: String)
}
