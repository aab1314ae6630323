import Postgres
import Shop
import Store
import Testing

@Suite("Limits by kind of machine")
struct MachineQuotaTests {
    @Test("a smartphone leaves the household its computer; a second computer is refused (P12, X3)")
    func apart() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.execute("update rights set uses_max = null")
            try await at.execute(
                """
                update quota_rules set device_kinds = '{laptop,desktop,all_in_one}'
                where code = 'computer-per-household'
                """
            )
            try await at.execute(
                """
                insert into products (id, code, kind, device_kind, category, name_fr, name_en, recorded_at)
                values (gen_random_uuid(), 'smartphone', 'device', 'smartphone', 'equipment', 'Smartphone', 'Smartphone',
                        now())
                """
            )
            try await at.execute(
                "update devices set kind = 'smartphone' where label = \(Wazemmes.label(1))"
            )
            for device in [1, 2] {
                _ = try await at.store.sell(
                    at.request(device: device),
                    key: at.key(),
                    by: at.staff()
                )
            }
            #expect(
                try await at.count(
                    """
                    select count(*) from uses u join sale_lines l using (sale_id, position)
                    join devices d on d.id = l.device_id where u.device_kind = d.kind
                    """
                ) == 2
            )
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(device: 3),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .quotaReached
            )
        }
    }
}
