import Postgres
public import Shop

extension Store {
    /// What setting this version would change. Throws as `setInspectionList` does.
    public func previewInspectionList(
        _ list: InspectionList,
        by staff: Staff
    ) async throws -> InspectionListChange {
        try staff.checkHoldsEverywhere(.stockWorkers)
        let today = clock.now().day
        return try await transaction { tx in try tx.compared(list, today: today) }
    }

    /// Writes a version of a kind's list down, from a day on; what was inspected before keeps the version that it followed, and is asked
    /// for what is new when it goes on the shelf. Throws `associationOnly` for whoever does not work the stock of every shop,
    /// `startsInPast` before today, `startsTooFar` more than a year ahead, `changeAlreadyDated` when a version of the kind has
    /// that day already, also one that was withdrawn.
    public func setInspectionList(
        _ list: InspectionList,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> InspectionListChange {
        try staff.checkHoldsEverywhere(.stockWorkers)
        return try await command(
            "set-inspection-list",
            key: key,
            input: list,
            by: staff,
            facts: list.dayFacts
        ) { tx, now in
            let change = try tx.compared(list, today: now.day)
            _ = try tx.pipeline(
                inspectionListRows(
                    of: list.kind,
                    from: list.startsOn,
                    list.items,
                    at: now,
                    by: staff.id
                )
            )
            return change
        }
    }
}

extension Transaction {
    fileprivate func compared(
        _ list: InspectionList,
        today: Day
    ) throws -> InspectionListChange {
        try checkSoon(list.startsOn, today: today)
        let isTaken = try !query(
            "select from inspection_lists where device_kind = \(list.kind) and starts_on = \(list.startsOn)"
        ).isEmpty
        guard !isTaken else { throw Refusal(.changeAlreadyDated, list.dayFacts) }
        let rows = try query(
            """
            select l.starts_on, \(InspectionItem.columns)
            from inspection_lists l join inspection_list_items i using (device_kind, starts_on)
            where l.device_kind = \(list.kind) and l.starts_on = inspection_list_on(\(list.kind), \(list.startsOn))
            order by i.position
            """
        )
        let old = try rows.first.map { first in
            try InspectionList(
                kind: list.kind,
                startsOn: first["starts_on"],
                items: rows.map { try InspectionItem($0) }
            )
        }
        return InspectionListChange(from: old, to: list)
    }
}

extension InspectionList {
    fileprivate var dayFacts: [String: Refusal.Fact] {
        [
            "field": .field(.startsOn), "day": .day(startsOn),
            "text": .explained(french: kind.name(in: .french), english: kind.name(in: .english)),
        ]
    }
}

/// The statements that write a version down. `user` is absent for what comes with the installation.
func inspectionListRows(
    of kind: DeviceKind,
    from day: Day,
    _ items: [InspectionItem],
    at now: Instant,
    by user: ID<User>?
) -> [SQL] {
    let own: SQL = """
        insert into inspection_lists (device_kind, starts_on, item_count, recorded_at, recorded_by)
        values (\(kind), \(day), \(items.count), \(now), \(user))
        """
    return [own]
        + items.enumerated().map { index, item in
            """
            insert into inspection_list_items (device_kind, starts_on, item, position, name_fr, name_en, help_fr, help_en,
                                               must_pass)
            values (\(kind), \(day), \(item.item), \(index + 1), \(item.french), \(item.english),
                    \(item.frenchHelp), \(item.englishHelp), \(item.mustPass))
            """
        }
}
