/// A PDF of pages of lines, written by hand: a reader rebuilds the cross-reference table that is left out.
func makePDF(_ pages: [[String]], title: String? = nil) -> String {
  let numbers = pages.indices.map { 10 + 2 * $0 }
  var objects = [
    "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj",
    "2 0 obj\n<< /Type /Pages /Kids [\(numbers.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(pages.count) >>\nendobj",
    "3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj",
    "4 0 obj\n<< \(title.map { "/Title (\($0)) " } ?? "")/Author (Ada Example) /CreationDate (D:20210304050607Z) >>\nendobj",
  ]
  for (number, lines) in zip(numbers, pages) {
    let shown = lines.map { "(\($0)) Tj T*" }.joined(separator: "\n")
    let text = "BT /F1 11 Tf 14 TL 72 720 Td\n\(shown)\nET"
    objects.append(
      """
      \(number) 0 obj
      << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> \
      /Contents \(number + 1) 0 R >>
      endobj
      \(number + 1) 0 obj
      << /Length \(text.utf8.count) >>
      stream
      \(text)
      endstream
      endobj
      """)
  }
  return "%PDF-1.4\n\(objects.joined(separator: "\n"))\ntrailer\n<< /Root 1 0 R /Info 4 0 R >>\n%%EOF\n"
}
