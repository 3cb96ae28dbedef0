/// The vocabulary behind ``Hints``: whole words of class names and ids, and stems with which compound words begin.
/// Words are matched whole, so that `code-toolbar` is not a `tool` and `shadow` is no `ad`.
enum HintWords {
  private static let vocabulary: [(Hints, words: String, stems: String)] = [
    (
      .content, "article body content entry main post text blog story hentry prose page richtext copy",
      "articlebo postcont"
    ),
    (
      .comments, "comment comments disqus replies reply respond discussion commentlist livefyre fyre",
      "comment disqus livefyre"
    ),
    (
      .share,
      "share shares sharing sharer social socials addthis addtoany sharedaddy shareaholic follow followus twitter tweet "
        + "facebook pinterest whatsapp linkedin reddit email bookmark bookmarks",
      "share- sharebar sharebut sharetool social addthis addtoany sharedad followb"
    ),
    (
      .related,
      "related recommended recommend recommendations recirc recirculation similar trending popular outbrain taboola "
        + "zergnet revcontent mostread mostpopular readnext upnext morefrom readmore seealso latest elsewhere "
        + "promo promos promoted promotion crosspromo suggestions suggested",
      "relate recommend recirc trending popular outbrain taboola mostpop mostread readmore readnext promo seealso"
    ),
    (
      .subscribe,
      "newsletter newsletters subscribe subscription subscriber signup optin mailchimp mailing donate donation "
        + "membership register registration login signin cta",
      "newslet subscri mailchi signup"
    ),
    (
      .advert,
      "ad ads adv advert adverts advertisement advertising sponsor sponsors sponsored sponsorship banner banners dfp "
        + "adsense doubleclick skyscraper leaderboard adslot adbox adunit commercial affiliate",
      "advert sponsor adsense adslot google_ad banner"
    ),
    (
      .navigation,
      "nav navi navigation navbar menu menus submenu breadcrumb breadcrumbs breadcrumbwrap crumbs pagination pager "
        + "paging pagenav pagenavi skiplink skip sitemap toolbar topbar masthead nextprev prevnext prevnext jump "
        + "tablist menubar directory",
      "navig navba breadcr pagina dropdownm"
    ),
    (
      .sidebar, "sidebar sidebars side aside rail rightrail leftrail rightcol rightcolumn complementary",
      "sideba rightra"
    ),
    (.teaser, "teaser teasers", ""), (.live, "live liveblog liveticker livecommentary livetext", ""),
    (
      .lead,
      "lead lede intro introduction standfirst subtitle subline subhead excerpt summary abstract deck dek perex sapo "
        + "vorspann chapeau bajada copete entradilla strapline teasertext",
      "standfi subtitl introte"
    ),
    (.footer, "footer foot colophon copyright legal disclaimer bottom footnav contentinfo", "footer copyri"),
    (.header, "header head heading headline title titles hed", "headli"),
    (
      .byline,
      "byline author authors authorbox writer writtenby contributor contributors bio vcard avatar biography reporter "
        + "aboutauthor saboxplugin sabox redakteur autor auteur autore",
      "byline author saboxp"
    ),
    (
      .dateline,
      "date dateline datetime time timestamp published pubdate posted updated meta postmeta entrymeta metadata info "
        + "readtime readingtime submitted",
      "timest pubdat postmeta entrymet datelin"
    ),
    (
      .tags, "tag tags taglist tagcloud categories category keywords topics topic kicker eyebrow hashtags labels",
      "taglist tagclo"
    ),
    (
      .consent,
      "cookie cookies gdpr dsgvo consent ccpa popup modal lightbox overlay interstitial toast snackbar alertbar tooltip",
      "cookie popup gdpr-"
    ),
    (.widget, "widget widgets module gadget box block embed", "widget"),
    // Only a first sign: ``HidingClasses`` decides by the whole name.
    (.invisible, "hidden invisible sr screen offscreen none visually visuallyhidden assistive", "screenr"),
    (.gutter, "gutter linenos lineno linenumber linenumbers linenodiv hljsln", "linenum"),
    (.paywall, "paywall premium regwall subscriberonly piano", "paywal"),
    (
      .caption,
      "caption figcaption wpcaption imagecaption legend legende bildtext bildunterschrift imagetext imgdesc photocaption "
        + "piefoto epigrafe",
      "caption imgcap imagecap bildunter photocap"
    ),
    (
      .tool,
      "print printer tools rating ratings vote votes voting like likes reactions claps button buttons btn feedback "
        + "survey poll subscribebutton report hide",
      "rating printf reactio"
    ),
    (
      .disclosure,
      "accordion accordeon akkordeon collapse collapsible collapsed expandable expander unfold faq spoiler tabpanel "
        + "tabcontent",
      "accordi akkorde collaps expanda"
    ),
    (.credit, "credit credits source photocredit imagecredit attribution", "photocr imagecr"),
  ]

  /// What a word of a class says.
  private enum Meaning {
    case hints(Hints)
    /// The word after it names a state of the layout, not what the element is: `has-sidebar`, `no-comments`.
    case modifier
    /// The class sets a measure: `uk-margin-large-bottom` is no bottom of a page.
    case measure
  }

  private static let modifiers =
    "has no with without is not hide show js toggle open close on enable disable below above label"
  private static let measures = "margin margins padding border spacing align valign overflow offset vertical"

  private static let words: NameTable<Meaning> = {
    var table: [Substring: Hints] = [:]
    for row in vocabulary {
      for word in row.words.split(separator: " ") { table[word, default: []].formUnion(row.0) }
    }
    var meanings = table.mapValues(Meaning.hints)
    for word in modifiers.split(separator: " ") { meanings[word] = .modifier }
    for word in measures.split(separator: " ") { meanings[word] = .measure }
    return NameTable(meanings.map { (NameHash(lowercasing: $0.key.utf8), $0.value) })
  }()

  private static let stemLength = 5
  /// Stems by the hash of their first ``stemLength`` bytes.
  private static let stems: NameTable<[(stem: [UInt8], hints: Hints)]> = {
    var table: [String: [(stem: [UInt8], hints: Hints)]] = [:]
    for row in vocabulary {
      for stem in row.stems.split(separator: " ") {
        table[String(stem.prefix(stemLength)), default: []].append((Array(stem.utf8), row.0))
      }
    }
    return NameTable(table.map { (NameHash(lowercasing: $0.key.utf8), $0.value) })
  }()

  /// The hints of all words in a class, id or role. Words end where letters end and where camel case rises.
  static func hints(of value: ArraySlice<UInt8>, isClass: Bool = true) -> Hints {
    var found: Hints = []
    var name = NameHash()
    var skip = false
    var isMeasure = false
    var start = value.startIndex
    var index = start
    while index <= value.endIndex {
      let atEnd = index == value.endIndex
      let byte = atEnd ? 0x20 : value[index]
      let rises = !atEnd && index > start && byte >= 0x41 && byte <= 0x5A && isLower(value[index - 1])
      if !ASCII.isLetter(byte) || rises {
        if index > start {
          let meaning = word(value[start..<index])
          if case .hints(let hints) = meaning, !skip, !isMeasure { found.formUnion(hints) }
          if case .modifier = meaning { skip = true } else { skip = false }
          if case .measure = meaning { isMeasure = true }
        }
        if ASCII.isSpace(byte) {
          (skip, isMeasure) = (false, false)
          if let known = SiteRules.known[name] { found.formUnion(isClass ? known : known.intersection(Self.ofIDs)) }
          name = NameHash()
          start = index + 1
          index += 1
          continue
        }
        start = rises ? index : index + 1
      }
      name.add(ASCII.lowercased(byte))
      index += 1
    }
    if found.contains(.live) { found.subtract(.comments) }
    if found.contains(.invisible), !HidingClasses.hide(value) { found.subtract(.invisible) }
    return found
  }

  /// Which names also count as ids.
  private static let ofIDs: Hints = [.namedBody, .namedText, .namedContainer]

  private static func word(_ bytes: ArraySlice<UInt8>) -> Meaning? {
    if let known = words[NameHash(lowercasing: bytes)] { return known }
    if bytes.count > stemLength, let candidates = stems[NameHash(lowercasing: bytes.prefix(stemLength))] {
      for candidate in candidates where starts(bytes, with: candidate.stem) { return .hints(candidate.hints) }
    }
    return nil
  }

  private static func starts(_ bytes: ArraySlice<UInt8>, with stem: [UInt8]) -> Bool {
    guard bytes.count >= stem.count else { return false }
    for offset in 0..<stem.count where ASCII.lowercased(bytes[bytes.startIndex + offset]) != stem[offset] {
      return false
    }
    return true
  }

  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
