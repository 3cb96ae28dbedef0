import Foundation

/// What identifies a post on LinkedIn: the kind and number of its URN, such as `urn:li:share:7458194261025673216`.
///
/// A post has a number as a share and another one as an activity; which belong together no link tells.
struct LinkedInPostName: Sendable, Hashable {
  /// `share`, `activity` or `ugcPost`.
  let kind: String
  /// The number in digits.
  let number: String

  private static let kinds = ["share", "activity", "ugcPost"]

  /// Finds the first URN of a post in a text, percent-encoded or not.
  init?(in text: some StringProtocol) {
    let text = text.removingPercentEncoding ?? String(text)
    let found = Self.kinds.compactMap { kind -> (start: String.Index, name: LinkedInPostName)? in
      guard let mark = text.range(of: "urn:li:\(kind):", options: .caseInsensitive) else { return nil }
      return Self(kind: kind, digits: text[mark.upperBound...]).map { (mark.lowerBound, $0) }
    }
    guard let first = found.min(by: { $0.start < $1.start }) else { return nil }
    self = first.name
  }

  /// Reads the link of a post: `/feed/update/urn:li:…`, or `/posts/name_words-activity-number-code`.
  init?(_ address: WebAddress) {
    guard address.isHost(in: "linkedin.com") else { return nil }
    if address.path.contains("/feed/update/"), let name = LinkedInPostName(in: address.path) {
      self = name
      return
    }
    guard address.path.hasPrefix("/posts/") else { return nil }
    let path = address.path.removingPercentEncoding ?? address.path
    for kind in Self.kinds {
      // A slug may hold the word too; the number stands at the end.
      guard let mark = path.range(of: "-\(kind)-", options: [.caseInsensitive, .backwards]),
        let name = Self(kind: kind, digits: path[mark.upperBound...]), name.number.utf8.count >= 15
      else { continue }
      self = name
      return
    }
    return nil
  }

  private init?(kind: String, digits: Substring) {
    let number = digits.prefix { $0.isASCII && $0.isNumber }
    guard (1...20).contains(number.utf8.count) else { return nil }
    self.kind = kind
    self.number = String(number)
  }

  /// The one spelling of its link, which is that of LinkedIn's exports.
  var link: String { "https://www.linkedin.com/feed/update/urn%3Ali%3A\(kind)%3A\(number)" }

  /// When it was made, which its number tells.
  var date: Date? { dateOfActivity(number) }

  /// The link that a document of the post at an address has.
  static func link(of address: WebAddress) -> String {
    LinkedInPostName(address)?.link ?? canonicalLink(of: address)
  }
}
