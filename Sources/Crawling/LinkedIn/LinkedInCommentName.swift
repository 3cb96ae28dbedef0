import Domain
import Foundation

/// What identifies a comment of LinkedIn's `Comments.csv`: its post, and its own number where the link has one.
struct LinkedInCommentName: Sendable, Hashable {
  /// The link of what it answers: the post, or another comment.
  let answered: String
  /// The comment's own number in digits, if it is known.
  let number: String?
  private let post: String

  /// Reads the link of a comment. Newer exports name the comment in a parameter, `commentUrn`, and a reply to it in
  /// `replyUrn`; older ones have the post's link alone.
  init(_ address: WebAddress) {
    let name = LinkedInPostName(address)
    post = LinkedInPostName.link(of: address)
    let comment = Self.number(in: Self.parameter("commentUrn", of: address), of: name)
    let reply = Self.number(in: Self.parameter("replyUrn", of: address), of: name)
    number = reply ?? comment
    if reply != nil, let comment, let name {
      answered = Self.link(of: comment, to: name)
    } else {
      answered = post
    }
  }

  /// When it was made, which its number tells.
  var date: Date? { number.flatMap { dateOfActivity($0) } }

  /// The link of the comment's document. Without a number it is told from its neighbours by its words and date.
  func link(date: String, message: String) -> String {
    if let number, let name = LinkedInPostName(in: post) { return Self.link(of: number, to: name) }
    let mark = ContentHash(ofParts: [date, message]).hexadecimal.prefix(16)
    return post + (post.contains("?") ? "&" : "?") + "comment=\(mark)"
  }

  private static func link(of number: String, to post: LinkedInPostName) -> String {
    "\(post.link)?commentUrn=urn%3Ali%3Acomment%3A%28\(post.kind)%3A\(post.number)%2C\(number)%29"
  }

  private static func parameter(_ wanted: String, of address: WebAddress) -> String? {
    for parameter in (address.query ?? "").split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      // `dashCommentUrn` names the same in another order.
      guard parts.count == 2, parts[0].lowercased().hasSuffix(wanted.lowercased()) else { continue }
      return parts[1].removingPercentEncoding ?? String(parts[1])
    }
    return nil
  }

  /// The number in `urn:li:comment:(activity:71,72)` that is not the post's.
  private static func number(in urn: String?, of post: LinkedInPostName?) -> String? {
    guard let urn, urn.utf8.count <= 200 else { return nil }
    return urn.split { !$0.isASCII || !$0.isNumber }.map(String.init)
      .first { $0 != post?.number && (15...20).contains($0.utf8.count) }
  }
}
