#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import TestSupport
import Testing

@testable import Crawling

@Suite struct EncodingGuessTests {
  /// A text in an encoding, through the C library's converter.
  private static func encoded(_ text: String, as name: String) throws -> [UInt8] {
    let converter = try #require(iconv_open(name, "UTF-8"))
    try #require(Int(bitPattern: converter) != -1)
    defer { iconv_close(converter) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: 4 * input.count + 16)
    let written = input.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        var (next, left) = (source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count)
        var (free, room) = (target.baseAddress?.assumingMemoryBound(to: CChar.self), target.count)
        _ = iconv(converter, &next, &left, &free, &room)
        _ = iconv(converter, nil, nil, &free, &room)
        return left == 0 ? target.count - room : 0
      }
    }
    try #require(written > 0)
    return Array(output[..<written])
  }

  static let texts = [
    ("SHIFT_JIS", "港は二世紀に造られ、川がまだ古い城壁まで届いていた頃、三百年以上にわたって町の役に立った。"),
    ("EUC-JP", "港は二世紀に造られ、川がまだ古い城壁まで届いていた頃、三百年以上にわたって町の役に立った。"),
    ("ISO-2022-JP", "港は二世紀に造られ、川がまだ古い城壁まで届いていた頃、三百年以上にわたって町の役に立った。"),
    ("GB18030", "这个港口建于二世纪，当时河水还能流到古老的城墙下，它为这座城市服务了三百多年，直到沙子把它填满。"),
    ("BIG5", "這個港口建於二世紀，當時河水還能流到古老的城牆下，它為這座城市服務了三百多年，直到沙子把它填滿。"),
    ("EUC-KR", "이 항구는 강이 아직 옛 성벽까지 이르던 이 세기에 지어졌고, 모래가 막을 때까지 삼백 년이 넘게 도시를 위해 쓰였다."),
    (
      "CP1251",
      "Гавань была построена во втором веке, когда река ещё доходила до старых стен, и служила городу триста лет."
    ),
    (
      "KOI8-R",
      "Гавань была построена во втором веке, когда река ещё доходила до старых стен, и служила городу триста лет."
    ),
    ("ISO-8859-5", "Гавань была построена во втором веке, когда река ещё доходила до старых стен, и служила городу."),
    (
      "CP866",
      "Гавань была построена во втором веке, когда река ещё доходила до старых стен, и служила городу триста лет."
    ),
    (
      "CP1251",
      "Гавань збудували у другому столітті, коли річка ще сягала старих стін, і вона служила місту триста років."
    ),
    (
      "CP1253",
      "Το λιμάνι χτίστηκε τον δεύτερο αιώνα, όταν το ποτάμι έφτανε ακόμα στα παλιά τείχη, και εξυπηρέτησε την πόλη."
    ),
    ("CP1255", "הנמל נבנה במאה השנייה, כאשר הנהר עוד הגיע אל החומות הישנות, והוא שירת את העיר יותר משלוש מאות שנה."),
    (
      "CP1256",
      "بني الميناء في القرن الثاني عندما كان النهر لا يزال يصل إلى الأسوار القديمة، وخدم المدينة أكثر من ثلاثة قرون."
    ),
    ("CP874", "ท่าเรือนี้สร้างขึ้นในศตวรรษที่สอง เมื่อแม่น้ำยังไหลมาถึงกำแพงเก่า และรับใช้เมืองมานานกว่าสามร้อยปี"),
    (
      "CP1250",
      "Port zbudowano w drugim wieku, gdy rzeka sięgała jeszcze starych murów, i służył miastu ponad trzysta lat, aż zasypał go piasek. Źródła milczą o końcu."
    ),
    (
      "CP1250",
      "Přístav byl postaven ve druhém století, kdy řeka ještě sahala ke starým hradbám, a sloužil městu přes tři sta let, než jej zanesl písek."
    ),
    (
      "CP1250",
      "A kikötőt a második században építették, amikor a folyó még elérte a régi falakat, és több mint háromszáz évig szolgálta a várost, míg betemette a homok. Ősi kövek őrzik."
    ),
    (
      "ISO-8859-2",
      "Port zbudowano w drugim wieku, gdy rzeka sięgała jeszcze starych murów, i służył miastu ponad trzysta lat, aż zasypał go piasek. Źródła milczą o końcu."
    ),
    (
      "CP1254",
      "Liman ikinci yüzyılda, nehir hâlâ eski surlara ulaşırken yapıldı ve kum onu kapatıncaya kadar şehre üç yüz yıldan fazla hizmet etti; taşları bugün ağır ağır çöküyor."
    ),
    (
      "CP1257",
      "Uostas pastatytas antrajame amžiuje, kai upė dar siekė senąsias sienas, ir tarnavo miestui daugiau kaip tris šimtus metų, kol jį užnešė smėlis. Šiandien čia žvejų kaimas, ąžuolų giraitė ir švyturys."
    ),
    (
      "CP1252",
      "Le port fut bâti au deuxième siècle, quand la rivière arrivait encore aux vieux murs, et il servit la ville pendant trois cents années — jusqu’à ce que le sable l’eût fermé."
    ),
    (
      "CP1252",
      "Der Hafen wurde im zweiten Jahrhundert gebaut, als der Fluß noch die alten Mauern berührte, und diente der Stadt über dreihundert Jahre. Später füllte ihn der Sand."
    ),
    (
      "CP1252",
      "El puerto se construyó en el siglo segundo, cuando el río llegaba aún a las viejas murallas. ¿Quién lo cegó? La arena, según España."
    ),
    (
      "CP1252",
      "The harbour was “built” in the second century – when the river still reached the walls. It’s gone, and that’s that…"
    ),
    (
      "CP1252",
      "A café near the harbour serves a naïve crème brûlée; the rest of this long page is in plain English, without any accents."
    ),
  ]

  @Test(arguments: texts) func `a page without a declaration is read in its own encoding`(name: String, text: String)
    throws
  {
    let html =
      "<html><head><title>x</title></head><body><div class='menu'>Home | About</div><p>\(text)</p>"
      + "<p>\(text)</p></body></html>"
    let decoded = PageDecoder.decode(try Self.encoded(html, as: name), contentType: "text/html")
    #expect(String(decoding: decoded, as: UTF8.self) == html)
  }

  @Test(arguments: texts) func `a plain text without a declaration is read in its own encoding`(
    name: String, text: String
  ) throws {
    #expect(decodedText(try Self.encoded(text, as: name)) == text)
  }

  @Test func `the declared type of a plain text decides over its bytes`() throws {
    let bytes = try Self.encoded("海", as: "SHIFT_JIS")
    #expect(decodedText(bytes, contentType: "text/plain; charset=Shift_JIS") == "海")
    #expect(decodedText([0xE9], contentType: "text/plain; charset=windows-1251") == "й")
    #expect(decodedText([0xE9], contentType: "text/plain") == "é")
    #expect(decodedText([0x61, 0x00, 0xE9]) == nil)
    #expect(decodedText([0xFF, 0xFE, 0x6D, 0x6D]) == "\u{6D6D}")
    #expect(decodedText([0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00]) == nil)
  }

  @Test func `the declared language decides between encodings that read equally well`() throws {
    let text = "Приём"
    let bytes = try Self.encoded("<html lang=ru><p>\(text)</p>", as: "KOI8-R")
    #expect(String(decoding: PageDecoder.decode(bytes, contentType: nil), as: UTF8.self).contains(text))
  }

  @Test func `UTF-16 without a byte order mark is known by its first bracket`() {
    let html = "<p>été</p>"
    let little = html.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = html.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(String(decoding: PageDecoder.decode(little, contentType: nil), as: UTF8.self) == html)
    #expect(String(decoding: PageDecoder.decode(big, contentType: nil), as: UTF8.self) == html)
  }

  @Test(arguments: 0..<60) func `any bytes in any encoding become valid UTF-8`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 7919)
    let labels = Array(EncodingLabels.table.keys).sorted()
    let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    for label in [labels.randomElement(using: &random) ?? "utf-8", labels.randomElement(using: &random) ?? "big5"] {
      #expect(UTF8Check.isValid(PageDecoder.decode(bytes, contentType: "text/html; charset=\(label)")))
    }
    #expect(UTF8Check.isValid(PageDecoder.decode(bytes, contentType: nil)))
    _ = decodedText(bytes)
  }

  @Test func `the sample of a long document stays small`() {
    let high = [UInt8](repeating: 0xE9, count: 1 << 20)
    #expect(EncodingSample.of(high).count < 40_000)
    let run = [UInt8](repeating: 0x61, count: 500) + [0xE9]
    let rare = [UInt8](Array(repeating: run, count: 2000).joined())
    #expect(EncodingSample.of(rare).count < 40_000)
    #expect(EncodingSample.of(Array("plain".utf8)).isEmpty)
  }
}
