/// The estimated width of text in pixels, for a drawing that cannot ask a browser.
///
/// The table holds the advance widths of Helvetica in thousandths of the size (Adobe's font metrics), which Arial and
/// Liberation Sans share. Letters of other scripts are taken as 0.6 of the size, ideographs and emoji as the size. Bold
/// letters are 7 % wider.
func textWidth(_ text: String, size: Double, isBold: Bool = false) -> Double {
  var thousandths = 0
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x20...0x7E: thousandths += helveticaWidths[Int(scalar.value) - 0x20]
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: break
    case 0x1100...0x11FF, 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F000...:
      thousandths += 1000
    case 0x2026: thousandths += 1000
    default: thousandths += 600
    }
  }
  return Double(thousandths) / 1000 * size * (isBold ? 1.07 : 1)
}

/// From the space to the tilde.
private let helveticaWidths: [Int] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
