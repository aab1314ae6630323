import Postgres
import Shop
import Store
import Testing
import TestSupport

@Suite struct PreparationTests {
    @Test("a new database has every table, and nobody is set up in it")
    func isEmpty() async throws {
        try await withStore { store async throws in
            #expect(try await store.association() == nil)
            await #expect(throws: Refusal(.notSetUp)) {
                _ = try await store.staff(login: nil, till: nil)
            }
        }
    }

    @Test("the service may add to the journal, and neither change nor delete it")
    func appendsOnly() async throws {
        try await withStoreAndOwner { _, owner in
            let may: [String] = try await owner.withConnection { connection in
                try connection.query(
                    """
                    select table_name || ' ' || privilege_type as may from information_schema.role_table_grants
                    where grantee = 'comptoir_app' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
                    order by 1
                    """
                ).map { try $0["may"] }
            }
            #expect(
                may == [
                    "code_files DELETE", "device_picture_files DELETE", "donor_cards DELETE",
                    "free_codes DELETE", "hand_over_documents DELETE", "hand_over_sheets DELETE",
                    "identities DELETE",
                    "identities UPDATE", "recharge_codes DELETE", "sign_in_attempts DELETE",
                    "voucher_details DELETE", "voucher_motives DELETE",
                    "waiting_devices DELETE",
                ]
            )
        }
    }
}
