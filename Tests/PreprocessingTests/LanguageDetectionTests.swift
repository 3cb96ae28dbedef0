import Preprocessing
import Testing

@Suite struct LanguageDetectionTests {
  @Test(arguments: [
    ("en", "The engine has a store and a mill, and the numbers are brought from the one to the other by its cards."),
    (
      "de",
      "Die Maschine hat ein Lager und eine Mühle, und die Zahlen werden durch Karten von dem einen zur anderen gebracht."
    ),
    ("fr", "La machine a un magasin et un moulin, et les nombres sont portés de l'un à l'autre par des cartes."),
    (
      "es",
      "La máquina tiene un almacén y un molino, y los números se llevan del uno al otro por medio de las tarjetas."
    ),
    ("pt", "A máquina tem um armazém e um moinho, e os números são levados de um para o outro por meio dos cartões."),
    (
      "it",
      "La macchina ha un magazzino e un mulino, e i numeri sono portati dall'uno all'altro con le schede che ci sono."
    ),
    (
      "nl",
      "De machine heeft een opslag en een molen, en de getallen worden met kaarten van het een naar het ander gebracht."
    ),
    (
      "sv",
      "Maskinen har ett lager och en kvarn, och talen förs med kort från det ena till det andra, som det är tänkt."
    ),
    (
      "fi",
      "Koneessa on varasto ja mylly, ja se on niin tehty että luvut ovat joko siellä tai täällä, mutta ei muualla kuin niissä."
    ),
    (
      "pl",
      "Maszyna ma magazyn i młyn, a liczby są przenoszone z jednego do drugiego przez karty, które nie są jak inne."
    ),
    ("tr", "Makinenin bir deposu ve bir değirmeni var, ve sayılar bu kartlar ile birinden öbürüne daha çok taşınır."),
    ("und-Cyrl", "У машины есть склад и мельница, и числа переносятся из одного в другое картами."),
    ("el", "Η μηχανή έχει μια αποθήκη και έναν μύλο."), ("he", "למכונה יש מחסן וטחנה, והמספרים עוברים ביניהם."),
    ("und-Arab", "للآلة مخزن وطاحونة وتنقل الأعداد بينهما بالبطاقات."), ("th", "เครื่องจักรมีคลังและโรงสี"),
    ("ko", "기계에는 창고와 방앗간이 있고 숫자는 카드로 옮겨진다."), ("ja", "機械には倉庫と製粉所があり、数はカードで運ばれる。"),
    ("zh", "机器有仓库和磨坊，数字由卡片从一处带到另一处。"), ("und-Deva", "मशीन में एक भंडार और एक चक्की है।"),
  ])
  func `prose is known by its script or its commonest words`(language: String, text: String) {
    #expect(dominantLanguage(of: text) == language)
    #expect(dominantLanguage(of: "# \(text)\n\n- \(text)\n> \(text)\n") == language)
  }

  @Test(arguments: [
    "", "Ada", "The engine", "1843 1844 1845 + 7",
    "Ada Lovelace, Charles Babbage, Luigi Menabrea, Mary Somerville, Augustus Morgan",
    "https://ada.example/the/and/of/to/in/is/that it", "\u{0}\u{1}\u{FFFD}", "机器",
  ])
  func `what is no prose has none`(text: String) {
    #expect(dominantLanguage(of: text) == nil)
  }

  @Test func `code says nothing, however English its words are`() {
    let code = "```swift\nfor it in the where that is not this or as with by an { at from in of }\n```\n"
    let german = "Das ist ein Beispiel, wie es in der Praxis mit dem `for in is not that` aus dem Text wird.\n"
    #expect(dominantLanguage(of: code) == nil)
    #expect(dominantLanguage(of: String(repeating: code, count: 20) + german) == "de")
    #expect(dominantLanguage(of: german + String(repeating: code, count: 20)) == "de")
  }

  @Test func `some foreign words do not change the language of a text`() {
    let text = """
      He called it “die Mühle und das Lager”, and the name was kept by all of those who wrote about the engine and its
      parts in the years that followed: un moulin et un magasin, as the French paper has it.
      """
    #expect(dominantLanguage(of: text) == "en")
  }
}
