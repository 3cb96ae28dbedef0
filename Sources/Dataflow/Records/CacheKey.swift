/// What a product was made from, component by component, so that one can tell later which of them changed.
public struct CacheKey: Codable, Sendable, Hashable {
  /// The pipeline and the step.
  public var step: String
  /// The version of the code.
  public var code: String
  /// The inputs by name, each with the digest of its value.
  public var inputs: [String: String]
  /// The products of other steps by name, each with its digest; of a step that fans out, the digest of all items.
  public var products: [String: String]
  /// The resources that the code can reach, each with its fingerprint.
  public var resources: [String: String]

  /// The components as they are.
  public init(
    step: String, code: String, inputs: [String: String] = [:], products: [String: String] = [:],
    resources: [String: String] = [:]
  ) {
    self.step = step
    self.code = code
    self.inputs = inputs
    self.products = products
    self.resources = resources
  }

  /// The texts that the key's digest is made over; products named in `leavingOut` do not count, since their items do.
  func parts(leavingOut fan: String? = nil) -> [String] {
    func pairs(_ kind: String, _ values: [String: String]) -> [String] {
      values.sorted { $0.key < $1.key }.flatMap { [kind, $0.key, $0.value] }
    }
    return ["dataflow-key-1", step, code] + pairs("input", inputs.filter { $0.key != fan })
      + pairs("product", products.filter { $0.key != fan }) + pairs("resource", resources)
  }
}
