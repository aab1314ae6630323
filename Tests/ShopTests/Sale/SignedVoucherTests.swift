import Testing

@testable import Shop

@Suite("What the QR of a signed voucher carries")
struct SignedVoucherTests {
    private static let code = VoucherCode(random: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9])

    private func statement(
        key: UInt32 = 0xA1B2_C3D4,
        persons: Int = 3,
        signedOn: Day = Day(20_780),
        services: Set<Category> = [.equipment, .helpDesk]
    ) -> VoucherStatement? {
        VoucherStatement(
            key: StructureKeyID(key),
            code: Self.code,
            signedOn: signedOn,
            validUntil: Day(21_000),
            services: services,
            persons: persons
        )
    }

    @Test("200 digits that are read back as they were written")
    func roundTrip() throws {
        for key: UInt32 in [0, 1, 0xFFFF_FFFF] {
            for signature in [UInt8.min, 0x7F, .max] {
                let statement = try #require(self.statement(key: key))
                let signed = SignedVoucher(
                    statement,
                    signature: Array(repeating: signature, count: 64)
                )
                #expect(signed.digits.utf8.count == 200)
                #expect(signed.digits.allSatisfy { ("0"..."9").contains($0) })
                #expect(SignedVoucher(digits: signed.digits) == signed)
                #expect(try Scan(scanned: signed.digits) == .signedVoucher(signed))
            }
        }
    }

    @Test("a scanner on the wrong keyboard still types what can be read")
    func wrongKeyboard() throws {
        let statement = try #require(self.statement())
        let signed = SignedVoucher(statement, signature: Array(repeating: 5, count: 64))
        let french: [Character: Character] = [
            "1": "&", "2": "é", "3": "\"", "4": "'", "5": "(", "6": "-", "7": "è", "8": "_",
            "9": "ç", "0": "à",
        ]
        let typed = String(signed.digits.map { french[$0] ?? $0 })
        #expect(try Scan(scanned: typed) == .signedVoucher(signed))
    }

    @Test(
        "what cannot be said is refused, and not said otherwise",
        arguments: [(0, 20_780), (256, 20_780), (1, 18_261), (1, 90_000)]
    )
    func bounds(persons: Int, day: Int) {
        #expect(statement(persons: persons, signedOn: Day(day)) == nil)
    }

    @Test("other digits are no signed voucher")
    func others() throws {
        let statement = try #require(self.statement())
        let signed = SignedVoucher(statement, signature: Array(repeating: 5, count: 64))
        #expect(SignedVoucher(digits: String(signed.digits.dropLast())) == nil)
        #expect(SignedVoucher(digits: signed.digits + "0") == nil)
        #expect(SignedVoucher(digits: String(repeating: "9", count: 200)) == nil)
        #expect(SignedVoucher(digits: String(repeating: "0", count: 200)) == nil)
    }
}
