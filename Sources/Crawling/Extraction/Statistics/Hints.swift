/// What the words of an element's class, id and role say about it.
struct Hints: OptionSet, Sendable {
  let rawValue: UInt32

  static let content = Hints(rawValue: 1 << 0)
  static let comments = Hints(rawValue: 1 << 1)
  static let share = Hints(rawValue: 1 << 2)
  static let related = Hints(rawValue: 1 << 3)
  static let subscribe = Hints(rawValue: 1 << 4)
  static let advert = Hints(rawValue: 1 << 5)
  static let navigation = Hints(rawValue: 1 << 6)
  static let sidebar = Hints(rawValue: 1 << 7)
  static let footer = Hints(rawValue: 1 << 8)
  static let header = Hints(rawValue: 1 << 9)
  static let byline = Hints(rawValue: 1 << 10)
  static let dateline = Hints(rawValue: 1 << 11)
  static let tags = Hints(rawValue: 1 << 12)
  static let consent = Hints(rawValue: 1 << 13)
  static let widget = Hints(rawValue: 1 << 14)
  static let invisible = Hints(rawValue: 1 << 15)
  static let gutter = Hints(rawValue: 1 << 16)
  static let paywall = Hints(rawValue: 1 << 17)
  static let caption = Hints(rawValue: 1 << 18)
  static let tool = Hints(rawValue: 1 << 19)
  static let credit = Hints(rawValue: 1 << 20)
  static let teaser = Hints(rawValue: 1 << 21)
  static let lead = Hints(rawValue: 1 << 22)
  /// A running commentary, in which comments are the text.
  static let live = Hints(rawValue: 1 << 23)
  /// A part that unfolds when the reader asks for it.
  static let disclosure = Hints(rawValue: 1 << 24)

  // What ``SiteRules`` knows of a whole class or id.
  static let siteChrome = Hints(rawValue: 1 << 26)
  static let linkCard = Hints(rawValue: 1 << 27)
  static let namedBody = Hints(rawValue: 1 << 28)
  static let namedText = Hints(rawValue: 1 << 30)
  static let namedContainer = Hints(rawValue: 1 << 29)

  /// Everything that is not the page's own text.
  static let boilerplate: Hints = [
    .comments, .share, .related, .subscribe, .advert, .navigation, .sidebar, .footer, .consent, .tool, .paywall,
  ]
  /// What stands near a text and is not part of it, when it is short.
  static let furniture: Hints = [.byline, .dateline, .tags, .widget, .credit, .header]
}
