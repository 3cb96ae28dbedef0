public import Domain

extension User: Document {
  /// Users have a collection of their own.
  public static var collection: String { "users" }
  /// Users are found by name. The index is not unique: an imported database may have two users of one name.
  public static var indexes: [Index<User>] { [.on(.ascending(.lastName), .ascending(.firstName))] }
}

extension Field where D == User, Value == String {
  /// All names but the last.
  public static var firstName: Self { Field("first_name") }
  /// The last name.
  public static var lastName: Self { Field("last_name") }
}
