/// What one robots.txt says to one crawler (RFC 9309, section 2.2).
package struct RobotsFile: Sendable, Hashable {
  /// How much of a file is read: what the RFC asks for at least (section 2.5). 500 KiB.
  package static let maximumBytes = 500 << 10
  /// The longest time between two requests that a host is granted; one that asks for more would stop a run. 1 minute.
  package static let longestDelay = Duration.seconds(60)
  /// The most sitemaps that are kept.
  private static let maximumSitemaps = 100

  private struct Rule: Sendable, Hashable {
    var pattern: RobotsPattern
    var isAllowed: Bool
  }

  /// What some groups say together.
  private struct Group: Sendable, Hashable {
    var rules: [Rule] = []
    var delay: Duration?
  }

  private var group = Group()
  /// The sitemaps that it names, for whatever crawler.
  package private(set) var sitemaps: [String] = []
  /// The least time between two requests, if it asks for one.
  package var delay: Duration? { group.delay }

  /// A file that allows everything.
  package init() {}

  /// Reads a file; what it does not understand it leaves out.
  ///
  /// - Parameter agent: the product that the crawler calls itself by, such as `twin` of `twin/0.1`.
  package init(_ bytes: some Collection<UInt8>, agent: String) {
    var groups = Groups(agent: Self.product(agent))
    var text = Array(bytes.prefix(Self.maximumBytes))
    // A line that is cut off would be another rule.
    if bytes.count > Self.maximumBytes, let end = text.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      text.removeSubrange(end...)
    }
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let statement = line.prefix { $0 != UInt8(ascii: "#") }
      guard let colon = statement.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let key = String(decoding: statement[..<colon].trimmed, as: UTF8.self).lowercased()
      let value = statement[(colon + 1)...].trimmed
      if key == "sitemap" {
        if sitemaps.count < Self.maximumSitemaps { sitemaps.append(String(decoding: value, as: UTF8.self)) }
      } else {
        groups.take(key, value)
      }
    }
    group = groups.mine
  }

  /// Whether a path with its query may be fetched: the longest rule that matches decides, of two as long as each other
  /// the one that allows.
  package func allows(_ path: String) -> Bool {
    if path == "/robots.txt" { return true }
    let path = robotsSpelling(path.utf8)
    var longest = -1
    var isAllowed = true
    for rule in group.rules where rule.pattern.length >= longest && rule.pattern.matches(path) {
      isAllowed = rule.isAllowed || rule.pattern.length == longest && isAllowed
      longest = rule.pattern.length
    }
    return isAllowed
  }

  /// The product of a user agent, by which groups name crawlers: letters, hyphens and underscores (section 2.2.1).
  fileprivate static func product(_ agent: some StringProtocol) -> String {
    let name = agent.utf8.prefix { isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return String(decoding: Array(name), as: UTF8.self).lowercased()
  }

  /// The groups of a file while it is read.
  private struct Groups {
    let agent: String
    private var named = Group()
    private var general = Group()
    /// Whether the crawler is among those that groups name.
    private var isNamed = false
    /// Whom the group that is being read is for.
    private var isForMe = false
    private var isForAll = false
    private var hasRules = true

    init(agent: String) {
      self.agent = agent
    }

    /// What holds for the crawler: all groups that name it; without any, those for everybody.
    var mine: Group { isNamed ? named : general }

    mutating func take(_ key: String, _ value: ArraySlice<UInt8>) {
      switch key {
      case "user-agent":
        if hasRules { (isForMe, isForAll, hasRules) = (false, false, false) }
        let name = String(decoding: value, as: UTF8.self)
        if name.hasPrefix("*") { isForAll = true }
        if !agent.isEmpty, RobotsFile.product(name) == agent { (isForMe, isNamed) = (true, true) }
      case "allow", "disallow":
        hasRules = true
        guard !value.isEmpty else { return }
        let rule = Rule(pattern: RobotsPattern(value), isAllowed: key == "allow")
        change { $0.rules.append(rule) }
      case "crawl-delay":
        // No rule of the RFC: it must not end the list of those for whom the rules behind it are.
        guard let seconds = Double(String(decoding: value, as: UTF8.self)), seconds > 0 else { return }
        let delay = min(Duration.seconds(min(seconds, 86_400)), RobotsFile.longestDelay)
        change { $0.delay = max($0.delay ?? .zero, delay) }
      default: break
      }
    }

    private mutating func change(_ change: (inout Group) -> Void) {
      if isForMe { change(&named) }
      if isForAll { change(&general) }
    }
  }
}
