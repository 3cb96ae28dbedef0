/// What the hub is sent and answers, as far as pushing goes. Source: the `huggingface_hub` library (2.4) and the Git LFS
/// batch interface.
enum HubMessage {
  struct Creation: Encodable {
    let type = "dataset"
    let name: String
    let organization: String
    /// Both say that it is private: older hubs know the first, newer ones the second. Without them it is as the
    /// organisation wants it.
    let `private`: Bool?
    let visibility: String?
  }

  struct Preupload: Encodable {
    struct File: Encodable {
      let path: String
      let size: Int
      /// The first 512 bytes in base64, by which the hub tells text from other data.
      let sample: String
    }
    let files: [File]
  }

  struct PreuploadAnswer: Decodable {
    struct File: Decodable {
      let path: String
      let uploadMode: String
      let shouldIgnore: Bool?
    }
    let files: [File]
  }

  struct TreeEntry: Decodable {
    let type: String
    let path: String
  }

  struct Batch: Encodable {
    struct Object: Encodable {
      let oid: String
      let size: Int
    }
    let operation = "upload"
    let transfers = ["basic", "multipart"]
    let objects: [Object]
    // Spelled as Git LFS has it.
    let hash_algo = "sha256"
  }

  struct BatchAnswer: Decodable {
    struct Problem: Decodable {
      let message: String?
    }
    struct Action: Decodable {
      let href: String
      let header: [String: HeaderValue]?
    }
    struct Actions: Decodable {
      let upload: Action?
      let verify: Action?
    }
    struct Object: Decodable {
      let oid: String
      let actions: Actions?
      let error: Problem?
    }
    let objects: [Object]
  }

  /// A header's value: text, or a number where servers are lax.
  struct HeaderValue: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self.text = text
      } else {
        text = String(try container.decode(Int.self))
      }
    }
  }

  struct Completion: Encodable {
    struct Part: Encodable {
      let partNumber: Int
      let etag: String
    }
    let oid: String
    let parts: [Part]
  }

  struct Commit: Encodable {
    struct Header: Encodable {
      let summary: String
      let description = ""
    }
    struct File: Encodable {
      let path: String
      let content: String
      let encoding = "base64"
    }
    struct LargeFile: Encodable {
      let path: String
      let algo = "sha256"
      let oid: String
      let size: Int
    }
    struct Deletion: Encodable {
      let path: String
    }
    struct Line<Value: Encodable>: Encodable {
      let key: String
      let value: Value
    }
  }

  struct CommitAnswer: Decodable {
    let commitUrl: String?
    let commitOid: String?
  }
}
