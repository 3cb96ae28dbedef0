/// What identifies a person, or opens what is theirs.
public enum PersonalDataKind: String, Codable, CaseIterable, Sendable {
  /// A mail address.
  case email
  /// A telephone number.
  case phone
  /// A street with a house number.
  case address
  /// A key, token or password of a service, or a private key.
  case secret
  /// The number of a payment card or a bank account.
  case account

  /// What it is called in a sentence.
  public var words: String {
    switch self {
    case .email: "a mail address"
    case .phone: "a telephone number"
    case .address: "a street address"
    case .secret: "a key or token"
    case .account: "the number of a card or an account"
    }
  }
}
