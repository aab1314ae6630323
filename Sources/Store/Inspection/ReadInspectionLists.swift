import Postgres
public import Shop

/// A version of a list, and who wrote it down.
public struct DatedInspectionList: Hashable, Sendable, Codable {
    public let list: InspectionList
    public let recordedAt: Instant
    /// As the journal says them; nil for what came with the installation.
    public let operatorCode: String?
    /// Nil for one that came into force, or will.
    public let withdrawn: VersionWithdrawal?

    public init(
        list: InspectionList,
        recordedAt: Instant,
        operatorCode: String?,
        withdrawn: VersionWithdrawal? = nil
    ) {
        self.list = list
        self.recordedAt = recordedAt
        self.operatorCode = operatorCode
        self.withdrawn = withdrawn
    }
}

extension Store {
    /// Every version of every list, by kind, the newest first; of one kind where it is given. A few rows: a list changes
    /// once in months.
    public func inspectionLists(of kind: DeviceKind? = nil) async throws -> [DatedInspectionList] {
        try await transaction { tx in
            let rows = try tx.query(
                """
                select l.device_kind, l.starts_on, l.recorded_at, u.operator, w.withdrawn_at, b.operator as withdrawn_by,
                       \(InspectionItem.columns)
                from inspection_lists l join inspection_list_items i using (device_kind, starts_on)
                left join users u on u.id = l.recorded_by
                left join inspection_list_withdrawals w using (device_kind, starts_on)
                left join users b on b.id = w.withdrawn_by
                where \(kind)::text is null or l.device_kind = \(kind)
                order by l.device_kind, l.starts_on desc, i.position
                """
            )
            let byVersion = try Dictionary(grouping: rows) { row -> Version in
                Version(kind: try row["device_kind"], startsOn: try row["starts_on"])
            }
            return try byVersion.map { version, rows in
                DatedInspectionList(
                    list: try InspectionList(
                        kind: version.kind,
                        startsOn: version.startsOn,
                        items: rows.map { try InspectionItem($0) }
                    ),
                    recordedAt: try rows[0]["recorded_at"],
                    operatorCode: try rows[0]["operator"],
                    withdrawn: try VersionWithdrawal.read(rows[0])
                )
            }.sorted { first, second in
                (first.list.place, second.list.startsOn) < (second.list.place, first.list.startsOn)
            }
        }
    }

    /// The list that is in force for a kind on a day, today by default. Throws `unknownThing` where it has none.
    public func inspectionList(
        of kind: DeviceKind,
        on day: Day? = nil
    ) async throws -> InspectionList {
        let day = day ?? clock.now().day
        return try await transaction { tx in try tx.inspectionList(of: kind, on: day) }
    }
}

extension [DatedInspectionList] {
    /// The version that is in force for a kind on a day; nil where it has none.
    public func inForce(for kind: DeviceKind, on day: Day) -> InspectionList? {
        filter { $0.withdrawn == nil }.map(\.list).inForce(for: kind, on: day)
    }
}

private struct Version: Hashable {
    let kind: DeviceKind
    let startsOn: Day
}

extension InspectionList {
    /// Where its kind stands among all.
    fileprivate var place: Int { DeviceKind.allCases.firstIndex(of: kind) ?? 0 }
}

extension Transaction {
    /// Throws `unknownThing` for a kind that has none on that day.
    func inspectionList(of kind: DeviceKind, on day: Day) throws -> InspectionList {
        let rows = try query(
            """
            select i.starts_on, \(InspectionItem.columns) from inspection_list_items i
            where i.device_kind = \(kind) and i.starts_on = inspection_list_on(\(kind), \(day)) order by i.position
            """
        )
        guard let first = rows.first else {
            throw Refusal(
                .unknownThing,
                ["field": .field(.inspectionItem), "text": .text(kind.rawValue)]
            )
        }
        return try InspectionList(
            kind: kind,
            startsOn: first["starts_on"],
            items: rows.map { try InspectionItem($0) }
        )
    }
}

extension InspectionItem {
    /// What `init` reads, of items `i`.
    static let columns: SQL = "i.item, i.name_fr, i.name_en, i.help_fr, i.help_en, i.must_pass"

    init(_ row: Row) throws {
        self.init(
            stored: try row["item"],
            french: try row["name_fr"],
            english: try row["name_en"],
            frenchHelp: try row["help_fr"],
            englishHelp: try row["help_en"],
            mustPass: try row["must_pass"]
        )
    }
}
