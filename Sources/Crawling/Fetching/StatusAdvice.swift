/// What a status that brings no page says, and what to do about it.
func advice(onStatus status: Int) -> String {
  switch status {
  case 304: "the server says that the page has not changed, though it was not asked that; try again later"
  case 401, 403, 407:
    "the server refuses the page (HTTP \(status)); save it from a browser as HTML and name the file in `sources`"
  case 404: "there is no such page (HTTP 404); correct the link or remove it from `sources`"
  case 410: "the page is gone for good (HTTP 410); remove the link from `sources`"
  case 429: "the server asks for fewer requests (HTTP 429); try again later, with a longer `crawl.delay`"
  case 451: "the page is withheld for legal reasons (HTTP 451); remove the link from `sources`"
  case 500...: "the server failed (HTTP \(status)); try again later"
  default: "the server answered HTTP \(status), which holds no page; check the link"
  }
}
