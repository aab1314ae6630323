import Postgres
public import Shop

/// Who took a version back before it came into force, and when.
public struct VersionWithdrawal: Hashable, Sendable, Codable {
    public let at: Instant
    /// As the journal says them.
    public let operatorCode: String

    public init(at: Instant, operatorCode: String) {
        self.at = at
        self.operatorCode = operatorCode
    }
}

/// A version of what holds for a kind of machine that was taken back before its day.
public struct WithdrawnVersion: Hashable, Sendable, Codable {
    public let deviceKind: DeviceKind
    public let startsOn: Day
    public let withdrawn: VersionWithdrawal
}

extension Store {
    /// Takes back a version of a kind's inspection list that is not yet in force: it is kept, and never comes into force. Throws
    /// `associationOnly` for whoever does not work the stock of every shop, `unknownThing`, `versionInForce` from its day on,
    /// `alreadyEnded`.
    public func withdrawInspectionList(
        of kind: DeviceKind,
        from startsOn: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> WithdrawnVersion {
        try await withdraw("inspection_list_withdrawals", kind, startsOn, key: key, by: staff)
    }

    /// Takes back a rule of what goes with machines of a kind, as `withdrawInspectionList` does.
    public func withdrawKit(
        of kind: DeviceKind,
        from startsOn: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> WithdrawnVersion {
        try await withdraw("kit_withdrawals", kind, startsOn, key: key, by: staff)
    }

    private func withdraw(
        _ table: String,
        _ kind: DeviceKind,
        _ startsOn: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> WithdrawnVersion {
        let input = [table, kind.rawValue, startsOn.iso]
        let facts: [String: Refusal.Fact] = [
            "day": .day(startsOn), "text": .text(startsOn.printed),
        ]
        return try await command(
            "withdraw-version",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHoldsEverywhere(.stockWorkers)
            try tx.execute(
                """
                insert into \(identifier: table) (device_kind, starts_on, withdrawn_at, withdrawn_by)
                values (\(kind), \(startsOn), \(now), \(staff.id))
                """
            )
            return WithdrawnVersion(
                deviceKind: kind,
                startsOn: startsOn,
                withdrawn: VersionWithdrawal(at: now, operatorCode: staff.operatorCode)
            )
        }
    }
}

extension VersionWithdrawal {
    /// Nil where the row has none.
    static func read(_ row: Row) throws -> VersionWithdrawal? {
        let at: Instant? = try row["withdrawn_at"]
        return try at.map { VersionWithdrawal(at: $0, operatorCode: try row["withdrawn_by"]) }
    }
}
