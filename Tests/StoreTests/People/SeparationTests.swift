import Postgres
import Shop
import Store
import Testing

@Suite("Whoever leaves a household")
struct SeparationTests {
    @Test("takes along what it took while they lived there, and nothing from before (P12, X3)")
    func takesAlong() async throws {
        try await withWazemmes { at async throws -> Void in
            func sell(_ voucher: String, _ device: Int) async throws -> Reason? {
                try await refused {
                    _ = try await at.store.sell(
                        at.request(voucher, device: device),
                        key: at.key(),
                        by: at.staff()
                    )
                }?.reason
            }
            _ = try await at.store.joinHousehold(
                of: at.amina,
                at.bruno,
                key: at.key(),
                by: at.staff()
            )
            #expect(try await sell(Wazemmes.aminaVoucher, 1) == nil)
            _ = try await at.store.leaveHousehold(at.bruno, key: at.key(), by: at.staff())
            #expect(try await sell(Wazemmes.brunoVoucher, 2) == .quotaReached)

            // What was taken before they lived together was never Bruno's.
            try await at.execute(
                "update household_members set joined_on = joined_on + 1, left_on = left_on + 1 where left_on is not null"
            )
            #expect(try await sell(Wazemmes.brunoVoucher, 2) == nil)
        }
    }
}
