import Postgres
public import Shop

/// One thing to try on a machine of a kind.
public struct InspectionItem: Hashable, Sendable, Codable {
    /// Its name in requests.
    public let item: String
    public let french: String
    public let english: String

    public func name(in language: Language) -> String {
        language.choose(french, english)
    }

    init(_ row: Row) throws {
        item = try row["item"]
        french = try row["name_fr"]
        english = try row["name_en"]
    }

    /// Those asked of a kind on a day, in the order in which they are tried.
    static func asked(of kind: SQL, on day: Day) -> SQL {
        """
        select item, name_fr, name_en from inspection_items
        where device_kind = \(kind) and starts_on <= \(day) and (ends_on is null or ends_on > \(day))
        order by position, item
        """
    }
}

/// What an inspection found.
public struct InspectionResult: Hashable, Sendable, Codable {
    public let label: String
    /// The items that did not pass, in the order of the list. Empty: it may be called refurbished.
    public let failed: [String]
}

extension Store {
    /// The list to go through for the machine of this label, today. Throws `deviceUnknown`.
    public func inspectionItems(for label: DeviceLabel) async throws -> [InspectionItem] {
        let day = clock.now().day
        return try await transaction { tx in
            let rows = try tx.pipeline([
                "select id from devices where label = \(label.description)",
                InspectionItem.asked(
                    of: "(select kind from devices where label = \(label.description))",
                    on: day
                ),
            ])
            guard !rows[0].isEmpty else {
                throw Refusal(.deviceUnknown, ["label": .text(label.description)])
            }
            return try rows[1].map { try InspectionItem($0) }
        }
    }

    /// Records what was tried on a machine: each item asked of its kind, passed or not. Throws `deviceUnknown`,
    /// `deviceGone`, `deviceRecycled`, `choiceUnknown` for an item that is not asked, `fieldMissing` for one left out.
    public func inspectDevice(
        _ label: DeviceLabel,
        results: [String: Bool],
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> InspectionResult {
        struct Input: Encodable {
            let label: String
            let results: [String: Bool]
        }
        let input = Input(label: label.description, results: results)
        return try await command("inspect-device", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let asked = try tx.query(InspectionItem.asked(of: "\(device.kind)", on: now.day))
                .map { try InspectionItem($0).item }
            try checkComplete(results, asked)
            let inspection = newID(Inspection.self)
            _ = try tx.pipeline(
                [
                    """
                    insert into inspections (id, device_id, inspected_at, recorded_at, recorded_by)
                    values (\(inspection), \(device.id), \(now), \(now), \(staff.id))
                    """
                ]
                    + asked.map { item in
                        """
                        insert into inspection_results (inspection_id, item, passed)
                        values (\(inspection), \(item), \(results[item] ?? false))
                        """
                    }
            )
            return InspectionResult(
                label: device.label,
                failed: asked.filter { !(results[$0] ?? false) }
            )
        }
    }
}

private func checkComplete(_ results: [String: Bool], _ asked: [String]) throws(Refusal) {
    if let unknown = results.keys.sorted().first(where: { !asked.contains($0) }) {
        throw Refusal(
            .choiceUnknown,
            [
                "field": .field(.inspectionItem), "text": .text(String(unknown.prefix(40))),
                "choices": .text(asked.joined(separator: ", ")),
            ]
        )
    }
    if let missing = asked.first(where: { results[$0] == nil }) {
        throw Refusal(.fieldMissing, ["field": .text(missing)])
    }
}
