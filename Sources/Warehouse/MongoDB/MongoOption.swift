import Domain
import Foundation

/// An option of a MongoDB URL, which is known and has a value that is heeded.
struct MongoOption {
  /// As ``MongoOptionKind/all`` spells it.
  let name: String
  /// Percent-encoded.
  let value: Substring

  /// Whether it is for libmongoc.
  var isHeeded: Bool { !MongoOptionKind.unheeded.contains(name) }

  /// The parts of the value that must not be printed, percent-encoded.
  var secrets: [Substring] {
    if isSecret(name) { return [value] }
    guard name == "authMechanismProperties" else { return [] }
    return value.split(separator: ",").compactMap { property in
      let sides = property.split(separator: ":", maxSplits: 1)
      return sides.count == 2 && isSecret(String(sides[0])) ? sides[1] : nil
    }
  }

  /// Reads all options.
  static func options(_ text: Substring) throws(MongoURLFlaw) -> [MongoOption] {
    var options: [MongoOption] = []
    for (index, pair) in text.split(separator: "&").enumerated() {
      let option = try MongoOption(pair, number: index + 1)
      // Each further one is a set of tags to try next.
      guard option.name == "readPreferenceTags" || !options.contains(where: { $0.name == option.name }) else {
        throw MongoURLFlaw("its option \(option.name) stands twice")
      }
      options.append(option)
    }
    return options
  }

  private init(_ pair: Substring, number: Int) throws(MongoURLFlaw) {
    guard let equals = pair.firstIndex(of: "=") else {
      throw MongoURLFlaw("its option number \(number) has no =; a & in a value is written %26")
    }
    let written = pair[..<equals].lowercased()
    guard let known = MongoOptionKind.all.first(where: { $0.name.lowercased() == written }) else {
      // What is far from any option is not quoted: it may be the rest of a secret with a & in it.
      let near = nearestName(to: written, in: MongoOptionKind.all.map { $0.name })
      throw MongoURLFlaw(
        near.map { "its option \(pair[..<equals]) is not known (did you mean \($0)?)" }
          ?? "its option number \(number) is not known; leave it out")
    }
    name = known.name
    value = pair[pair.index(after: equals)...]
    guard let meant = value.removingPercentEncoding else { throw .notEncoded }
    if let wanted = known.kind.flaw(of: meant) { throw MongoURLFlaw("its option \(name) \(wanted)") }
  }
}

/// Whether an option, or a property of `authMechanismProperties`, is a secret.
private func isSecret(_ name: String) -> Bool {
  let name = name.lowercased()
  return ["password", "pwd", "token", "secret"].contains { name.contains($0) }
}
