/// The elements that extraction tells apart; every other one is ``other``, a text node ``text``.
enum Tag: String, CaseIterable {
  case text = "#text"
  case root = "#root"
  case other = "#other"
  case a, abbr, acronym, address, annotation, area, article, aside, audio, b, base, bdi, bdo, big, blockquote, body, br
  case button, canvas, caption, center, cite, code, col, colgroup, data, datalist, dd, del, details, dfn, dialog, dir
  case div, dl, dt, em, embed, fieldset, figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6
  case head, header, hgroup, hr, html, i, iframe, img, input, ins, kbd, label, legend, li, link, listing, main, map,
    mark
  case math, menu, meta, meter, nav, noframes, noscript, object, ol, optgroup, option, output, p, picture, plaintext
  case pre, progress, q, rp, rt, ruby, s, samp, script, search, section, select, semantics, small, source, span, strike
  case strong, style, sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr
  case track, tt, u, ul, `var`, video, wbr, xmp

  // Read by the parser alone.
  case applet, basefont, bgsound, desc, image, keygen, marquee, mi, mn, mo, ms, mtext, nobr, noembed, param, rb, rtc
  case annotationXML = "annotation-xml"
  case foreignObject = "foreignobject"

  /// The elements by the hashes of their (lower-case) names.
  static let byName = NameTable(allCases.map { (NameHash($0.rawValue.utf8), $0) })

  /// Whether the element makes a block of its own, so that text before and after it is not the same sentence.
  var isBlock: Bool {
    switch self {
    case .root, .html, .body, .head, .address, .article, .aside, .blockquote, .caption, .center, .dd, .details, .dialog,
      .dir, .div, .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .frameset, .h1, .h2, .h3, .h4, .h5, .h6,
      .header, .hgroup, .hr, .legend, .li, .listing, .main, .menu, .nav, .noscript, .ol, .optgroup, .option, .p,
      .plaintext, .pre, .search, .section, .summary, .table, .tbody, .td, .tfoot, .th, .thead, .tr, .ul, .xmp, .iframe,
      .textarea, .select:
      true
    default: false
    }
  }

  /// 1 to 6 for a heading.
  var headingLevel: Int? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }

  /// Whether the element's text is never part of a page's content: code, controls, embedded documents.
  var isNeverContent: Bool {
    switch self {
    case .head, .script, .style, .template, .iframe, .object, .embed, .svg, .canvas, .audio, .video, .button,
      .select, .option, .textarea, .input, .datalist, .dialog, .search, .map, .noframes, .frameset, .progress,
      .meter, .output, .link, .meta, .title:
      true
    default: false
    }
  }
}
