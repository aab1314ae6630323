import Postgres
public import Shop

/// What an installation's database says of itself, for whoever looks for what is wrong.
public struct DatabaseFacts: Sendable {
    /// 150000 and more.
    public let version: Int
    /// Whether the service has rights that it must not have: superuser, or the owner's by inheritance.
    public let hasTooManyRights: Bool
    /// Whether a commit survives a power cut.
    public let isDurable: Bool
    public let hasChecksums: Bool
    public let isSetUp: Bool
    /// The server's clock.
    public let now: Instant
    /// Of the last entry of any journal, nil when there is none.
    public let lastEntryAt: Instant?
    /// How far the clock may have gone back without a word, in seconds.
    public let clockToleranceSeconds: Int
    /// Structures whose vouchers cannot be signed: their key does not open under the installation's.
    public let shutStructureKeys: Int
}

extension Store {
    public func examine() async throws -> DatabaseFacts {
        let today = clock.now().day
        return try await transaction { tx in
            let row = try tx.query(
                """
                select current_setting('server_version_num')::int as version,
                       (select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = current_user)
                         or has_table_privilege('journal_entries', 'update, delete') as too_many,
                       current_setting('fsync')::bool and current_setting('synchronous_commit') <> 'off'
                         and current_setting('full_page_writes')::bool as durable,
                       current_setting('data_checksums')::bool as checksums,
                       exists (select from association) as set_up,
                       clock_timestamp() as now,
                       (select max(last_at) from chain_heads where position > 0) as last_entry,
                       coalesce(\(inForce("clock_tolerance_seconds", today)), 0)::int as tolerance
                """
            )[0]
            return DatabaseFacts(
                version: try row["version"],
                hasTooManyRights: try row["too_many"],
                isDurable: try row["durable"],
                hasChecksums: try row["checksums"],
                isSetUp: try row["set_up"],
                now: try row["now"],
                lastEntryAt: try row["last_entry"],
                clockToleranceSeconds: try row["tolerance"],
                shutStructureKeys: try keysThatDoNotOpen(in: tx)
            )
        }
    }
}
