import Postgres
public import Shop

/// What an inspection found.
public struct InspectionResult: Hashable, Sendable, Codable {
    public let label: String
    /// The version of its kind's list that it followed.
    public let listStartsOn: Day
    /// The items that must pass and did not, in the order of the list. Empty: it may be called refurbished.
    public let failed: [String]
    /// Faults that are told to the buyer.
    public let noted: [String]
}

extension Store {
    /// The list to go through for the machine of this label, today. Throws `deviceUnknown`.
    public func inspectionList(for label: DeviceLabel) async throws -> InspectionList {
        let day = clock.now().day
        return try await transaction { tx in
            let row = try tx.query("select kind from devices where label = \(label.description)")
                .first
            guard let kind: DeviceKind = try row?["kind"] else {
                throw Refusal(.deviceUnknown, ["label": .text(label.description)])
            }
            return try tx.inspectionList(of: kind, on: day)
        }
    }

    /// Records what was tried on a machine: each item asked of its kind, passed or not. Throws `deviceUnknown`,
    /// `deviceGone`, `deviceRecycled`, `inspectionListChanged` when another list came into force since `followed`,
    /// `choiceUnknown` for an item that is not asked, `fieldMissing` for one left out.
    /// - Parameter followed: the version that was gone through; nil for the one in force.
    public func inspectDevice(
        _ label: DeviceLabel,
        results: [String: InspectionFinding],
        following followed: Day? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> InspectionResult {
        struct Input: Encodable {
            let label: String
            let results: [String: InspectionFinding]
            let followed: Day?
        }
        let input = Input(label: label.description, results: results, followed: followed)
        let facts: [String: Refusal.Fact] = ["label": .text(label.description)]
        return try await command(
            "inspect-device",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let list = try tx.inspectionList(of: device.kind, on: now.day)
            guard followed == nil || followed == list.startsOn else {
                throw Refusal(.inspectionListChanged, facts)
            }
            let findings = try found(results, list.items)
            let inspection = newID(Inspection.self)
            _ = try tx.pipeline(
                [
                    """
                    insert into inspections (id, device_id, device_kind, list_starts_on, inspected_at, recorded_at, recorded_by)
                    values (\(inspection), \(device.id), \(device.kind), \(list.startsOn), \(now), \(now), \(staff.id))
                    """
                ]
                    + findings.map { item, finding in
                        """
                        insert into inspection_results (inspection_id, device_kind, list_starts_on, item, passed, remark)
                        values (\(inspection), \(device.kind), \(list.startsOn), \(item.item), \(finding.passed),
                                \(finding.remark))
                        """
                    }
            )
            let faults = findings.filter { !$0.finding.passed }.map(\.item)
            return InspectionResult(
                label: device.label,
                listStartsOn: list.startsOn,
                failed: faults.filter(\.mustPass).map(\.item),
                noted: faults.filter { !$0.mustPass }.map(\.item)
            )
        }
    }
}

/// What was found of each item that is asked, in the order of the list.
private func found(
    _ results: [String: InspectionFinding],
    _ asked: [InspectionItem]
) throws(Refusal) -> [(item: InspectionItem, finding: InspectionFinding)] {
    let names = asked.map(\.item)
    if let unknown = results.keys.sorted().first(where: { !names.contains($0) }) {
        throw Refusal(
            .choiceUnknown,
            [
                "field": .field(.inspectionItem), "text": .text(String(unknown.prefix(40))),
                "choices": .text(names.joined(separator: ", ")),
            ]
        )
    }
    var found: [(item: InspectionItem, finding: InspectionFinding)] = []
    for item in asked {
        guard let finding = results[item.item] else {
            throw Refusal(.fieldMissing, ["field": .text(item.item)])
        }
        found.append((item, finding))
    }
    return found
}

extension Transaction {
    /// Throws `inspectionIncomplete`, which names each item that keeps a machine off the shelf, when it was inspected since it is
    /// here. One that was not inspected, or is ready, is let through: the database says so.
    func checkTried(_ device: LockedDevice, on day: Day) throws {
        let rows = try query(
            """
            select i.name_fr, i.name_en, r.passed
            from (select id, device_kind from inspections
                  where device_id = \(device.id) and inspected_at > here_since(\(device.id))
                  order by inspected_at desc, id desc limit 1) n
            join inspection_list_items i on i.device_kind = n.device_kind
             and i.starts_on = inspection_list_on(n.device_kind, \(day))
            left join inspection_results r on r.inspection_id = n.id and r.item = i.item
            where r.passed is null or (i.must_pass and not r.passed) order by i.position
            """
        )
        guard !rows.isEmpty else { return }
        func told(in language: Language) throws -> String {
            try rows.map { row in
                let name: String = try row[language == .french ? "name_fr" : "name_en"]
                let passed: Bool? = try row["passed"]
                return passed == nil
                    ? name + language.choose(" (pas essayé)", " (not tried)")
                    : name + language.choose(" (ne fonctionne pas)", " (does not work)")
            }.joined(separator: ", ")
        }
        throw Refusal(
            .inspectionIncomplete,
            [
                "label": .text(device.label),
                "items": .explained(
                    french: try told(in: .french),
                    english: try told(in: .english)
                ),
            ]
        )
    }
}
