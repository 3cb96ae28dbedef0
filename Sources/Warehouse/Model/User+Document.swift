public import Domain

extension User: Document {
  /// Users have a collection of their own.
  public static var collections: [String] { ["users"] }
  /// Users are found by name. The index is not unique: an imported database may have two users of one name.
  public static var indexes: [Index] { [.on("last_name", "first_name")] }
  /// Always `users`.
  public var collection: String { "users" }
}

extension Field where D == User, Value == Identifier {
  /// The user's identifier.
  public static var id: Self { Field("_id") }
}

extension Field where D == User, Value == String {
  /// All names but the last.
  public static var firstName: Self { Field("first_name") }
  /// The last name.
  public static var lastName: Self { Field("last_name") }
}
