extension ScriptModel {
  /// The encodings that are tried, those of most pages first, each with the languages that are written in it.
  static let candidates: [Candidate] = [
    Candidate(
      encoding: .windows1252,
      models: [
        ScriptModel(.latin, "en fr", "àâæçéèêëîïôœùûüÿ"), ScriptModel(.latin, "de", "äöüßé"),
        ScriptModel(.latin, "es", "áéíñóúü¿¡ªº"), ScriptModel(.latin, "pt", "ãáàâçéêíõóôúüªº"),
        ScriptModel(.latin, "it", "àèéìîòù"), ScriptModel(.latin, "sv fi", "åäöé"),
        ScriptModel(.latin, "da no nb nn", "æøåé"), ScriptModel(.latin, "nl", "ëïéèöüá"),
        ScriptModel(.latin, "is", "áéíóúýðþæö"), ScriptModel(.latin, "ca", "àçéèíïóòúü"),
      ]),
    Candidate(
      encoding: .other("CP1250"),
      models: [
        ScriptModel(.latin, "pl", "ąćęłńóśźż"), ScriptModel(.latin, "cs", "áčďéěíňóřšťúůýž"),
        ScriptModel(.latin, "sk", "áäčďéíĺľňóôŕšťúýž"), ScriptModel(.latin, "hu", "áéíóöőúüű"),
        ScriptModel(.latin, "ro", "ăâîşţșț"), ScriptModel(.latin, "hr sl bs", "čćđšž"),
      ]),
    Candidate(
      encoding: .other("ISO-8859-2"),
      models: [
        ScriptModel(.latin, "pl", "ąćęłńóśźż"), ScriptModel(.latin, "cs", "áčďéěíňóřšťúůýž"),
        ScriptModel(.latin, "sk", "áäčďéíĺľňóôŕšťúýž"), ScriptModel(.latin, "hr sl bs", "čćđšž"),
      ]),
    Candidate(encoding: .other("CP1254"), models: [ScriptModel(.latin, "tr", "çğıöşüâîûi̇")]),
    Candidate(
      encoding: .other("CP1257"),
      models: [
        ScriptModel(.latin, "lt", "ąčęėįšųūž"), ScriptModel(.latin, "lv", "āčēģīķļņšūž"),
        ScriptModel(.latin, "et", "äõöüšž"),
      ]),
    Candidate(encoding: .other("CP1251"), models: cyrillic),
    Candidate(encoding: .other("KOI8-U"), models: cyrillic),
    Candidate(encoding: .other("ISO-8859-5"), models: cyrillic),
    Candidate(encoding: .other("CP866"), models: cyrillic),
    Candidate(
      encoding: .other("CP1253"),
      models: [ScriptModel(.alphabet, "el", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", frequent: "αοιετσνηυρπκ")]),
    Candidate(
      encoding: .other("CP1255"),
      models: [ScriptModel(.alphabet, "he", "אבגדהוזחטיךכלםמןנסעףפץצקרשת", frequent: "יוהלאמרתבש")]),
    Candidate(
      encoding: .other("CP1256"),
      models: [
        ScriptModel(
          .alphabet, "ar fa ur", "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژگ،؛؟ًٌٍَُِّْ", frequent: "المينورتبةهعد")
      ]),
    Candidate(encoding: .other("CP874"), models: [thai]),
    Candidate(encoding: .other("CP932"), models: [japanese]),
    Candidate(encoding: .other("EUC-JP"), models: [japanese]),
    Candidate(encoding: .other("GB18030"), models: [ScriptModel(.ideographs, "zh", simplified)]),
    Candidate(encoding: .other("BIG5-HKSCS"), models: [ScriptModel(.ideographs, "zh", traditional)]),
    Candidate(encoding: .other("UHC"), models: [ScriptModel(.hangul, "ko", korean)]),
  ]

  private static let cyrillic = [
    ScriptModel(.alphabet, "ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", frequent: "оеаинтсрвл"),
    ScriptModel(.alphabet, "uk be", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэў'", frequent: "оаинітевры"),
    ScriptModel(.alphabet, "bg sr mk", "абвгдежзийклмнопрстуфхцчшщъьюяђјљњћџѓѕќ", frequent: "аоиентрсвј"),
  ]

  private static let thai = ScriptModel(
    .alphabet, "th", String(String.UnicodeScalarView((0x0E01...0x0E5B).compactMap(Unicode.Scalar.init))),
    frequent: "านรกอเงมยลวดท่้สตะปบ")

  /// Hiragana and katakana; no Japanese text is without them.
  private static let japanese = ScriptModel(
    .japanese, "ja", String(String.UnicodeScalarView((0x3041...0x30FE).compactMap(Unicode.Scalar.init))))

  private static let simplified =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所"
    + "然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与"
    + "长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新"
    + "己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条"
    + "平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至"
  private static let traditional =
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所"
    + "然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與"
    + "長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新"
    + "己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條"
    + "平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至"
  private static let korean =
    "이다는의에을를가은하고한지도서로기사리자어대인나아정시그일것수있해들라게만보스제부요전여구장면안주오세성상과동공"
    + "조원위신경선학우문화발소국유생미비무교모래년할관실방음진치분내없으며까야었했된와던때말못않더"
}
