import Preprocessing
import TestSupport
import Testing

struct PersonalDataTests {
  @Test(arguments: [
    ("Write to ada.l+mill@engines.co.uk, or not.", PersonalDataKind.email, "ada.l+mill@engines.co.uk"),
    ("Ring +44 20 7946 0958 after noon.", .phone, "+44 20 7946 0958"),
    ("Ring (212) 736-5000 or come.", .phone, "(212) 736-5000"),
    ("It is at 12 St James Square in London.", .address, "12 St James Square"),
    ("Komm in die Lindenstraße 7b, bitte.", .address, "Lindenstraße 7b"),
    ("C'est au 14 rue de la Paix.", .address, "14 rue de la Paix"),
    ("Pay with 4539 1488 0343 6467 today.", .account, "4539 1488 0343 6467"),
    ("To GB82 WEST 1234 5698 7654 32 THEN stop.", .account, "GB82 WEST 1234 5698 7654 32"),
    ("key: AKIAQ7X2M4N8P1R5T9W3 end", .secret, "AKIAQ7X2M4N8P1R5T9W3"),
    ("let password = \"k7Qm2xV9pL\" // mine", .secret, "k7Qm2xV9pL"),
  ])
  func `each kind is found where it stands`(text: String, kind: PersonalDataKind, found: String) {
    let matches = personalData(in: text)
    #expect(matches.map(\.kind) == [kind])
    let bytes = Array(text.utf8)
    #expect(matches.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [found])
  }

  @Test(arguments: [
    "Write to ada@example.org.", "git clone git@github.com:ada/engine.git", "Ring 555-555-0123 in the film.",
    "Version 10.2.3-4567 of 2024-11-22 at 12:30:45.", "It has 1234567890123456789 bytes and 4539148803436460 more.",
    "token: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "api_key = \"${API_KEY}\"", "On 5 Fifth avenues of steel",
    "1 + 1 = 2, and +1 is not a number; @mention neither.", "password: \"your-password-here\"", "",
  ])
  func `what only looks like it is left alone`(text: String) {
    #expect(personalData(in: text).isEmpty, "\(personalData(in: text))")
  }

  @Test func `a private key is found with all of its lines`() {
    let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----"
    #expect(ScrubbedText("Here:\n\(key)\nThere.").text == "Here:\n[secret]\nThere.")
  }

  @Test func `only the kinds that are asked for are taken out`() {
    let text = "Ada, ada@engines.uk, +44 20 7946 0958."
    #expect(ScrubbedText(text).text == "Ada, [email], [phone].")
    #expect(ScrubbedText(text, kinds: [.email]).text == "Ada, [email], +44 20 7946 0958.")
  }

  @Test func `any bytes can be searched, and matches are in order, apart and whole characters`() {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "@", "a.b", "+49 30 ", "123", "é", "4539 ", "password='", "x9Kq2", "'", "-----BEGIN ", "\n", "GB82", " ",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...20, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }
      .joined()
      let matches = personalData(in: text)
      for (left, right) in zip(matches, matches.dropFirst()) { #expect(left.end <= right.start) }
      #expect(matches.allSatisfy { $0.start < $0.end && $0.end <= text.utf8.count })
      if matches.isEmpty { #expect(ScrubbedText(text).text == text) }
    }
  }
}
