import Shop
import Testing

@Suite("Lots as people write them")
struct BatchTests {
    @Test(
        "kilograms become whole grams",
        arguments: [
            ("12", 12_000), ("12,5", 12_500), ("0.250", 250), (" 1 200 ", 1_200_000),
            ("0,001", 1),
        ] as [(String, Int64)]
    )
    func weights(_ typed: String, _ grams: Int64) throws {
        #expect(try Grams.optional(typedKilograms: typed)?.count == grams)
    }

    @Test(
        "a weight that is none is refused",
        arguments: ["0", "-3", "12,3456", "douze", "1e3", "9999999", "1,2,3", "100001"]
    )
    func noWeight(_ typed: String) {
        #expect(throws: Refusal.self) { try Grams.optional(typedKilograms: typed) }
    }

    @Test("nothing typed is no weight")
    func nothingTyped() throws {
        #expect(try Grams.optional(typedKilograms: " ") == nil)
        #expect(try Grams.optional(typedKilograms: nil) == nil)
    }

    @Test("a weight reads as people write it")
    func written() {
        #expect(Grams(count: 12_500).written(in: .french) == "12,5\u{A0}kg")
        #expect(Grams(count: 12_050).written(in: .english) == "12.05\u{A0}kg")
        #expect(Grams(count: 3_000).written(in: .french) == "3\u{A0}kg")
    }

    @Test("counts keep the kinds of which there are any, in the order of the kinds")
    func counts() throws {
        let counts = try KindCounts(typed: ["screen=3", "laptop=12", "tablet=0"])
        #expect(counts.listed.map(\.kind) == [.laptop, .screen])
        #expect(counts.total == 15)
        #expect(counts.words(in: .french) == "12\u{A0}ordinateurs portables, 3\u{A0}écrans")
        #expect(KindCounts([.laptop: 1]).words(in: .english) == "1\u{A0}laptop")
    }

    @Test(
        "a count that is none is refused",
        arguments: ["laptop=-1", "laptop", "phone=2", "laptop=100001", "=3", "laptop=x"]
    )
    func noCount(_ typed: String) {
        #expect(throws: Refusal.self) { try KindCounts(typed: [typed]) }
    }

    @Test("a lot’s code is read in any case, and what is none is unknown")
    func codes() throws {
        #expect(try BatchCode.typed(" lilo26-0001 ").description == "LILO26-0001")
        for typed in ["", "LIPC26-0001", "LILO26-1", "LILO2-0001", "LILO26-0001x"] {
            #expect(throws: Refusal.self) { try BatchCode.typed(typed) }
        }
    }

    @Test("a seller’s line breaks cannot make another identity’s bytes")
    func sellers() throws {
        func identity(_ address: String, _ number: String) -> SellerIdentity {
            SellerIdentity(
                kept: "Ana Lima",
                address: address,
                document: .passport,
                number: number,
                issuedOn: Instant(microseconds: 0).day,
                issuedBy: "Lille"
            )
        }
        #expect(
            identity("1 rue\npassport\n12", "X").canonical
                != identity("1 rue", "passport\n12\nX").canonical
        )
        #expect(identity("a\\n", "b").canonical != identity("a\n", "b").canonical)
    }
}
