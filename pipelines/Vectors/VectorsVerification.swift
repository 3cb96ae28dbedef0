/// What a look at the vector store found.
public struct VectorsVerification: Codable, Sendable, Hashable {
  /// Where the store is, without credentials.
  public var location: String
  /// What searches read.
  public var store: VerificationReport
  /// What a change of the model has made so far; nil if none is under way.
  public var change: VerificationReport?
  /// How it compares with the warehouse; nil if that could not be read.
  public var warehouse: WarehouseComparison?
  /// Why the warehouse could not be read; nil if it could.
  public var warehouseProblem: String?

  enum CodingKeys: String, CodingKey {
    case location, store, change, warehouse
    case warehouseProblem = "warehouse_problem"
  }

  /// Whether nothing is wrong with the store, and nothing was interrupted.
  public var isSound: Bool { store.isSound && change?.isSound ?? true }

  /// Whether something is wrong that was not mended, and that no run would find by itself.
  public var hasDamage: Bool {
    [store, change].contains { report in report.map { $0.hasDamage && !$0.isMended } ?? false }
  }
}
