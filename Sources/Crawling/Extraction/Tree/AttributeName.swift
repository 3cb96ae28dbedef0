/// The attributes that extraction reads; all others are left out of the tree.
enum AttributeName: String, CaseIterable {
  case `class`, id, role, rel, href, src, srcset, alt, title, style, hidden, name, content, property, itemprop, itemtype
  case datetime, pubdate, lang, type, encoding, alttext, charset, display, start, colspan, rowspan, media, sizes, width,
    height
  case hreflang
  case ariaHidden = "aria-hidden"
  case ariaLabel = "aria-label"
  case ariaControls = "aria-controls"
  case ariaExpanded = "aria-expanded"
  case httpEquiv = "http-equiv"
  case xmlLang = "xml:lang"
  case dataSrc = "data-src"
  case dataOriginal = "data-original"
  case dataLazySrc = "data-lazy-src"
  case dataSrcset = "data-srcset"
  case dataAttrs = "data-attrs"
  case dataLang = "data-lang"
  case dataLanguage = "data-language"
  case dataCodeBlockLang = "data-code-block-lang"
  case dataComponentName = "data-component-name"
  case dataTestID = "data-testid"
  case dataField = "data-field"
  case dataLineNumber = "data-line-number"

  /// The attributes by the hashes of their (lower-case) names, each with a bit of its own; there are fewer than 64.
  static let byName = NameTable(
    allCases.enumerated().map { offset, name in
      (NameHash(name.rawValue.utf8), (name: name, bit: UInt64(1) << UInt64(offset)))
    })
}
