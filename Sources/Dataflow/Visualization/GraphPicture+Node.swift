extension GraphPicture {
  /// One box of a picture.
  public struct Node: Codable, Sendable, Hashable, Identifiable {
    /// What a node stands for, which decides its shape.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// The inputs of one step, one in each row.
      case inputs
      /// An input that chooses between variants.
      case configuration
      /// A step that runs once.
      case step
      /// A step that runs once for each item of a list.
      case fanOut = "fan_out"
      /// A step that takes the whole list of what a fan-out made.
      case collect
    }

    /// The node's own id, by which edges name it.
    public var id: String
    /// The name of the step, or of what the node stands for.
    public var name: String
    /// The type of what it produces, as Swift spells it; empty if there is none.
    public var type: String
    /// What it stands for.
    public var kind: Kind
    /// The condition under which it takes part, as `input = choice`; nil if always.
    public var variant: String?
    /// Whether its product is asked for.
    public var isRequested = false
    /// Whether a value is given in its place.
    public var isOverridden = false
    /// Whether it is known to write to a store.
    public var isSink = false
    /// Whether it lies on the path that is picked out.
    public var isHighlighted = false
    /// How many items run at once at most; nil if that is not fixed.
    public var concurrency: Int?
    /// The pipeline or module that it comes from, where several are drawn together.
    public var group: String?
    /// What it does, in a sentence or two.
    public var documentation: String?
    /// The inputs, or the choices of a configuration.
    public var rows: [Row] = []
    /// How it went in the run that is drawn; nil if it took no part.
    public var outcome: Outcome?

    /// A node with a name for its id, to be completed.
    public init(id: String, name: String, type: String = "", kind: Kind) {
      self.id = id
      self.name = name
      self.type = type
      self.kind = kind
    }

    enum CodingKeys: String, CodingKey {
      case id, name, type, kind, variant
      case isRequested = "requested"
      case isOverridden = "overridden"
      case isSink = "sink"
      case isHighlighted = "highlighted"
      case concurrency, group, documentation, rows, outcome
    }

    /// The name, with the condition of a variant.
    var label: String { variant.map { "\(name): \($0)" } ?? name }
  }

  /// One line of a table of inputs.
  public struct Row: Codable, Sendable, Hashable {
    /// The name of the input, or the choice.
    public var name: String
    /// The type of the input; empty for a choice.
    public var type: String
    /// Whether a step does without it.
    public var isOptional: Bool

    /// A row.
    public init(name: String, type: String = "", isOptional: Bool = false) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
    }

    enum CodingKeys: String, CodingKey {
      case name, type
      case isOptional = "optional"
    }
  }

  /// How a step went in a run.
  public struct Outcome: Codable, Sendable, Hashable {
    /// How it ended.
    public var status: StepStatus
    /// How long it took, in seconds.
    public var seconds: Double
    /// What became of its items.
    public var items: ItemCounts

    /// An outcome.
    public init(status: StepStatus, seconds: Double, items: ItemCounts) {
      self.status = status
      self.seconds = seconds
      self.items = items
    }
  }
}
