import Domain
import Preprocessing

let author = User(fullName: "Ada Example")

/// A cleaned document, as the features pipeline would make it.
func document(
  _ text: String, link: String = "https://example.org/engines", category: DataCategory = .articles,
  title: String? = "On Engines", path: String? = nil
) -> CleanedDocument {
  let raw = RawDocument(
    category: category, link: link, platform: "example.org", author: author, title: title, text: text, path: path)
  return CleanedDocument(of: raw, text: Cleaner().clean(raw), fingerprint: ContentHash(of: "test"))
}

let article = """
  # On Engines

  Engines that compute have a longer history than most people who use them would guess. It begins with weaving, goes on
  with astronomical tables, and reaches the punched card long before it reaches electricity.

  Share this post

  ## 1. Difference engines

  A difference engine is a machine that tabulates polynomial functions by repeated addition. Multiplication is never
  needed, which is why cogs and levers suffice. Babbage designed two of them and finished neither in his lifetime.

  Why did nobody finish one of these machines in the nineteenth century? Precision was not the obstacle, as a later
  reconstruction showed with tolerances of the time. Money and patience ran out before the drawings had become brass.

  Image by the author

  ## How to read a punched card

  Hold the card against the light and read the columns from left to right. Each column stands for one digit, and the row
  of its hole tells which. Two holes in one column stand for a letter, as a glance at the printed key will tell you.

  - **Zone rows** : The rows at the top are the zone rows, and a hole there turns the digit below it
    into a letter, as every operator learns in the first week.
  - **Digit rows** : short.

  ## Code

  ```python
  print("only code here")
  ```

  | a | table |
  |---|---|
  | 1 | 2 |

  ## Subscribe

  If you liked this text, subscribe to the newsletter and never miss one about brass, steam and arithmetic again.
  """
