import BSON
import Testing

@Suite struct BSONErrorTests {
  @Test func `an error says where the bytes are wrong`() {
    #expect(BSONError.corrupt(offset: 7, reason: "no type").description == "its bytes are not BSON: at byte 7, no type")
  }
}
