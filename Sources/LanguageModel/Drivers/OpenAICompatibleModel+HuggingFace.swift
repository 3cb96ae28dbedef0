public import HTTP

extension OpenAICompatibleModel {
  /// The address of Hugging Face's router, which sends requests on to whoever serves the model.
  public static let huggingFaceRouter = "https://router.huggingface.co/v1"

  /// A model behind Hugging Face's inference router, or an inference endpoint of one's own, both of which speak as OpenAI
  /// does. Whether a schema is kept to depends on who serves the model.
  ///
  /// - Parameter token: an access token of the hub.
  public static func huggingFace(
    model: String, endpoint: String = huggingFaceRouter, dialect: SchemaDialect = .openai, token: String?,
    timeout: Double = 600, client: HTTPClient
  ) -> OpenAICompatibleModel {
    OpenAICompatibleModel(
      model: model, endpoint: endpoint, provider: "huggingface", dialect: dialect, apiKey: token, timeout: timeout,
      client: client)
  }
}
